"""Mappings that advertisers keep, to be used again."""

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("imports", "0001_imports")]
    operations = [
        migrations.CreateModel(
            name="OwnMapping",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("advertiser", models.BigIntegerField()),
                ("network", models.CharField(max_length=10)),
                ("kind", models.CharField(max_length=15)),
                ("name", models.CharField(max_length=80)),
                ("columns", models.JSONField(default=dict)),
                ("options", models.JSONField(default=dict)),
                ("actor", models.CharField(max_length=260)),
                ("kept_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("advertiser", "name"), name="own_mapping_named_once")
                ]
            },
        ),
    ]
