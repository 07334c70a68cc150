"""Our own tables, in schema importadmin (the first of the search_path)."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [migrations.swappable_dependency(settings.AUTH_USER_MODEL), ("meets", "0002_additions")]

    operations = [
        migrations.CreateModel(
            name="SlugRedirect",
            fields=[
                ("slug", models.TextField(primary_key=True, serialize=False)),
                ("athlete_id", models.UUIDField(db_index=True)),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "db_table": "slug_redirects",
            },
        ),
        migrations.CreateModel(
            name="AthleteAlias",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("athlete_id", models.UUIDField()),
                ("name", models.TextField()),
                ("name_key", models.TextField()),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "db_table": "athlete_aliases",
                "indexes": [models.Index(fields=["name_key"], name="athlete_aliases_name_key")],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("athlete_id"), models.F("name"), name="athlete_aliases_athlete_name_key"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SchoolAlias",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("school_id", models.UUIDField(db_index=True)),
                ("name", models.TextField(unique=True)),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "db_table": "school_aliases",
            },
        ),
        migrations.CreateModel(
            name="HeaderMapping",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("file_kind", models.TextField()),
                ("header", models.TextField()),
                ("field", models.TextField(blank=True)),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "db_table": "header_mappings",
                "constraints": [
                    models.UniqueConstraint(
                        models.F("file_kind"), models.F("header"), name="header_mappings_kind_header_key"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Bundle",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_default=models.Func(function="importadmin.new_id"),
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("name", models.TextField()),
                ("content_hash", models.TextField(db_index=True)),
                ("files", models.JSONField(default=dict)),
                ("check_report", models.JSONField(default=dict)),
                ("answers", models.JSONField(default=dict)),
                ("size_bytes", models.BigIntegerField(default=0)),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("uploaded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "db_table": "bundles",
            },
        ),
        migrations.CreateModel(
            name="Import",
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
                    "bundle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="imports", to="meets.bundle"
                    ),
                ),
                ("meet_key", models.TextField()),
                ("meet_id", models.UUIDField(db_index=True, null=True)),
                (
                    "mode",
                    models.TextField(choices=[("import", "Import"), ("preview", "Preview")], default="import"),
                ),
                (
                    "state",
                    models.TextField(
                        choices=[
                            ("queued", "Waiting for a worker"),
                            ("running", "Running"),
                            ("needs_answer", "Needs an answer"),
                            ("done", "Done"),
                            ("failed", "Failed"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="queued",
                    ),
                ),
                ("attempt", models.IntegerField(default=0)),
                ("attempts_left", models.SmallIntegerField(default=5)),
                ("worker", models.TextField(blank=True, default="")),
                ("lease_until", models.DateTimeField(null=True)),
                ("cancel_requested", models.BooleanField(default=False)),
                ("waiting_for", models.TextField(blank=True, default="")),
                (
                    "stage",
                    models.TextField(
                        blank=True,
                        choices=[
                            ("receive", "Receive"),
                            ("read", "Read"),
                            ("stage", "Stage"),
                            ("resolve", "Resolve"),
                            ("apply", "Apply"),
                            ("reconcile", "Reconcile"),
                            ("refresh", "Refresh"),
                            ("finish", "Finish"),
                        ],
                        default="",
                    ),
                ),
                ("stage_rows", models.BigIntegerField(default=0)),
                ("stage_total", models.BigIntegerField(default=0)),
                ("stages", models.JSONField(default=list)),
                ("outcomes", models.JSONField(default=dict)),
                ("answers", models.JSONField(default=dict)),
                ("questions", models.JSONField(default=list)),
                ("report", models.JSONField(default=dict)),
                (
                    "failure_kind",
                    models.TextField(
                        blank=True,
                        choices=[
                            ("bad_file", "The files need repair"),
                            ("crash", "Something broke on our side"),
                        ],
                        default="",
                    ),
                ),
                ("failure", models.TextField(blank=True, default="")),
                ("lines", models.BigIntegerField(default=0)),
                ("seconds", models.FloatField(null=True)),
                ("peak_rss_mb", models.FloatField(null=True)),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("enqueued_at", models.DateTimeField(null=True)),
                ("started_at", models.DateTimeField(null=True)),
                ("finished_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "imports",
                "indexes": [
                    models.Index(fields=["state", "lease_until"], name="imports_state_lease"),
                    models.Index(fields=["-created_at"], name="imports_newest"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["queued", "running"])),
                        fields=("meet_key",),
                        name="imports_one_active_per_meet",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportRow",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "import_id", "line", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("import_id", models.UUIDField()),
                ("line", models.IntegerField()),
                ("line_last", models.IntegerField()),
                (
                    "outcome",
                    models.TextField(
                        choices=[
                            ("inserted", "Added"),
                            ("already_present", "Already there"),
                            ("variant_present", "There under another spelling"),
                            ("held", "Waiting for review"),
                            ("skipped", "No time"),
                            ("rejected", "Needs repair"),
                            ("repeated", "Same line twice"),
                            ("dismissed", "Set aside"),
                        ]
                    ),
                ),
                ("race_id", models.UUIDField(null=True)),
                ("athlete_id", models.UUIDField(null=True)),
                ("result_id", models.UUIDField(null=True)),
                ("school_id", models.UUIDField(null=True)),
                ("athlete_name", models.TextField()),
                ("time_cs", models.IntegerField(null=True)),
                ("place", models.IntegerField(null=True)),
                ("grade", models.SmallIntegerField(null=True)),
                ("raw", models.TextField()),
            ],
            options={
                "db_table": "import_rows",
            },
        ),
        migrations.CreateModel(
            name="ImportProblem",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("import_id", models.UUIDField(db_index=True)),
                ("code", models.TextField()),
                ("severity", models.TextField(default="error")),
                ("file", models.TextField()),
                ("line", models.IntegerField(null=True)),
                ("line_last", models.IntegerField(null=True)),
                ("column", models.TextField(blank=True, default="")),
                ("value", models.TextField(blank=True, default="")),
                ("message", models.TextField()),
                ("remedy", models.TextField(blank=True, default="")),
            ],
            options={
                "db_table": "import_problems",
            },
        ),
        migrations.CreateModel(
            name="JournalEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("import_id", models.UUIDField(db_index=True)),
                ("table_name", models.TextField()),
                ("row_id", models.UUIDField()),
                ("old", models.JSONField(null=True)),
                ("new", models.JSONField(null=True)),
            ],
            options={
                "db_table": "import_journal",
            },
        ),
    ]
