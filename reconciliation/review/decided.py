"""The decisions that were taken: filters, and pages by keyset."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Q, QuerySet

from reconciliation.models import Answer, Decision

A_PAGE = 50


@dataclass(frozen=True, slots=True)
class DecisionFilter:
    """What the reader chose; nonsense is passed over. `after`: the decision that ended the page before."""

    answer: str = ""
    person: str = ""
    meet: UUID | None = None
    athlete: UUID | None = None
    batch: UUID | None = None
    after: UUID | None = None

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "DecisionFilter":
        answer = query.get("answer", "")
        return cls(
            answer=answer if answer in Answer.values else "",
            person=query.get("person", "").strip()[:200].replace("\x00", ""),
            **{name: _uuid(query.get(name, "")) for name in ("meet", "athlete", "batch", "after")},
        )

    @property
    def query(self) -> str:
        names = ("answer", "person", "meet", "athlete", "batch")
        return urlencode({name: str(value) for name in names if (value := getattr(self, name))})

    def decisions(self) -> QuerySet[Decision]:
        """Newest first."""
        found = Decision.objects.order_by("-at", "-pk")
        if self.answer:
            found = found.filter(answer=self.answer)
        if self.person:
            found = found.filter(user_name=self.person)
        if self.meet:
            found = found.filter(meet_id=self.meet)
        if self.athlete:
            found = found.filter(athlete_ids__contains=[self.athlete])
        if self.batch:
            found = found.filter(batch=self.batch)
        return found

    def page(self) -> tuple[list[Decision], bool]:
        """(decisions, whether there are more)"""
        found = self.decisions().select_related("undone_by")
        if self.after and (last := Decision.objects.filter(pk=self.after).first()):
            found = found.filter(Q(at__lt=last.at) | Q(at=last.at, pk__lt=last.pk))
        page = list(found[: A_PAGE + 1])
        return page[:A_PAGE], len(page) > A_PAGE


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
