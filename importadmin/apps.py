from django.apps import AppConfig


class ImportAdminConfig(AppConfig):
    name = "importadmin"
    verbose_name = "Meet Import Admin"
    default_auto_field = "django.db.models.BigAutoField"
