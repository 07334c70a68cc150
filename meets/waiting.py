"""How many open cases a meet has. Cases belong to `reconciliation`, which `meets` must not import, hence by name."""

from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce


def open_cases_of(meet_id: UUID) -> int:
    count: int = _cases().filter(status="open", meet_id=meet_id).count()
    return count


def open_cases_column() -> Coalesce:
    """For annotate() on meets."""
    per_meet = (
        _cases().filter(status="open", meet_id=OuterRef("pk")).order_by().values("meet_id").annotate(n=Count("pk"))
    )
    return Coalesce(Subquery(per_meet.values("n"), output_field=IntegerField()), 0)


def _cases() -> Any:
    return apps.get_model("reconciliation", "Case").objects
