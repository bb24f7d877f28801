from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("payouts", "0004_judgement"),
    ]

    operations = [
        migrations.AddField("batch", "due_on", models.DateField(null=True)),
    ]
