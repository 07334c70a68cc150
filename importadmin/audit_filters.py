"""Which entries of the audit log a person asked for."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.http import HttpRequest

from importadmin.models import AuditEntry

# A name may fit many; more than these are told apart by typing more of it.
MOST = 100
FILTERS = ("person", "kind", "meet", "athlete", "subject")


@dataclass(frozen=True)
class Chosen:
    """The filters as typed. `meet` and `athlete` are a name, an id, an athletic.net id or a slug."""

    person: str = ""
    kind: str = ""
    meet: str = ""
    athlete: str = ""
    subject: str = ""
    # What a filter led to, said above the table: "Redham Twilight", "no meet of that name".
    found: dict[str, str] = field(default_factory=dict)

    @property
    def any(self) -> bool:
        return any((self.person, self.kind, self.meet, self.athlete, self.subject))


def filtered(request: HttpRequest) -> tuple[Chosen, QuerySet[AuditEntry]]:
    person, kind, meet, athlete, subject = (_typed(request, name) for name in FILTERS)
    chosen = Chosen(person, kind, meet, athlete, subject)
    entries = AuditEntry.objects.select_related("actor").order_by("-at", "-pk")
    if chosen.person:
        entries = entries.filter(actor__username=chosen.person)
    if chosen.kind:
        entries = entries.filter(action__startswith=f"{chosen.kind}.")
    if chosen.subject:
        entries = entries.filter(subject_id=chosen.subject)
    if chosen.meet:
        entries = entries.filter(_of_meets(chosen))
    if chosen.athlete:
        entries = entries.filter(_of_athletes(chosen))
    return chosen, entries


def _typed(request: HttpRequest, name: str) -> str:
    return request.GET.get(name, "").replace("\x00", "").strip()[:200]


def _of_meets(chosen: Chosen) -> Q:
    from meets.models import Import, Meet

    known = Meet.objects.filter(_by_id(chosen.meet, Q(athletic_net_id=chosen.meet) | Q(name__icontains=chosen.meet)))
    names = dict(known.order_by("-meet_date", "pk").values_list("pk", "name")[:MOST])
    chosen.found["meet"] = _said(list(names.values()), "meet")
    ids = set(names) | _uuid(chosen.meet)
    # An import is recorded when it starts, before its meet need exist: so the meet is looked up through the import.
    imports = Import.objects.filter(meet_id__in=ids)
    return (
        Q(meet_id__in=ids)
        | Q(subject_table="imports", subject_id__in=imports.values(key=Cast("pk", TextField())))
        | Q(subject_table="bundles", subject_id__in=imports.values(key=Cast("bundle_id", TextField())))
    )


def _of_athletes(chosen: Chosen) -> Q:
    from meets.models import Athlete, SlugRedirect
    from meets.names import name_key

    by_name = Q(slug=chosen.athlete)
    if key := name_key(chosen.athlete):
        by_name |= Q(name_key=key)
    redirected = SlugRedirect.objects.filter(slug=chosen.athlete).values("athlete_id")
    known = Athlete.objects.filter(_by_id(chosen.athlete, by_name | Q(pk__in=redirected)))
    names = dict(known.order_by("name_key", "pk").values_list("pk", "name")[:MOST])
    chosen.found["athlete"] = _said(list(names.values()), "athlete")
    ids = set(names) | _uuid(chosen.athlete)
    return Q(athlete_ids__overlap=sorted(ids, key=str)) if ids else Q(pk__in=[])


def _by_id(text: str, otherwise: Q) -> Q:
    ids = _uuid(text)
    return Q(pk__in=ids) if ids else otherwise


def _uuid(text: str) -> set[Any]:
    """Of somebody who is gone by now, too: the log outlives what it tells about."""
    try:
        return {UUID(text)}
    except ValueError:
        return set()


def _said(names: list[str], thing: str) -> str:
    different = sorted(set(names))
    if not different:
        return f"There is no {thing} of that name now; an id still finds what was recorded of one that is gone."
    shown = ", ".join(different[:3])
    more = len(different) - 3
    return f"{shown} and {more} more of that name" if more > 0 else shown
