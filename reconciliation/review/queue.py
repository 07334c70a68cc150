"""The queue: which open cases, in which order, and where in it a reviewer stands.

Paging is by keyset around a case (its own place in the order), never by OFFSET: the thousandth case costs what the
first does. A case that was answered a moment ago still has its place, so "the next one" is always well defined.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Case as When_
from django.db.models import Count, F, FloatField, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from reconciliation.models import Case, CaseKind, CaseStatus

OLDEST, SUREST = "oldest", "surest"
SORTS = ((OLDEST, "Oldest first"), (SUREST, "Surest first"))
# From the score of the likeliest candidate, 0 to 1.
SURE = (("high", "Nearly sure"), ("middle", "Likely"), ("low", "Unsure"), ("none", "Nobody suggested"))
HIGH, MIDDLE = 0.9, 0.7
WHOSE = (
    ("", "Waiting for me"),
    ("mine", "Parked for me"),
    ("parked", "Parked for somebody else"),
    ("all", "Everybody's"),
)
AROUND_BEFORE, AROUND_AFTER = 4, 16
# A line of the list needs no evidence, and evidence is wide.
LISTED = ("kind", "question", "score", "parked_for_id")


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """What the reviewer chose. Nonsense in an address is passed over: the queue then shows more, never less."""

    kind: str = ""
    meet: UUID | None = None
    school: UUID | None = None
    sure: str = ""
    whose: str = ""
    sort: str = OLDEST

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "QueueFilter":
        return cls(
            kind=_one_of(query.get("kind", ""), CaseKind.values),
            meet=_uuid(query.get("meet", "")),
            school=_uuid(query.get("school", "")),
            sure=_one_of(query.get("sure", ""), [value for value, _ in SURE]),
            whose=_one_of(query.get("whose", ""), [value for value, _ in WHOSE]),
            sort=_one_of(query.get("sort", ""), [value for value, _ in SORTS]) or OLDEST,
        )

    @property
    def query(self) -> str:
        """The choice as a query string: it goes along from case to case. '' when nothing is chosen."""
        given = {"kind": self.kind, "meet": self.meet, "school": self.school, "sure": self.sure, "whose": self.whose}
        chosen = {key: str(value) for key, value in given.items() if value}
        if self.sort != OLDEST:
            chosen["sort"] = self.sort
        return urlencode(chosen)

    @property
    def narrowed(self) -> bool:
        return replace(self, sort=OLDEST) != QueueFilter()

    def without(self, name: str) -> "QueueFilter":
        given: dict[str, Any] = {name: None if name in ("meet", "school") else ""}
        return replace(self, **given)

    def sorted(self, sort: str) -> "QueueFilter":
        return replace(self, sort=sort)

    def cases(self, user: Any) -> QuerySet[Case]:
        """The open cases of this choice, without order."""
        found = Case.objects.filter(status=CaseStatus.OPEN)
        for name in ("kind", "meet", "school"):
            if value := getattr(self, name):
                found = found.filter(**{name if name == "kind" else f"{name}_id": value})
        if self.sure:
            found = found.filter(_SURE[self.sure])
        return found.filter(_whose(self.whose, user))


_SURE = {
    "high": Q(score__gte=HIGH),
    "middle": Q(score__gte=MIDDLE, score__lt=HIGH),
    "low": Q(score__lt=MIDDLE),
    "none": Q(score__isnull=True),
}


def _whose(whose: str, user: Any) -> Q:
    if whose == "mine":
        return Q(parked_for=user)
    if whose == "parked":
        return Q(parked_for__isnull=False) & ~Q(parked_for=user)
    if whose == "all":
        return Q()
    return Q(parked_for__isnull=True) | Q(parked_for=user)


def waiting_for(user: Any) -> QuerySet[Case]:
    """The open cases that this person may be waited for with: all but those parked for others."""
    return QueueFilter().cases(user)


@dataclass(frozen=True, slots=True)
class Queue:
    """An ordered choice of cases, seen by one person."""

    chosen: QueueFilter
    user: Any

    def _cases(self) -> QuerySet[Case]:
        return _keyed(self.chosen.cases(self.user), self.chosen.sort)

    def ordered(self) -> QuerySet[Case]:
        return _order(self._cases(), self.chosen.sort)

    def first(self) -> Case | None:
        return _whole(self.ordered())

    def after(self, case: Case) -> QuerySet[Case]:
        """What comes after a case, answered or not, nearest first."""
        return _order(self._past(case, 1), self.chosen.sort)

    def before(self, case: Case) -> QuerySet[Case]:
        """What comes before it, nearest first."""
        return _order(self._past(case, -1), self.chosen.sort, -1)

    def _past(self, case: Case, direction: int) -> QuerySet[Case]:
        if self.chosen.sort == SUREST:
            return self._cases().filter(self.beyond(case, direction))
        # One import asks all its questions at one instant: compared as a pair, the index begins at the very place.
        sign = ">" if direction > 0 else "<"
        return self._cases().extra(  # noqa: S610 (no text of anybody's)
            where=[f"(cases.position, cases.id) {sign} (%s, %s)"], params=[case.position, case.pk]
        )

    def next_after(self, case: Case) -> Case | None:
        """The next case; from the end of the queue its beginning. None when no other is left."""
        return _whole(self.after(case)) or _whole(self.ordered().exclude(pk=case.pk))

    def beyond(self, case: Case, direction: int) -> Q:
        """Rows that stand after (1) or before (-1) a case in this order."""
        more, less = ("gt", "lt") if direction > 0 else ("lt", "gt")
        if self.chosen.sort == SUREST:
            sure = -1.0 if case.score is None else case.score
            return Q(**{f"sureness__{less}": sure}) | Q(**{"sureness": sure, f"pk__{more}": case.pk})
        # The first half lets the index begin at the place itself.
        return Q(**{f"position__{more}e": case.position}) & (
            Q(**{f"position__{more}": case.position}) | Q(**{f"pk__{more}": case.pk})
        )


# Names as they stand in an order; the second pair reads the queue backwards.
_KEYS = {
    OLDEST: (("position", "pk"), ("-position", "-pk")),
    SUREST: (("-sureness", "pk"), ("sureness", "-pk")),
}


def _whole(cases: QuerySet[Case]) -> Case | None:
    """The first of them. Its key comes out of the narrow index first; only then is its wide row read."""
    key = cases.values_list("pk", flat=True).first()
    return Case.objects.select_related("parked_for", "claimed_by").filter(pk=key).first() if key else None


def _keyed(cases: QuerySet[Case], sort: str) -> QuerySet[Case]:
    """A case without any candidate stands last of all when the surest come first."""
    if sort != SUREST:
        return cases
    return cases.annotate(sureness=Coalesce(F("score"), Value(-1.0), output_field=FloatField()))


def _order(cases: QuerySet[Case], sort: str, direction: int = 1) -> QuerySet[Case]:
    return cases.order_by(*_KEYS[sort][0 if direction > 0 else 1])


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """The part of the queue around a case: "42 of 300", what comes before and after."""

    cases: list[Case]
    place: int  # of the case in the queue, from 1; 0 when it is not in it
    total: int
    previous: Case | None
    next: Case | None


def around(queue: Queue, case: Case) -> Neighbourhood:
    """Four queries: keys before and after, the lines of the list, and the counts."""
    keys_before = list(queue.before(case).values_list("pk", flat=True)[:AROUND_BEFORE])[::-1]
    keys_after = list(queue.after(case).values_list("pk", flat=True)[: AROUND_AFTER + AROUND_BEFORE - len(keys_before)])
    by_key = Case.objects.only(*LISTED).in_bulk([*keys_before, *keys_after])
    earlier, later = ([by_key[key] for key in keys if key in by_key] for keys in (keys_before, keys_after))
    counts = (
        queue.ordered()
        .order_by()
        .aggregate(
            total=Count("pk"),
            before=Count(When_(When(queue.beyond(case, -1), then=1))),
            itself=Count(When_(When(pk=case.pk, then=1))),
        )
    )
    inside = bool(counts["itself"])
    return Neighbourhood(
        cases=[*earlier, *([case] if inside else []), *later],
        place=counts["before"] + 1 if inside else 0,
        total=counts["total"],
        previous=earlier[-1] if earlier else None,
        next=later[0] if later else None,
    )


def counts_by_kind(queue: Queue) -> list[tuple[str, str, int]]:
    """(kind, label, open cases) under the other filters, kinds without any left out."""
    cases = queue.chosen.without("kind").cases(queue.user)
    by_kind = dict(cases.order_by().values_list("kind").annotate(Count("pk")))
    return [(value, label, by_kind[value]) for value, label in CaseKind.choices if by_kind.get(value)]


def _one_of(text: str, values: list[str]) -> str:
    return text if text in values else ""


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
