from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("payouts", "0003_rates"),
    ]

    operations = [
        migrations.CreateModel(
            name="Judgement",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("mark", models.CharField(max_length=32)),
                ("entry", models.BigIntegerField()),
                ("at", models.DateTimeField()),
                ("told", models.JSONField()),
            ],
        ),
    ]
