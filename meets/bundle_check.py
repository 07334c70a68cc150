"""What the check page shows of a bundle: the check made when it came, and what the database adds to it now."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from meets.actions.receive_bundle import check_again
from meets.bundle_plan import Plan, plan
from meets.bundles.kinds import FIELDS, KINDS
from meets.models import Bundle, HeaderMapping, Import, Meet

PROBLEMS_SHOWN = 25
# What happens without a file; results.csv is never missing here.
WITHOUT: Mapping[str, str] = {
    "athletes": "Who ran is taken from the results.",
    "schools": "Schools are looked up on the site by the number in the results.",
    "races": "Races are looked up on the site by their athletic.net number.",
    "meets": "The meet is looked up on the site, or asked for.",
    "courses": "A new race gets no course until somebody gives it one.",
    "venues": "A new meet gets no venue until somebody gives it one.",
}


@dataclass(frozen=True, slots=True)
class FileLine:
    kind: str
    found: Mapping[str, Any]

    @property
    def present(self) -> bool:
        return bool(self.found)

    @property
    def without(self) -> str:
        return WITHOUT.get(self.kind, "")

    @property
    def other_name(self) -> str:
        """The name that it came under, if that is not the usual one."""
        name = str(self.found.get("name", ""))
        return "" if name == f"{self.kind}.csv" else name


@dataclass(slots=True)
class CheckPage:
    bundle: Bundle
    report: Mapping[str, Any]
    meet: Meet | None = None
    headers: list[dict[str, Any]] = field(default_factory=list)
    imports: list[Import] = field(default_factory=list)
    earlier: list[Bundle] = field(default_factory=list)
    plan: Plan = field(default_factory=Plan)

    @property
    def title(self) -> str:
        named = self.report.get("meet") or {}
        return str(named.get("name") or (self.meet.name if self.meet else "") or self.bundle.name)

    @property
    def files(self) -> list[FileLine]:
        found = self.report.get("files") or {}
        return [FileLine(kind, found.get(kind) or {}) for kind in KINDS]

    @property
    def problems(self) -> list[dict[str, Any]]:
        """Errors first: with one of them nothing can start."""
        problems = self.plan.problems + (self.report.get("problems") or [])
        return sorted(problems, key=lambda problem: problem["severity"] != "error")[:PROBLEMS_SHOWN]

    @property
    def problem_count(self) -> int:
        return len(self.plan.problems) + int(self.report.get("problem_count") or 0)

    @property
    def questions(self) -> list[dict[str, Any]]:
        """The page has a field of its own for the meet, where the files name none."""
        return [asked for asked in self.plan.questions if not (self.asks_for_meet and asked["key"] == "meet")]

    @property
    def blocked(self) -> bool:
        return bool(self.report.get("blocked") or self.plan.problems)

    @property
    def unknown_headers(self) -> list[dict[str, Any]]:
        return [header for header in self.headers if not header.get("remembered")]

    @property
    def asks_for_meet(self) -> bool:
        """The files name no meet that could be looked up or made: only a person knows."""
        return not (self.report.get("meets") or [])

    @property
    def asks_which_meet(self) -> bool:
        return any(asked["key"] == "meet" for asked in self.plan.questions)

    @property
    def ready(self) -> bool:
        return not self.blocked and not self.asks_for_meet

    @property
    def verdict(self) -> tuple[str, str]:
        """The kind of badge and its words."""
        if self.blocked:
            return "bad", "Needs repair"
        if self.unknown_headers:
            return "warn", "Has columns nobody knows"
        if self.asks_for_meet:
            return "warn", "Doesn't say which meet it is"
        return "good", "Ready"


def check_page(bundle: Bundle, *, brief: bool = False) -> CheckPage:
    """`brief` leaves out what only the bundle's own page shows."""
    report = bundle.check_report
    meets = _meets(report)
    page = CheckPage(bundle, report, meets[0] if len(meets) == 1 else None)
    page.headers = list(report.get("headers") or [])
    page.imports = _earlier_imports(bundle, report)
    if not brief:
        page.plan = plan(bundle)
        page.headers += _remembered(bundle)
        same = [found["bundle"] for found in report.get("same_as") or [] if not found["imports"]]
        page.earlier = list(Bundle.objects.filter(pk__in=same).order_by("uploaded_at")[:5])
    return page


def remember_headers(*, bundle: Bundle, fields: Iterable[tuple[str, str, str]], user: Any) -> Bundle:
    """Keep what a person said about columns of this bundle, and check it anew with that.

    Only columns that the bundle has and fields that its files can have are taken; '' means to ignore the column.
    """
    written = {kind: set((found.get("format") or {}).get("header") or []) for kind, found in bundle.files.items()}
    for kind, header, name in fields:
        if header in written.get(kind, ()) and (name == "" or name in FIELDS.get(kind, ())):
            HeaderMapping.objects.update_or_create(
                file_kind=kind, header=header, defaults={"field": name, "confirmed_by": user}
            )
    return check_again(bundle=bundle)


def _meets(report: Mapping[str, Any]) -> Sequence[Meet]:
    number = (report.get("meet") or {}).get("athletic_net_id")
    return list(Meet.objects.filter(athletic_net_id=number)[:2]) if number else []


def _earlier_imports(bundle: Bundle, report: Mapping[str, Any]) -> list[Import]:
    """Imports of the same content, and of this very bundle: it may have been imported since it was checked."""
    ids = [pk for found in report.get("same_as") or [] for pk in found["imports"]]
    same = Import.objects.filter(pk__in=ids) | Import.objects.filter(bundle=bundle)
    return list(same.order_by("-created_at")[:5])


def _remembered(bundle: Bundle) -> list[dict[str, Any]]:
    """Columns of this bundle that a person assigned, here or earlier: what was wrong can be put right."""
    kinds = [kind for kind in bundle.files if kind in FIELDS]
    formats = {kind: bundle.files[kind].get("format") or {} for kind in kinds}
    known = HeaderMapping.objects.filter(file_kind__in=kinds).order_by("file_kind", "header")
    return [
        {
            "kind": mapping.file_kind,
            "file": bundle.files[mapping.file_kind]["name"],
            "header": mapping.header,
            "samples": [],
            "suggestion": mapping.field,
            "remembered": True,
            "choices": [
                name
                for name in FIELDS[mapping.file_kind]
                if name == mapping.field or name not in formats[mapping.file_kind].get("columns", {})
            ],
        }
        for mapping in known
        if mapping.header in formats[mapping.file_kind].get("header", [])
    ]
