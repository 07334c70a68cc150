"""Derived tables: rebuild, refresh by key, merge, the triggers that keep them right, and who may call what."""

from django.db import migrations

from meets import sql


class Migration(migrations.Migration):
    dependencies = [("meets", "0004_functions")]

    operations = [
        migrations.RunSQL(
            sql.read(
                "derived/locks.sql",
                "derived/write.sql",
                "derived/normalized_times.sql",
                "derived/athlete_best_times.sql",
                "derived/course_records.sql",
                "derived/school_hall_of_fame.sql",
                "derived/school_course_records.sql",
                "derived/refresh.sql",
                "triggers/results.sql",
                "triggers/sources.sql",
                "grants.sql",
            ),
            reverse_sql=migrations.RunSQL.noop,
        )
    ]
