"""What money that moved outside did to an account stands beside its balance, from SQL beside this file: what
was earned is asked for with every report, and its entries would be summed anew each time.
"""

from typing import Any

from django.db import migrations, models

from utfall.portal.book.statements import statements
from utfall.portal.book.sums import parts, whole

MOVED = f"""
    SELECT account_id, {parts("amount_micros")}
    FROM book_transaction AS t JOIN book_entry ON transaction_id = t.id
    WHERE kind IN ('funding', 'matching', 'paper', 'settling', 'payout', 'payout_result', 'exchange')
    GROUP BY account_id
"""


def fill(_apps: Any, editor: Any) -> None:
    """Of books that were begun before."""
    with editor.connection.cursor() as cursor:
        cursor.execute(MOVED)
        sums = [(str(whole(high, low)), account) for account, high, low in cursor.fetchall()]
        cursor.executemany("UPDATE book_account SET outside_micros = %s WHERE id = %s", sums)


class Migration(migrations.Migration):
    dependencies = (("book", "0005_exchanges_paid"),)

    operations = (
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(tuple(statements(__file__, "0006_moved_outside.sql")))],
            state_operations=[
                migrations.AddField("account", "outside_micros", models.TextField(default="0")),
            ],
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    )
