from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("finance", "0001_finance")]

    operations = [
        migrations.AddField(
            model_name="feemonth",
            name="advertisers",
            field=models.JSONField(null=True),
        ),
        migrations.CreateModel(
            name="MonthEnd",
            fields=[
                ("day", models.DateField(primary_key=True, serialize=False)),
                ("through", models.BigIntegerField()),
                ("history", models.CharField(max_length=64)),
                ("balances", models.JSONField()),
            ],
            options={"ordering": ("day",)},
        ),
    ]
