"""Cases found by the athletes whom they speak of."""

from django.db import migrations

from reconciliation import sql


class Migration(migrations.Migration):
    dependencies = [("reconciliation", "0003_review")]

    operations = [migrations.RunSQL(sql.read("functions/find_cases.sql"), reverse_sql=migrations.RunSQL.noop)]
