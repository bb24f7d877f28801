"""Money that moves outside, from SQL that stands beside this file; Django is told what the tables are."""

from django.db import migrations, models

from utfall.portal.book.statements import statements


class Migration(migrations.Migration):
    dependencies = (("book", "0001_book"),)

    operations = (
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(tuple(statements(__file__, "0002_money.sql")))],
            state_operations=[
                migrations.CreateModel(
                    name="Line",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "account_id",
                                "transaction_id",
                                blank=True,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("account_id", models.BigIntegerField()),
                        ("transaction_id", models.BigIntegerField()),
                        ("amount_micros", models.BigIntegerField()),
                    ],
                ),
                migrations.CreateModel(
                    name="Answer",
                    fields=[
                        ("event", models.TextField(primary_key=True, serialize=False)),
                        ("receipt", models.BigIntegerField()),
                        ("reason", models.TextField(null=True)),
                    ],
                ),
                migrations.CreateModel(
                    name="Funding",
                    fields=[
                        ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                        ("event", models.TextField(unique=True)),
                        ("advertiser", models.BigIntegerField(null=True)),
                        ("currency", models.TextField()),
                        ("amount_micros", models.BigIntegerField()),
                        ("identity", models.TextField(unique=True)),
                        ("day", models.TextField()),
                        ("words", models.TextField()),
                        ("at", models.BigIntegerField()),
                        ("status", models.TextField()),
                        ("transaction_id", models.BigIntegerField()),
                    ],
                ),
                migrations.CreateModel(
                    name="Paper",
                    fields=[
                        ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                        ("name", models.TextField(unique=True)),
                        ("kind", models.TextField()),
                        ("series", models.TextField()),
                        ("number", models.BigIntegerField()),
                        ("owner", models.TextField()),
                        ("party", models.BigIntegerField()),
                        ("currency", models.TextField()),
                        ("period_from", models.TextField()),
                        ("period_until", models.TextField()),
                        ("since", models.BigIntegerField()),
                        ("through", models.BigIntegerField()),
                        ("net_micros", models.BigIntegerField()),
                        ("tax_micros", models.BigIntegerField()),
                        ("settled_micros", models.BigIntegerField()),
                        ("credited_micros", models.BigIntegerField()),
                        ("left_micros", models.BigIntegerField()),
                        ("due", models.TextField(null=True)),
                        ("corrects", models.TextField(null=True)),
                        ("digest", models.TextField()),
                        ("event", models.TextField(unique=True)),
                        ("at", models.BigIntegerField()),
                        ("transaction_id", models.BigIntegerField(null=True)),
                    ],
                    options={
                        "constraints": [models.UniqueConstraint(fields=("series", "number"), name="paper_of")]
                    },
                ),
                migrations.CreateModel(
                    name="Payout",
                    fields=[
                        ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                        ("publisher", models.BigIntegerField()),
                        ("currency", models.TextField()),
                        ("since", models.BigIntegerField()),
                        ("through", models.BigIntegerField()),
                        ("amount_micros", models.BigIntegerField()),
                        ("rest_micros", models.BigIntegerField()),
                        ("status", models.TextField()),
                        ("identity", models.TextField()),
                        ("reason", models.TextField(null=True)),
                        ("digest", models.TextField()),
                        ("event", models.TextField(unique=True)),
                        ("at", models.BigIntegerField()),
                        ("transaction_id", models.BigIntegerField()),
                        ("ended_id", models.BigIntegerField(null=True)),
                        ("receipt", models.BigIntegerField()),
                    ],
                ),
                migrations.CreateModel(
                    name="Exchange",
                    fields=[
                        ("transaction_id", models.BigIntegerField(primary_key=True, serialize=False)),
                        ("into_transaction_id", models.BigIntegerField()),
                        ("event", models.TextField(unique=True)),
                        ("owner", models.TextField()),
                        ("party", models.BigIntegerField()),
                        ("currency", models.TextField()),
                        ("into", models.TextField()),
                        ("amount_micros", models.BigIntegerField()),
                        ("into_amount_micros", models.BigIntegerField()),
                        ("currency_micros", models.BigIntegerField()),
                        ("into_micros", models.BigIntegerField()),
                        ("rate_source", models.TextField()),
                        ("day", models.TextField()),
                        ("through", models.BigIntegerField()),
                        ("undone", models.BigIntegerField(null=True)),
                        ("paid_by", models.BigIntegerField(null=True)),
                        ("at", models.BigIntegerField()),
                        ("receipt", models.BigIntegerField()),
                    ],
                ),
                migrations.DeleteModel("Commission"),
                migrations.CreateModel(
                    name="Commission",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "source",
                                "number",
                                "publisher",
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
                        ("released", models.BigIntegerField(null=True)),
                        ("paid_by", models.BigIntegerField(null=True)),
                    ],
                ),
            ],
        ),
    )
