"""The first tables of the book, from SQL that stands beside this file; Django is told what they are."""

import django.db.models.deletion
from django.db import migrations, models

from utfall.portal.book.statements import statements


class Migration(migrations.Migration):
    initial = True

    operations = (
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(tuple(statements(__file__, "0001_tables.sql"))),
                migrations.RunSQL(tuple(statements(__file__, "0001_guards.sql"))),
            ],
            state_operations=[
                migrations.CreateModel(
                    name="Batch",
                    fields=[
                        ("seq", models.BigIntegerField(primary_key=True, serialize=False)),
                        ("now", models.BigIntegerField()),
                        ("snapshot", models.TextField()),
                        ("events", models.BigIntegerField()),
                        ("manifest", models.BinaryField()),
                        ("first_receipt", models.BigIntegerField()),
                        ("receipts", models.BigIntegerField()),
                        ("root", models.BinaryField(null=True)),
                        ("signature", models.BinaryField(null=True)),
                        ("key", models.TextField(null=True)),
                    ],
                ),
                migrations.CreateModel(
                    name="Budget",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "limit_id",
                                "period",
                                "publisher",
                                blank=True,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("limit_id", models.BigIntegerField()),
                        ("period", models.TextField()),
                        ("publisher", models.BigIntegerField()),
                        ("cap", models.BigIntegerField()),
                        ("reserved", models.BigIntegerField()),
                        ("settled", models.BigIntegerField()),
                    ],
                ),
                migrations.CreateModel(
                    name="Click",
                    fields=[
                        ("id", models.BinaryField(primary_key=True, serialize=False)),
                        ("at", models.BigIntegerField()),
                        ("state", models.BinaryField()),
                    ],
                ),
                migrations.CreateModel(
                    name="Commission",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "source",
                                "number",
                                blank=True,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("source", models.TextField()),
                        ("number", models.BigIntegerField()),
                        ("program", models.BigIntegerField()),
                        ("publisher", models.BigIntegerField()),
                        ("currency", models.TextField()),
                        ("status", models.TextField()),
                        ("commission_micros", models.BigIntegerField()),
                        ("due_at", models.BigIntegerField(null=True)),
                    ],
                ),
                migrations.CreateModel(
                    name="Cursor",
                    fields=[
                        ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                        ("seq", models.BigIntegerField()),
                        ("now", models.BigIntegerField()),
                        ("last_order", models.BigIntegerField()),
                        ("last_transaction", models.BigIntegerField()),
                        ("last_receipt", models.BigIntegerField()),
                        ("receipt_hash", models.TextField()),
                    ],
                ),
                migrations.CreateModel(
                    name="Customer",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "advertiser",
                                "customer",
                                blank=True,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("advertiser", models.BigIntegerField()),
                        ("customer", models.TextField()),
                        ("orders", models.BigIntegerField()),
                    ],
                ),
                migrations.CreateModel(
                    name="Fence",
                    fields=[
                        ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                        ("epoch", models.BigIntegerField()),
                        ("holder", models.TextField()),
                    ],
                ),
                migrations.CreateModel(
                    name="Identity",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "advertiser",
                                "identity",
                                "at",
                                "touch",
                                blank=True,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("advertiser", models.BigIntegerField()),
                        ("identity", models.BinaryField()),
                        ("at", models.BigIntegerField()),
                        ("touch", models.BinaryField()),
                        ("state", models.BinaryField()),
                    ],
                ),
                migrations.CreateModel(
                    name="Outbox",
                    fields=[
                        ("batch", models.BigIntegerField(primary_key=True, serialize=False)),
                        ("body", models.BinaryField()),
                    ],
                ),
                migrations.CreateModel(
                    name="Position",
                    fields=[
                        ("stream", models.TextField(primary_key=True, serialize=False)),
                        ("position", models.BigIntegerField()),
                        ("checksum", models.BinaryField(null=True)),
                    ],
                ),
                migrations.CreateModel(
                    name="Seen",
                    fields=[
                        ("event", models.BinaryField(primary_key=True, serialize=False)),
                    ],
                ),
                migrations.CreateModel(
                    name="TrafficMemory",
                    fields=[
                        ("batch", models.BigIntegerField(primary_key=True, serialize=False)),
                        ("now", models.BigIntegerField()),
                        ("changes", models.BinaryField()),
                    ],
                ),
                migrations.CreateModel(
                    name="Account",
                    fields=[
                        ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                        ("owner", models.TextField()),
                        ("owner_id", models.BigIntegerField()),
                        ("bucket", models.TextField()),
                        ("currency", models.TextField()),
                        ("balance_micros", models.TextField(default="0")),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("owner", "owner_id", "bucket", "currency"), name="account_of"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Conversion",
                    fields=[
                        ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                        ("advertiser", models.BigIntegerField()),
                        ("outcome", models.TextField()),
                        ("reference", models.TextField()),
                        ("event", models.TextField()),
                        ("occurred_at", models.BigIntegerField()),
                        ("status", models.TextField()),
                        ("reason", models.TextField(null=True)),
                        ("program", models.BigIntegerField(null=True)),
                        ("publisher", models.BigIntegerField(null=True)),
                        ("currency", models.TextField()),
                        ("amount_micros", models.BigIntegerField()),
                        ("commission_micros", models.BigIntegerField()),
                        ("fee_micros", models.BigIntegerField()),
                        ("state", models.BinaryField()),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("advertiser", "outcome", "reference"), name="conversion_of"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Transaction",
                    fields=[
                        ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                        ("kind", models.TextField()),
                        ("currency", models.TextField()),
                        ("occurred_at", models.BigIntegerField()),
                        ("program", models.BigIntegerField()),
                        ("publisher", models.BigIntegerField()),
                        ("batch", models.BigIntegerField()),
                        ("event", models.TextField(null=True)),
                        ("rule", models.BigIntegerField(null=True)),
                        (
                            "conversion",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                to="book.conversion",
                            ),
                        ),
                        (
                            "corrects",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                to="book.transaction",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Receipt",
                    fields=[
                        ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                        ("hash", models.TextField()),
                        ("prior", models.TextField(null=True)),
                        ("kind", models.TextField()),
                        ("program", models.BigIntegerField(null=True)),
                        ("publisher", models.BigIntegerField(null=True)),
                        ("batch", models.BigIntegerField()),
                        ("body", models.BinaryField()),
                        ("advertiser_side", models.BinaryField()),
                        ("publisher_side", models.BinaryField()),
                        (
                            "conversion",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                to="book.conversion",
                            ),
                        ),
                        (
                            "transaction",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                to="book.transaction",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Entry",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "transaction_id",
                                "account_id",
                                blank=True,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("amount_micros", models.BigIntegerField()),
                        (
                            "account",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="entries",
                                to="book.account",
                            ),
                        ),
                        (
                            "transaction",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="entries",
                                to="book.transaction",
                            ),
                        ),
                    ],
                ),
            ],
        ),
    )
