"""What was heard is counted by the program that a call names, too."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tracking", "0001_tracking")]
    operations = [
        migrations.AddField("heard", "program", models.BigIntegerField(default=0)),
        migrations.RemoveConstraint("heard", "heard_of_day"),
        migrations.AddConstraint(
            "heard",
            models.UniqueConstraint(fields=("advertiser", "program", "day", "method"), name="heard_of_day"),
        ),
    ]
