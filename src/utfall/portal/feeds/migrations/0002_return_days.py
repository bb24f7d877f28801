"""For how many days a product may be returned, as its feed says."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("feeds", "0001_feeds")]

    operations = [
        migrations.AddField(
            model_name="product", name="return_days", field=models.PositiveSmallIntegerField(null=True)
        ),
        migrations.AddIndex(
            model_name="product",
            index=models.Index(
                condition=models.Q(("return_days__isnull", False)),
                fields=["feed", "product_id"],
                name="products_to_return",
            ),
        ),
    ]
