import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = ()

    operations = (
        migrations.CreateModel(
            name="Policy",
            fields=[
                ("kind", models.CharField(max_length=60, primary_key=True, serialize=False)),
                ("required", models.CharField(max_length=6)),
                ("above_ppm", models.IntegerField(null=True)),
                ("above_micros", models.JSONField(default=dict)),
                ("decided_by", models.CharField(max_length=12)),
            ],
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=60)),
                ("payload", models.JSONField()),
                ("words", models.CharField(max_length=300)),
                ("subject", models.CharField(max_length=120)),
                ("before", models.JSONField(null=True)),
                ("after", models.JSONField(null=True)),
                ("asked_why", models.TextField(blank=True)),
                ("asked_by", models.BigIntegerField(null=True)),
                ("asked_name", models.CharField(max_length=260)),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("expires_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("approved", "Approved"),
                            ("refused", "Refused"),
                            ("withdrawn", "Withdrawn"),
                            ("expired", "Expired"),
                        ],
                        db_index=True,
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("decided_by", models.BigIntegerField(null=True)),
                ("decided_name", models.CharField(blank=True, max_length=260)),
                ("decided_at", models.DateTimeField(null=True)),
                ("why", models.TextField(blank=True)),
                ("organisation", models.BigIntegerField(db_index=True)),
                ("advertiser", models.BigIntegerField(db_index=True, null=True)),
                ("publisher", models.BigIntegerField(db_index=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="AuditEntry",
            fields=[
                ("seq", models.BigIntegerField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("action", models.CharField(max_length=60)),
                ("subject", models.CharField(max_length=120)),
                ("actor", models.CharField(max_length=260)),
                ("via", models.CharField(max_length=6)),
                ("user", models.BigIntegerField(null=True)),
                ("key", models.BigIntegerField(null=True)),
                ("organisation", models.BigIntegerField(db_index=True)),
                ("advertiser", models.BigIntegerField(db_index=True, null=True)),
                ("publisher", models.BigIntegerField(db_index=True, null=True)),
                ("before", models.TextField()),
                ("after", models.TextField()),
                ("why", models.TextField()),
                ("prior", models.CharField(max_length=64)),
                ("hash", models.CharField(max_length=64)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["action", "-seq"], name="audit_audit_action_abfddf_idx"),
                    models.Index(fields=["subject", "-seq"], name="audit_audit_subject_74dfad_idx"),
                ],
            },
        ),
    )
