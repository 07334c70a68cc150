"""Cases and what reviewers have decided about pairs."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reconciliation", "0001_mirrored")]

    operations = [
        migrations.CreateModel(
            name="Case",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_default=models.Func(function="importadmin.new_id"),
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "kind",
                    models.TextField(
                        choices=[
                            ("slug_collision", "Same web address"),
                            ("name_variant", "Other spelling?"),
                            ("similar_athlete", "Same person?"),
                            ("ambiguous_namesake", "Which namesake?"),
                            ("id_conflict", "Number points to somebody else"),
                            ("no_grade", "No grade given"),
                            ("two_times", "Two times in one race"),
                        ]
                    ),
                ),
                ("fingerprint", models.TextField(unique=True)),
                (
                    "status",
                    models.TextField(
                        choices=[("open", "Open"), ("answered", "Answered"), ("obsolete", "No longer asked")],
                        default="open",
                    ),
                ),
                ("question", models.TextField()),
                ("meet_id", models.UUIDField(db_index=True, null=True)),
                ("school_id", models.UUIDField(null=True)),
                ("race_id", models.UUIDField(null=True)),
                ("subject", models.JSONField(default=dict)),
                ("candidates", models.JSONField(default=list)),
                ("evidence", models.JSONField(default=dict)),
                ("evidence_hash", models.TextField(default="")),
                ("version", models.IntegerField(default=1)),
                ("import_id", models.UUIDField(null=True)),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("updated_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "db_table": "cases",
                "indexes": [models.Index(fields=["status", "created_at"], name="cases_status_created")],
            },
        ),
        migrations.CreateModel(
            name="CaseRow",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "import_id", "line", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rows",
                        to="reconciliation.case",
                    ),
                ),
                ("import_id", models.UUIDField()),
                ("line", models.IntegerField()),
            ],
            options={
                "db_table": "case_rows",
            },
        ),
        migrations.CreateModel(
            name="RememberedPair",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("left_key", models.TextField()),
                ("right_key", models.TextField()),
                ("reason", models.TextField(blank=True, default="")),
                ("evidence_hash", models.TextField(blank=True, default="")),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "db_table": "remembered_pairs",
                "constraints": [
                    models.UniqueConstraint(
                        models.F("left_key"), models.F("right_key"), name="remembered_pairs_pair_key"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("left_key__lt", models.F("right_key"))),
                        name="remembered_pairs_ordered",
                    ),
                ],
            },
        ),
    ]
