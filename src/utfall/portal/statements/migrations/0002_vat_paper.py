from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("statements", "0001_statements")]

    operations = [
        migrations.CreateModel(
            name="VatPaper",
            fields=[
                ("receipt", models.BigIntegerField(primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=40)),
                ("kind", models.CharField(max_length=20)),
                ("trade", models.CharField(max_length=6)),
                ("treatment", models.CharField(max_length=14)),
                ("rate_ppm", models.IntegerField()),
                ("place", models.CharField(max_length=7)),
                ("party", models.BigIntegerField()),
                ("company", models.CharField(blank=True, max_length=120)),
                ("country", models.CharField(blank=True, max_length=2)),
                ("vat", models.CharField(blank=True, max_length=20)),
                ("issued_on", models.DateField()),
                ("supplied_on", models.DateField(db_index=True)),
                ("currency", models.CharField(max_length=3)),
                ("net_micros", models.BigIntegerField()),
                ("tax_micros", models.BigIntegerField()),
                ("own_currency", models.CharField(blank=True, max_length=3)),
                ("own_micros", models.BigIntegerField()),
                ("corrects", models.CharField(blank=True, max_length=40)),
                ("digest", models.CharField(max_length=64)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("treatment", "unknown")),
                        fields=["receipt"],
                        name="vat_paper_unknown",
                    )
                ],
            },
        ),
    ]
