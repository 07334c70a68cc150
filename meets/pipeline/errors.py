"""How an import can end other than done. Anything else that is raised is a crash."""

from typing import Any

from meets.bundles.problems import BadBundle

__all__ = ["BadBundle", "Cancelled", "LeaseLost", "NeedsAnswer"]


class NeedsAnswer(Exception):
    """The import can't go on without a person. Each question: key, text, detail, options [{value, label}]."""

    def __init__(self, questions: list[dict[str, Any]]) -> None:
        super().__init__(f"{len(questions)} question(s)")
        self.questions = questions


class Cancelled(Exception):
    """Somebody asked for the import to stop."""


class LeaseLost(Exception):
    """Another worker holds this import now: whatever this one did must leave no trace."""
