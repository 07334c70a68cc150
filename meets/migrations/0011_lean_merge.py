"""Merging an import's results by narrow rows, writing only what changes, in a database that has the former way."""

from django.db import migrations

from meets import sql


class Migration(migrations.Migration):
    dependencies = [("meets", "0010_suspicious")]

    operations = [
        migrations.RunSQL(
            sql.read(
                "derived/normalized_times.sql",
                "derived/athlete_best_times.sql",
                "derived/course_records.sql",
                "derived/school_hall_of_fame.sql",
                "derived/school_course_records.sql",
                "derived/refresh.sql",
                "grants.sql",
            ),
            reverse_sql=migrations.RunSQL.noop,
        )
    ]
