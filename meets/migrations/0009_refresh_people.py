"""Records of a few people refreshed by their own results alone; free slugs, as imports and reviewers number them."""

from django.db import migrations

from meets import sql


class Migration(migrations.Migration):
    dependencies = [("meets", "0008_difference")]

    operations = [
        migrations.RunSQL(
            sql.read("functions/free_slugs.sql", "derived/refresh_people.sql"),
            reverse_sql=migrations.RunSQL.noop,
        )
    ]
