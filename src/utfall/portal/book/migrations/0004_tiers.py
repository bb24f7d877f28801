"""The pools of tiers and their corrections, from SQL that stands beside this file."""

from django.db import migrations, models

from utfall.portal.book.statements import statements


class Migration(migrations.Migration):
    dependencies = (("book", "0003_parties"),)

    operations = (
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(tuple(statements(__file__, "0004_tiers.sql")))],
            state_operations=[
                migrations.CreateModel(
                    name="Tier",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "rule",
                                "period",
                                "publisher",
                                blank=True,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("rule", models.BigIntegerField()),
                        ("period", models.TextField()),
                        ("publisher", models.BigIntegerField()),
                        ("program", models.BigIntegerField()),
                        ("currency", models.TextField()),
                        ("orders", models.BigIntegerField()),
                        ("status", models.TextField()),
                        ("commission_micros", models.BigIntegerField()),
                        ("fee_micros", models.BigIntegerField()),
                        ("due_at", models.BigIntegerField(null=True)),
                        ("state", models.BinaryField()),
                    ],
                ),
            ],
        ),
    )
