"""Rebuilds in two steps, and records that are held back until an admin has looked at them."""

from django.db import migrations

from meets import sql


class Migration(migrations.Migration):
    dependencies = [("meets", "0007_rebuilds")]

    operations = [
        # What a rebuild would change can be worked out again: not worth the write-ahead log.
        migrations.RunSQL("ALTER TABLE importadmin.rebuild_changes SET UNLOGGED", reverse_sql=migrations.RunSQL.noop),
        migrations.RunSQL(
            sql.read(
                "functions/eligible_held.sql",
                "derived/locks.sql",
                "derived/write.sql",
                "derived/normalized_times.sql",
                "derived/athlete_best_times.sql",
                "derived/course_records.sql",
                "derived/school_hall_of_fame.sql",
                "derived/school_course_records.sql",
                "derived/difference.sql",
                "grants.sql",
            ),
            reverse_sql=migrations.RunSQL.noop,
        ),
    ]
