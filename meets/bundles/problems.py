"""What can be wrong with a file, said so that a person can mend it."""

from dataclasses import asdict, dataclass
from typing import Any

ERROR = "error"
WARNING = "warning"
VALUE_LIMIT = 200


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong: a sentence, its place (file, line, column, value) and what to do about it."""

    code: str
    file: str
    message: str
    remedy: str = ""
    line: int | None = None
    line_last: int | None = None
    column: str = ""
    value: str = ""
    severity: str = ERROR

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


class BadBundle(Exception):
    """The bundle can't be taken as it is. Carries everything that is wrong with it, not the first thing only."""

    def __init__(self, problems: "list[Problem] | Problem") -> None:
        self.problems = [problems] if isinstance(problems, Problem) else list(problems)
        super().__init__(" ".join(problem.message for problem in self.problems))

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.problems,)


def shorten(value: str) -> str:
    """A value fit to be shown and stored: bounded, and without NUL, which PostgreSQL can't hold."""
    value = value.replace("\0", "␀")
    return value if len(value) <= VALUE_LIMIT else value[: VALUE_LIMIT - 1] + "…"
