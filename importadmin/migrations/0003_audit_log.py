"""The audit log finds its entries by meet and athlete, and is append-only."""

from pathlib import Path

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.conf import settings
from django.db import migrations, models

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [
        ("importadmin", "0002_roles"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="auditentry",
            name="athlete_ids",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.UUIDField(), db_default=models.Value("{}"), default=list, size=None
            ),
        ),
        migrations.AddField(
            model_name="auditentry",
            name="meet_id",
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name="auditentry",
            name="who",
            field=models.TextField(blank=True, db_default="", default=""),
        ),
        migrations.AddIndex(
            model_name="auditentry",
            index=models.Index(fields=["actor", "-at"], name="audit_entries_actor"),
        ),
        migrations.AddIndex(
            model_name="auditentry",
            index=models.Index(
                condition=models.Q(("meet_id__isnull", False)), fields=["meet_id", "-at"], name="audit_entries_meet"
            ),
        ),
        migrations.AddIndex(
            model_name="auditentry",
            index=models.Index(fields=["subject_table", "subject_id"], name="audit_entries_subject"),
        ),
        migrations.AddIndex(
            model_name="auditentry",
            index=django.contrib.postgres.indexes.GinIndex(fields=["athlete_ids"], name="audit_entries_athletes"),
        ),
        migrations.RunSQL(
            (SQL / "audit_kept.sql").read_text(encoding="utf-8"),
            reverse_sql="DROP FUNCTION importadmin.audit_kept() CASCADE",
        ),
    ]
