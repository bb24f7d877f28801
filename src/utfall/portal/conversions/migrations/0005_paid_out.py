from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("conversions", "0004_parts"),
    ]

    operations = [
        migrations.CreateModel(
            name="PaidOut",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("conversion", models.BigIntegerField()),
                ("publisher", models.BigIntegerField()),
                ("advertiser", models.BigIntegerField()),
                ("payout", models.BigIntegerField()),
                ("at", models.BigIntegerField()),
            ],
            options={
                "indexes": [models.Index(fields=["payout", "conversion"], name="conversion_paid_out_by")],
                "constraints": [
                    models.UniqueConstraint(fields=("conversion", "publisher"), name="paid_out_of_conversion")
                ],
            },
        ),
        migrations.CreateModel(
            name="Answered",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("hash", models.CharField(max_length=64)),
                ("payout", models.BigIntegerField()),
                ("is_paid", models.BooleanField()),
                ("at", models.BigIntegerField()),
                ("done", models.BigIntegerField(default=0)),
            ],
        ),
        # What was read before does not say what was paid out: everything is read anew.
        *(
            migrations.RunSQL(f"DELETE FROM conversions_{table}", migrations.RunSQL.noop)
            for table in ("conversion", "subid", "part", "testorder", "followed")
        ),
    ]
