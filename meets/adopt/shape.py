"""The shape of the site's tables: as they stand in `public`, and as our own SQL files would have made them."""

import re
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction

from meets import sql

SCRATCH = "importadmin_shape"
FILES = ("mirrored/tables.sql", "mirrored/derived.sql", "mirrored/duplicates.sql", "mirrored/additions.sql")
# An id of the site's own making is as good; a default of ours would ask every writer for the right to call new_id().
RANDOM_ID = "gen_random_uuid()"
DELETES = {"a": "", "r": " ON DELETE RESTRICT", "c": " ON DELETE CASCADE", "n": " ON DELETE SET NULL", "d": ""}


@dataclass(frozen=True, slots=True)
class Column:
    table: str
    name: str
    type: str
    required: bool
    default: str | None
    made_by_database: bool = False

    def fills_itself(self) -> bool:
        return not self.required or self.default is not None or self.made_by_database


@dataclass(frozen=True, slots=True)
class Constraint:
    """A foreign key (`kind` 'f', with `to` and `deletes`) or a check ('c')."""

    table: str
    name: str
    kind: str
    valid: bool
    says: str
    columns: tuple[str, ...]
    to: str
    deletes: str


@dataclass(frozen=True, slots=True)
class Index:
    """`columns` is empty for an index over part of the rows or over expressions."""

    table: str
    name: str
    unique: bool
    valid: bool
    says: str
    columns: tuple[str, ...]
    of_constraint: bool


@dataclass(slots=True)
class Shape:
    columns: dict[tuple[str, str], Column] = field(default_factory=dict)
    constraints: list[Constraint] = field(default_factory=list)
    indexes: list[Index] = field(default_factory=list)

    @property
    def tables(self) -> list[str]:
        return list(dict.fromkeys(table for table, _ in self.columns))


def rows(statement: str, params: list[Any] | None = None) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return list(cursor.fetchall())


def value(statement: str, params: list[Any] | None = None) -> Any:
    return rows(statement, params)[0][0]


def read(schema: str = "public") -> Shape:
    """What stands in `schema`. Names of its own tables come without it, so that two schemas can be compared."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('search_path', %s, true)", [schema])
        shape = Shape()
        for row in rows(sql.read("adopt/columns.sql"), [schema]):
            shape.columns[row[0], row[1]] = Column(*row)
        for table, name, kind, valid, says, columns, to, deletes in rows(sql.read("adopt/constraints.sql"), [schema]):
            said = says.removesuffix(" NOT VALID")
            shape.constraints.append(Constraint(table, name, kind, valid, said, tuple(columns), to, deletes))
        for table, name, unique, valid, says, columns, owned in rows(sql.read("adopt/indexes.sql"), [schema]):
            shape.indexes.append(Index(table, name, unique, valid, says, tuple(columns or ()), owned))
        # The caller's search_path comes back with this.
        transaction.set_rollback(True)
    return shape


def wanted() -> Shape:
    """What our files make: made in a schema of its own and rolled back, so it can't fall behind them."""
    text = sql.read(*FILES).replace("importadmin.new_id()", RANDOM_ID)
    text = re.sub(r"\bpublic\.", f"{SCRATCH}.", text)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE SCHEMA {SCRATCH}")
            cursor.execute(text)
        shape = read(SCRATCH)
        transaction.set_rollback(True)
    return shape
