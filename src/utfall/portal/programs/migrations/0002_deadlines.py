"""Terms that let silence wait for return windows, and that lock what was approved."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("programs", "0001_programs")]

    operations = [
        migrations.AddField(
            model_name="termsversion",
            name="delivery_days",
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="termsversion",
            name="lock_days",
            field=models.PositiveIntegerField(null=True),
        ),
    ]
