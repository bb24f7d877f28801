from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("payouts", "0002_exchanges"),
    ]

    operations = [
        migrations.CreateModel(
            name="RatesFetch",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("problem", models.CharField(blank=True, max_length=20)),
                ("words", models.CharField(blank=True, max_length=300)),
            ],
        ),
    ]
