"""What the import needs from elsewhere. `meets` never imports `reconciliation`; that app registers itself here."""

from typing import Any, Protocol

import psycopg


class Matcher(Protocol):
    """Decides who each staged person is and records the questions (see reconciliation/matching/)."""

    def match(self, cursor: "psycopg.Cursor[Any]") -> None:
        """Fill the temporary table `person_match` for every row of `person` that has no exact match yet."""

    def record_cases(self, cursor: "psycopg.Cursor[Any]", *, import_id: str, meet_id: str) -> int:
        """Write a case for every held row, attach the rows; return the number of new cases."""


class Comparer(Protocol):
    def summary(self, cursor: "psycopg.Cursor[Any]", *, meet_id: str, import_id: str) -> dict[str, Any]:
        """Strict and folded missing/extra figures before and after this import, for its report."""


_matcher: Matcher | None = None
_comparer: Comparer | None = None


def register_matcher(matcher: Matcher) -> None:
    global _matcher
    _matcher = matcher


def register_comparer(comparer: Comparer) -> None:
    global _comparer
    _comparer = comparer


def matcher() -> Matcher:
    if _matcher is None:
        raise RuntimeError("No matcher is registered: is `reconciliation` in INSTALLED_APPS?")
    return _matcher


def comparer() -> Comparer | None:
    return _comparer
