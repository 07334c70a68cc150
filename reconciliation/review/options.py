"""What the queue can be narrowed to: the meets and schools that have open cases, with how many."""

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.db import connection

from meets.pipeline.sqlfile import SqlFolder

SQL = SqlFolder(Path(__file__).parent / "sql")
# A select of more is nobody's help; the page of a meet links to its own questions.
MOST = 60


@dataclass(frozen=True, slots=True)
class Option:
    pk: UUID
    name: str
    n: int


def options(chosen_meet: UUID | None, chosen_school: UUID | None) -> tuple[list[Option], list[Option]]:
    """(meets, schools): meets with most questions first, schools by name; what is chosen is always among them."""
    with connection.cursor() as cursor:
        rows = SQL.fetch(cursor, "options", meet=chosen_meet, school=chosen_school, most=MOST)  # type: ignore[arg-type]
    found: dict[str, list[Option]] = {"meet": [], "school": []}
    for row in rows:
        found[row["what"]].append(Option(row["id"], row["name"], row["n"]))
    return found["meet"], sorted(found["school"], key=lambda option: option.name)
