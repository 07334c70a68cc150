"""An action that can't be done now, with the sentence that says why."""

from typing import Any


class Refused(Exception):
    """`problems` says the same with file, column, value and remedy where it lies in the files."""

    def __init__(self, sentence: str, problems: list[Any] | None = None) -> None:
        super().__init__(sentence)
        self.problems = problems or []
