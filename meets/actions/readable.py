"""Whether a bundle's files can be read at all, with the columns as people have assigned them by now."""

from typing import Any

from meets.actions.bundle_storage import confirmed_mappings
from meets.actions.refused import Refused
from meets.bundles.format import FileFormat
from meets.bundles.problems import ERROR, Problem
from meets.models import Bundle

# What the header alone decides: said anew when a column is assigned; all else stays as the check found it.
_OF_HEADER = frozenset({"column.missing", "column.twice", "column.absent", "column.unknown", "header.missing"})


def demand_readable(bundle: Bundle) -> None:
    """Raise Refused with every problem that keeps a file from being read; keep columns assigned since the check."""
    wrong = _use_mappings(bundle)
    if not wrong and bundle.check_report.get("blocked") and not _looked_at(bundle):
        # Checked before each file kept its own problems: the check's errors are all that is known.
        found = bundle.check_report.get("problems") or []
        wrong = [Problem(**one) for one in found if one["severity"] == ERROR]
    if wrong:
        more = f" ({len(wrong)} problems in all.)" if len(wrong) > 1 else ""
        first = wrong[0]
        raise Refused(f"The bundle can't be imported as it is. {first.message} {first.remedy}{more}", wrong)


def _looked_at(bundle: Bundle) -> bool:
    return any("problems" in found for found in bundle.files.values())


def _use_mappings(bundle: Bundle) -> list[Problem]:
    mappings = confirmed_mappings()
    wrong, changed = [], False
    for kind, found in bundle.files.items():
        problems = [Problem(**one) for one in found.get("problems") or []]
        if "problems" in found and found["format"]["header"]:
            old = FileFormat.from_json(found["format"])
            new, of_header = old.with_mappings(mappings)
            if (new.columns, new.unknown) != (old.columns, old.unknown):
                problems = [problem for problem in problems if problem.code not in _OF_HEADER] + of_header
                bundle.files[kind] = _mapped(found, new, problems)
                changed = True
        wrong += [problem for problem in problems if problem.severity == ERROR]
    if changed:
        bundle.save(update_fields=["files"])
    return wrong


def _mapped(found: dict[str, Any], form: FileFormat, problems: list[Problem]) -> dict[str, Any]:
    return found | {"format": form.to_json(), "problems": [problem.as_dict() for problem in problems]}
