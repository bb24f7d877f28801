"""Which exchanges a payout paid is asked of each payout: for its page, and as its orders are told."""

from django.db import migrations

INDEX = "CREATE INDEX book_exchange_paid ON book_exchange (paid_by) WHERE paid_by IS NOT NULL"


class Migration(migrations.Migration):
    dependencies = (("book", "0004_tiers"),)

    operations = (migrations.RunSQL((INDEX,)),)
