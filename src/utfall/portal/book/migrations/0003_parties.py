"""Parties of an order, bonds of customers and limits per customer, from SQL that stands beside this file."""

import django.db.models.deletion
from django.db import migrations, models

from utfall.portal.book.statements import statements


class Migration(migrations.Migration):
    dependencies = (("book", "0002_money"),)

    operations = (
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(tuple(statements(__file__, "0003_parties.sql")))],
            state_operations=[
                migrations.CreateModel(
                    name="Bond",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "advertiser",
                                "customer",
                                "program",
                                blank=True,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("advertiser", models.BigIntegerField()),
                        ("customer", models.TextField()),
                        ("program", models.BigIntegerField()),
                        ("state", models.BinaryField()),
                    ],
                ),
                migrations.CreateModel(
                    name="Side",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "receipt_id",
                                "publisher",
                                blank=True,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        (
                            "receipt",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="sides",
                                to="book.receipt",
                            ),
                        ),
                        ("publisher", models.BigIntegerField()),
                        ("side", models.BinaryField()),
                    ],
                ),
                migrations.AddField("customer", "last_at", models.BigIntegerField(null=True)),
                migrations.DeleteModel("Budget"),
                migrations.CreateModel(
                    name="Budget",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "limit_id",
                                "period",
                                "customer",
                                "publisher",
                                blank=True,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("limit_id", models.BigIntegerField()),
                        ("period", models.TextField()),
                        ("customer", models.TextField(default="")),
                        ("publisher", models.BigIntegerField()),
                        ("cap", models.BigIntegerField()),
                        ("reserved", models.BigIntegerField()),
                        ("settled", models.BigIntegerField()),
                    ],
                ),
            ],
        ),
    )
