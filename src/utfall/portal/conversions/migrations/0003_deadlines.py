"""Deadlines of orders: the lock, the return window that silence waits for, and what is due soonest."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("conversions", "0002_test_orders")]

    operations = [
        migrations.AddField(
            model_name="conversion", name="locks_at", field=models.BigIntegerField(null=True)
        ),
        migrations.AddField(
            model_name="conversion", name="window_sku", field=models.CharField(max_length=100, null=True)
        ),
        migrations.AddField(
            model_name="conversion", name="window_days", field=models.IntegerField(null=True)
        ),
        migrations.AddField(
            model_name="conversion", name="delivery_days", field=models.IntegerField(null=True)
        ),
        migrations.AddField(model_name="testorder", name="locks_at", field=models.BigIntegerField(null=True)),
        migrations.AddField(
            model_name="testorder", name="window_sku", field=models.CharField(max_length=100, null=True)
        ),
        migrations.AddField(model_name="testorder", name="window_days", field=models.IntegerField(null=True)),
        migrations.AddField(
            model_name="testorder", name="delivery_days", field=models.IntegerField(null=True)
        ),
        migrations.AddIndex(
            model_name="conversion",
            index=models.Index(
                condition=models.Q(("status", "pending")), fields=["approve_at"], name="conversion_due"
            ),
        ),
        migrations.AddIndex(
            model_name="conversion",
            index=models.Index(
                condition=models.Q(("status", "pending")),
                fields=["advertiser", "approve_at"],
                name="conversion_adv_due",
            ),
        ),
        migrations.AddIndex(
            model_name="conversion",
            index=models.Index(
                condition=models.Q(("status", "pending")),
                fields=["publisher", "approve_at"],
                name="conversion_pub_due",
            ),
        ),
    ]
