"""Names, slugs, the journal and the view that all records read results through."""

from django.db import migrations

from meets import sql


class Migration(migrations.Migration):
    dependencies = [("meets", "0003_own")]

    operations = [
        migrations.RunSQL(
            sql.read(
                "functions/names.sql",
                "functions/athletes.sql",
                "functions/journal.sql",
                "functions/eligible.sql",
            ),
            reverse_sql=migrations.RunSQL.noop,
        )
    ]
