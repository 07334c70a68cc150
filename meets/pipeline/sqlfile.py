"""Run .sql files, which a person can read in the order of their names."""

from functools import cache
from pathlib import Path
from typing import Any, LiteralString, cast

import psycopg
from psycopg import sql


@cache
def _text(path: Path) -> LiteralString:
    return cast(LiteralString, path.read_text(encoding="utf-8"))


class SqlFolder:
    """A folder of SQL files. `{word}` in a file is replaced by a literal; write `{{` for a brace.

    Literals, not parameters: joined through a parameter or a temporary table, the planner can't see that one meet
    is a small part of `results` and reads all of it.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def run(self, cur: "psycopg.Cursor[Any]", name: str, **literals: Any) -> int:
        """Execute every statement of `<name>.sql`; return the row count of the last one."""
        body = sql.SQL(_text(self._folder / f"{name}.sql"))
        cur.execute(body.format(**{key: sql.Literal(value) for key, value in literals.items()}))
        while cur.nextset():
            pass
        return max(cur.rowcount, 0)

    def fetch(self, cur: "psycopg.Cursor[Any]", name: str, **literals: Any) -> list[dict[str, Any]]:
        """Execute a file whose last statement is a SELECT; return its rows as dictionaries."""
        self.run(cur, name, **literals)
        columns = [column.name for column in cur.description or []]
        return [dict(zip(columns, row, strict=True)) for row in cur.fetchall()]


PIPELINE = SqlFolder(Path(__file__).parent / "sql")
