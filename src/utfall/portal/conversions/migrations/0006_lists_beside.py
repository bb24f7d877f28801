"""What was paid out, and sub-ids, in the order of lists: read through instead of all orders in time."""

from django.db import migrations, models


def _index(name: str, *fields: str) -> models.Index:
    return models.Index(fields=fields, name=f"conversion_{name}")


class Migration(migrations.Migration):
    dependencies = [("conversions", "0005_paid_out")]

    operations = [
        migrations.AddField(
            model_name="paidout",
            name="occurred_at",
            field=models.BigIntegerField(default=0),
            preserve_default=False,
        ),
        migrations.RunSQL(
            "UPDATE conversions_paidout SET occurred_at = (SELECT occurred_at FROM conversions_conversion"
            " WHERE id = conversions_paidout.conversion) WHERE EXISTS (SELECT 1 FROM conversions_conversion"
            " WHERE id = conversions_paidout.conversion)",
            migrations.RunSQL.noop,
        ),
        migrations.AddIndex("paidout", _index("paid_time", "occurred_at", "conversion")),
        migrations.AddIndex("paidout", _index("adv_paid", "advertiser", "occurred_at", "conversion")),
        migrations.AddIndex("paidout", _index("pub_paid", "publisher", "occurred_at", "conversion")),
        migrations.RemoveIndex("subid", "conversion_sub"),
        migrations.AddIndex("subid", _index("pub_sub", "value", "publisher", "occurred_at", "conversion")),
        migrations.AddIndex("subid", _index("adv_sub", "value", "advertiser", "occurred_at", "conversion")),
    ]
