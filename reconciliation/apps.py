from django.apps import AppConfig


class ReconciliationConfig(AppConfig):
    name = "reconciliation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # The import needs a matcher and a place for its questions, but `meets` never imports this app:
        # it offers ports, and this app fills them.
        from meets.pipeline import ports
        from reconciliation.compare.summary import SqlComparer
        from reconciliation.matching import resolver

        ports.register_matcher(resolver.LearnedMatcher())
        ports.register_comparer(SqlComparer())
