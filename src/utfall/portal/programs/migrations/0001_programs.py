"""The first tables of programs."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = ()

    operations = (
        migrations.CreateModel(
            name="Group",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                ("description", models.CharField(blank=True, max_length=300)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name="Program",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("advertiser", models.BigIntegerField(db_index=True)),
                ("name", models.CharField(max_length=120)),
                ("tagline", models.CharField(blank=True, max_length=200)),
                ("website", models.URLField(blank=True, max_length=300)),
                ("category", models.CharField(blank=True, max_length=30)),
                ("countries", models.JSONField(default=list)),
                ("currency", models.CharField(max_length=3)),
                ("zone", models.CharField(max_length=64)),
                ("domains", models.JSONField(default=list)),
                ("visibility", models.CharField(default="approval", max_length=10)),
                ("state", models.CharField(db_index=True, default="draft", max_length=10)),
                ("held_by_operator", models.BooleanField(default=False)),
                ("outcome", models.CharField(default="sale", max_length=12)),
                ("preset", models.CharField(blank=True, max_length=10)),
                ("steps", models.JSONField(default=list)),
                ("questions", models.JSONField(default=list)),
                ("auto_approve", models.BooleanField(default=False)),
                (
                    "price_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("share", "share"),
                            ("flat", "flat"),
                            ("per_unit", "per_unit"),
                            ("per_thousand", "per_thousand"),
                        ],
                        max_length=12,
                    ),
                ),
                ("price_micros", models.BigIntegerField(null=True)),
                ("price_ppm", models.BigIntegerField(null=True)),
                ("returned_why", models.TextField(blank=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("created_by", models.CharField(blank=True, max_length=254)),
                ("submitted_at", models.DateTimeField(null=True)),
                ("live_since", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Policy",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("review_needed", models.BooleanField(default=True)),
                ("fee_ppm", models.PositiveIntegerField(default=0)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("pk", 1)), name="one_program_policy")
                ],
            },
        ),
        migrations.CreateModel(
            name="Limit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                (
                    "measure",
                    models.CharField(
                        choices=[("cost", "cost"), ("commission", "commission"), ("count", "count")],
                        max_length=10,
                    ),
                ),
                (
                    "period",
                    models.CharField(
                        choices=[("day", "day"), ("week", "week"), ("month", "month"), ("total", "total")],
                        max_length=5,
                    ),
                ),
                ("cap", models.BigIntegerField()),
                ("over", models.CharField(default="refuse", max_length=6)),
                ("outcome", models.CharField(blank=True, max_length=12)),
                ("publisher", models.BigIntegerField(null=True)),
                ("per_publisher", models.BooleanField(default=False)),
                ("is_budget", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("removed_at", models.DateTimeField(null=True)),
                (
                    "group",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, to="programs.group"
                    ),
                ),
                (
                    "program",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="limits",
                        to="programs.program",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="group",
            name="program",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="groups", to="programs.program"
            ),
        ),
        migrations.CreateModel(
            name="Goal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("outcome", models.CharField(max_length=12)),
                ("target", models.PositiveIntegerField()),
                ("max_cost_micros", models.BigIntegerField(null=True)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "program",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="goals",
                        to="programs.program",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="TermsVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("effective_from", models.DateTimeField(null=True)),
                ("status", models.CharField(max_length=10)),
                ("standard_seconds", models.BigIntegerField()),
                ("incentive_seconds", models.BigIntegerField()),
                ("soft_seconds", models.BigIntegerField()),
                ("view_seconds", models.BigIntegerField()),
                ("attribution", models.JSONField(default=list)),
                ("channels", models.JSONField(default=dict)),
                ("channel_default", models.CharField(default="any", max_length=6)),
                ("fee_ppm", models.PositiveIntegerField(default=0)),
                ("hold_days", models.PositiveIntegerField(default=30)),
                ("auto_approval_days", models.PositiveIntegerField(null=True)),
                ("max_age_days", models.PositiveIntegerField(default=90)),
                ("consent_required", models.BooleanField(default=True)),
                ("promotion_types", models.JSONField(default=list)),
                ("text", models.TextField(blank=True)),
                ("note", models.TextField(blank=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("created_by", models.CharField(blank=True, max_length=254)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "program",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="programs.program",
                    ),
                ),
            ],
            options={
                "ordering": ["program_id", "number"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("program"), models.F("number"), name="one_version_per_number"
                    ),
                    models.UniqueConstraint(
                        models.F("program"),
                        condition=models.Q(("effective_from__isnull", True)),
                        name="one_draft_of_terms",
                    ),
                    models.UniqueConstraint(
                        models.F("program"),
                        models.F("effective_from"),
                        condition=models.Q(("withdrawn_at__isnull", True)),
                        name="one_version_at_a_time",
                    ),
                ],
            },
        ),
    )
