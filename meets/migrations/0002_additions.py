"""What the app adds to the site's tables: nullable columns and indexes. Never faked."""

from django.db import migrations, models

from meets import sql


class Migration(migrations.Migration):
    dependencies = [("meets", "0001_mirrored")]

    operations = [
        migrations.RunSQL(
            sql.read("mirrored/additions.sql"),
            reverse_sql=migrations.RunSQL.noop,
            state_operations=[
                migrations.AddField(
                    model_name="result",
                    name="source_name",
                    field=models.TextField(blank=True, null=True),
                ),
                migrations.AddField(
                    model_name="result",
                    name="import_id",
                    field=models.UUIDField(blank=True, null=True),
                ),
                migrations.AddField(
                    model_name="athlete",
                    name="name_key",
                    field=models.TextField(blank=True, editable=False, null=True),
                ),
            ],
        )
    ]
