from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0001_people")]

    operations = [
        migrations.AddField(model_name="mandate", name="letters", field=models.BooleanField(default=True)),
    ]
