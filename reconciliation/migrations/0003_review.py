"""Decisions with the journal of what they changed; notes, claims, parking and the queue's order of cases."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from reconciliation import sql


class Migration(migrations.Migration):
    dependencies = [
        ("reconciliation", "0002_own"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(
            sql.read("functions/first_score.sql", "functions/people.sql"),
            reverse_sql=migrations.RunSQL.noop,
        ),
        migrations.CreateModel(
            name="CaseNote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField()),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "db_table": "case_notes",
                "ordering": ["at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_default=models.Func(function="importadmin.new_id"), primary_key=True, serialize=False
                    ),
                ),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("user_name", models.TextField(blank=True, default="")),
                (
                    "answer",
                    models.TextField(
                        choices=[
                            ("same", "Same person"),
                            ("different", "Different people"),
                            ("other", "Another athlete"),
                            ("merge", "Merge"),
                            ("apart", "Keep apart"),
                            ("keep", "Keep this time"),
                            ("both", "Both are right"),
                            ("add", "Add to the athlete"),
                            ("create", "Create the athlete and add"),
                            ("spelling", "Same result, other spelling"),
                            ("remove", "Remove it"),
                            ("leave", "Leave it"),
                            ("dismiss", "Set aside"),
                            ("undo", "Undo"),
                        ]
                    ),
                ),
                ("case_id", models.UUIDField(db_index=True, null=True)),
                ("case_kind", models.TextField(blank=True, default="")),
                ("question", models.TextField(blank=True, default="")),
                ("meet_id", models.UUIDField(db_index=True, null=True)),
                (
                    "athlete_ids",
                    django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None),
                ),
                ("reason", models.TextField(blank=True, default="")),
                ("summary", models.TextField(blank=True, default="")),
                ("vetoes", models.JSONField(default=list)),
                ("before", models.JSONField(null=True)),
                ("after", models.JSONField(null=True)),
                ("batch", models.UUIDField(db_index=True, null=True)),
            ],
            options={
                "db_table": "decisions",
            },
        ),
        migrations.CreateModel(
            name="DecisionChange",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("table_name", models.TextField()),
                ("row_key", models.JSONField()),
                ("old", models.JSONField(null=True)),
                ("new", models.JSONField(null=True)),
            ],
            options={
                "db_table": "decision_changes",
            },
        ),
        migrations.AddField(
            model_name="case",
            name="claimed_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="claimed_cases",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="case",
            name="claimed_until",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="case",
            name="parked_for",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="parked_cases",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="case",
            name="position",
            field=models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
        ),
        migrations.AlterField(
            model_name="case",
            name="kind",
            field=models.TextField(
                choices=[
                    ("slug_collision", "Same web address"),
                    ("name_variant", "Other spelling?"),
                    ("similar_athlete", "Same person?"),
                    ("ambiguous_namesake", "Which namesake?"),
                    ("id_conflict", "Number points to somebody else"),
                    ("no_grade", "No grade given"),
                    ("possible_transfer", "Changed school?"),
                    ("two_times", "Two times in one race"),
                    ("missing_result", "Missing result"),
                    ("extra_result", "Extra result"),
                ]
            ),
        ),
        migrations.AlterField(
            model_name="case",
            name="status",
            field=models.TextField(
                choices=[
                    ("open", "Open"),
                    ("answered", "Answered"),
                    ("dismissed", "Set aside"),
                    ("obsolete", "No longer asked"),
                ],
                default="open",
            ),
        ),
        migrations.AlterField(
            model_name="case",
            name="version",
            field=models.IntegerField(db_default=1, default=1),
        ),
        migrations.AlterField(
            model_name="rememberedpair",
            name="right_key",
            field=models.TextField(db_index=True),
        ),
        migrations.AddField(
            model_name="case",
            name="score",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Func(
                    models.F("candidates"),
                    function="importadmin.first_score",
                    output_field=models.FloatField(null=True),
                ),
                output_field=models.FloatField(null=True),
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["status", "position", "id"], name="cases_status_position"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["status", "score", "id"], name="cases_status_score"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["school_id", "status"], name="cases_school_status"),
        ),
        migrations.AddField(
            model_name="casenote",
            name="author",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="casenote",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="notes", to="reconciliation.case"
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="undoes",
            field=models.OneToOneField(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="undone_by",
                to="reconciliation.decision",
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="user",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="decisionchange",
            name="decision",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="changes",
                to="reconciliation.decision",
            ),
        ),
        migrations.AddIndex(
            model_name="decision",
            index=models.Index(fields=["-at", "-id"], name="decisions_newest"),
        ),
        migrations.AddIndex(
            model_name="decision",
            index=django.contrib.postgres.indexes.GinIndex(fields=["athlete_ids"], name="decisions_athlete_ids"),
        ),
        migrations.AddIndex(
            model_name="decisionchange",
            index=models.Index(models.F("table_name"), models.F("row_key"), name="decision_changes_row"),
        ),
        migrations.RunSQL(
            # Who waited first stands first.
            ["UPDATE importadmin.cases SET position = created_at", sql.read("functions/append_only.sql")],
            reverse_sql=migrations.RunSQL.noop,
        ),
    ]
