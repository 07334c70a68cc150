from django.apps import AppConfig


class MeetsConfig(AppConfig):
    name = "meets"
    default_auto_field = "django.db.models.BigAutoField"
