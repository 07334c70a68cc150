"""The three roles are groups, so that Django's own admin can hand them out."""

from typing import Any

from django.db import migrations

ROLES = ("staff", "reviewer", "admin")


def create_roles(apps: Any, schema_editor: Any) -> None:
    group = apps.get_model("auth", "Group")
    for name in ROLES:
        group.objects.get_or_create(name=name)


class Migration(migrations.Migration):
    dependencies = [("importadmin", "0001_initial"), ("auth", "0012_alter_user_first_name_max_length")]
    # Taking the groups away would take everybody's role, so the way back leaves them.
    operations = [migrations.RunPython(create_roles, migrations.RunPython.noop)]
