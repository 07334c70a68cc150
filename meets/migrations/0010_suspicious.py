"""Which results of an import look too fast to be true, and wait for an admin before they count."""

from django.db import migrations, models

from meets import sql


class Migration(migrations.Migration):
    dependencies = [("meets", "0009_refresh_people")]

    operations = [
        migrations.AlterField(
            model_name="recordhold",
            name="kind",
            field=models.TextField(
                choices=[("race", "A whole field too fast"), ("record", "A record beaten by too much")]
            ),
        ),
        migrations.RunSQL(sql.read("functions/holds.sql", "grants.sql"), reverse_sql=migrations.RunSQL.noop),
    ]
