"""How one file is to be read: found once by inspect_file, kept with the bundle, used by every later reader."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from meets.bundles.encoding import LABELS
from meets.bundles.header import DELIMITER_LABELS, Mappings, plan_columns
from meets.bundles.problems import Problem
from meets.bundles.text import SPACES


@dataclass(frozen=True, slots=True)
class FileFormat:
    kind: str
    name: str
    encoding: str = "utf-8"
    delimiter: str = ","
    header: list[str] = field(default_factory=list)
    # field -> index of its column
    columns: dict[str, int] = field(default_factory=dict)
    header_line: int = 1
    header_line_last: int = 1
    unknown: list[str] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "FileFormat":
        return cls(**{name: data[name] for name in cls.__slots__ if name in data})

    def with_mappings(self, mappings: Mappings) -> "tuple[FileFormat, list[Problem]]":
        """The same file with the columns as a person has since assigned them; no need to read it again."""
        plan = plan_columns(self.kind, self.header, mappings, self.name, self.header_line)
        return replace(self, columns=plan.columns, unknown=plan.unknown), plan.problems

    def header_of(self, name: str) -> str:
        """The column's name as the file writes it."""
        index = self.columns.get(name)
        return name if index is None else self.header[index]

    @property
    def encoding_label(self) -> str:
        return LABELS.get(self.encoding, self.encoding)

    @property
    def delimiter_label(self) -> str:
        return DELIMITER_LABELS.get(self.delimiter, self.delimiter)


def is_blank(raw: str, delimiter: str) -> bool:
    """A line with nothing in it, or with delimiters only, as spreadsheets leave behind."""
    return not raw.strip(SPACES + '"' + delimiter)


def header_key(text: str | Sequence[str], delimiter: str) -> tuple[str, ...]:
    """A header line in a form that two spellings of the same header share."""
    parts = text.replace('"', "").split(delimiter) if isinstance(text, str) else text
    return tuple(" ".join(part.strip(SPACES).lower().split()) for part in parts)
