"""What differs between the site's tables and ours, as steps that only add, and as remarks where a person must look."""

import re

from psycopg import sql as compose

from meets.adopt.shape import DELETES, Column, Constraint, Index, Shape, value
from meets.adopt.step import Remark, Step
from meets.sql import read as read_sql

NUMERIC = re.compile(r"numeric\((\d+),(\d+)\)")


def name(text: str) -> str:
    return compose.Identifier(text).as_string()


def table_steps(have: Shape, want: Shape, phase: str) -> list[Step]:
    """Missing tables and columns. A new column may be empty or has a constant default: no row is rewritten."""
    found = []
    for table in want.tables:
        if table not in have.tables:
            text = _text_of(table)
            # What stands in public can be read over the hosted database's API: nobody but the owner may, until told.
            text += f"\nALTER TABLE public.{name(table)} ENABLE ROW LEVEL SECURITY;"
            found.append(Step(phase, f"The table {table} is missing", text))
            continue
        missing = [c for c in want.columns.values() if c.table == table and (table, c.name) not in have.columns]
        if missing:
            adds = ",\n    ".join(f"ADD COLUMN {name(c.name)} {c.type}{_filled(c)}" for c in missing)
            title = f"{table} lacks {', '.join(c.name for c in missing)}"
            found.append(Step(phase, title, f"ALTER TABLE public.{name(table)}\n    {adds};"))
    return found


def _filled(column: Column) -> str:
    default = f" DEFAULT {column.default}" if column.default is not None else ""
    return default + (" NOT NULL" if column.required and default else "")


def _text_of(table: str) -> str:
    text = read_sql("mirrored/tables.sql", "mirrored/derived.sql", "mirrored/duplicates.sql")
    match = re.search(rf"^CREATE TABLE public\.{table} \(.*?^\);", text, re.S | re.M)
    if match is None:
        raise ValueError(f"No file makes the table {table}.")
    return match[0].replace("importadmin.new_id()", "gen_random_uuid()")


def column_steps(have: Shape, want: Shape, phase: str) -> list[Step]:
    """Relaxations, defaults and wider types of columns that are there."""
    found = []
    for key, wish in want.columns.items():
        there = have.columns.get(key)
        if there is None:
            continue
        alter = f"ALTER TABLE public.{name(wish.table)} ALTER COLUMN {name(wish.name)}"
        title = f"{wish.table}.{wish.name}"
        if there.required and not wish.required and not there.fills_itself():
            found.append(Step(phase, f"{title} must be allowed to be empty", f"{alter} DROP NOT NULL;"))
        if there.default is None and wish.default is not None and not there.made_by_database:
            found.append(Step(phase, f"{title} has no default", f"{alter} SET DEFAULT {wish.default};"))
        if fit(there.type, wish.type) == "narrow":
            why = f"{title} is {there.type}: too narrow for what the files hold"
            found.append(Step(phase, why, f"{alter} TYPE {wish.type};"))
    return found


def fit(there: str, wish: str) -> str:
    """'fits', 'narrow' (can be widened), 'short' (works while values are short) or 'differs'."""
    if there == wish or (there == "numeric" and wish.startswith("numeric")) or (there, wish) == ("json", "jsonb"):
        return "fits"
    ours, theirs = NUMERIC.fullmatch(wish), NUMERIC.fullmatch(there)
    if ours and theirs:
        wide = int(theirs[2]) >= int(ours[2]) and int(theirs[1]) - int(theirs[2]) >= int(ours[1]) - int(ours[2])
        return "fits" if wide else "narrow"
    texts = ("text", "character varying")
    if wish.startswith(texts) and there.startswith(texts):
        return "fits" if there in texts or there.startswith("text") else "short"
    return "differs"


def column_remarks(have: Shape, want: Shape, used: set[tuple[str, str]]) -> list[Remark]:
    """`used`: the columns that the app reads or writes; those must have our type."""
    found = []
    for key, wish in want.columns.items():
        there = have.columns.get(key)
        place = ".".join(key)
        if there is None:
            if wish.required and wish.default is None and wish.table in have.tables:
                remedy = "Add and fill it: this isn't the site's database as we know it."
                found.append(Remark(f"{place} is missing, and nobody can guess its values.", remedy, problem=True))
            continue
        kind = fit(there.type, wish.type)
        if kind == "differs":
            remedy = f"Change it to {wish.type}." if key in used else "The app doesn't use it; it stays."
            found.append(Remark(f"{place} is {there.type}, not {wish.type}.", remedy, problem=key in used))
        elif kind == "short":
            found.append(Remark(f"{place} is {there.type}: a longer value in a file ends its import."))
    for key, there in have.columns.items():
        if key not in want.columns and there.table in want.tables and not there.fills_itself():
            text = f"{'.'.join(key)} isn't known to us, must not be empty and has no default: no import could write it."
            found.append(Remark(text, "Give it a default.", problem=True))
    return found


def index_steps(have: Shape, want: Shape, phase: str) -> list[Step]:
    """Missing indexes and unique keys, built while everybody goes on writing."""
    found = []
    taken = {index.name for index in have.indexes}
    for wish in want.indexes:
        if any(_same_index(one, wish) and one.valid for one in have.indexes):
            continue
        table, index = name(wish.table), name(wish.name)
        half = next((one for one in have.indexes if one.name == wish.name and not one.valid), None)
        if half is not None:
            text = f"DROP INDEX CONCURRENTLY public.{index};"
            found.append(Step(phase, f"{wish.name} was left half built", text, alone=True))
        elif wish.name in taken:
            index = name(f"importadmin_{wish.name}"[:63])
        unique = "UNIQUE " if wish.unique else ""
        text = f"CREATE {unique}INDEX CONCURRENTLY IF NOT EXISTS {index} ON public.{table} {wish.says};"
        found.append(Step(phase, f"{wish.table} lacks an index: {wish.says}", text, alone=True))
    return found


def _same_index(one: Index, wish: Index) -> bool:
    if one.table != wish.table or one.unique < wish.unique:
        return False
    return one.says == wish.says or bool(wish.unique and one.columns and sorted(one.columns) == sorted(wish.columns))


def twice(have: Shape, want: Shape) -> list[Remark]:
    """Rows that stand in the way of a missing unique key."""
    found = []
    for wish in want.indexes:
        known = all((wish.table, column) in have.columns for column in wish.columns)
        if not wish.unique or not known or any(_same_index(one, wish) and one.valid for one in have.indexes):
            continue
        columns = ", ".join(map(name, wish.columns))
        filled = " AND ".join(f"{name(column)} IS NOT NULL" for column in wish.columns)
        query = f"""SELECT count(*) FROM (SELECT FROM public.{name(wish.table)} WHERE {filled}
                    GROUP BY {columns} HAVING count(*) > 1) AS twice"""  # noqa: S608  (names of our own files)
        if count := value(query):
            remedy = "Make them different or delete what is there twice; then run this again."
            text = f"{count:,} values of {wish.table} ({columns}) are there more than once, but must be unique."
            found.append(Remark(text, remedy, problem=True))
    return found


def constraint_steps(have: Shape, want: Shape, phase: str) -> list[Step]:
    """Missing foreign keys and checks: from now on for new rows, looked at in the old ones by the last steps."""
    found = []
    for wish in want.constraints:
        if _counterpart(have, wish) is None:
            label = (
                name(wish.name)
                if all(one.name != wish.name for one in have.constraints)
                else (name(f"importadmin_{wish.name}"[:63]))
            )
            says = wish.says
            if wish.kind == "f":
                says = says.replace(f"REFERENCES {wish.to}", f"REFERENCES public.{name(wish.to)}", 1)
            text = f"ALTER TABLE public.{name(wish.table)} ADD CONSTRAINT {label} {says} NOT VALID;"
            found.append(Step(phase, f"{wish.table} lacks {wish.says}", text))
    return found


def _counterpart(have: Shape, wish: Constraint) -> Constraint | None:
    """The site's constraint to the same end. A check of its own on the same columns counts: it knows why."""
    for one in have.constraints:
        same = (one.table, one.kind, one.to) == (wish.table, wish.kind, wish.to)
        if same and sorted(one.columns) == sorted(wish.columns):
            return one
    return None


def constraint_remarks(have: Shape, want: Shape) -> list[Remark]:
    found = []
    for wish in want.constraints:
        one = _counterpart(have, wish)
        if one is not None and one.kind == "c" and one.says != wish.says:
            found.append(Remark(f"The check {one.name} on {one.table} stays, and differs from ours: {one.says}"))
        elif one is not None and one.kind == "f" and one.deletes != wish.deletes:
            text = f"The key {one.name} on {one.table} stays:{DELETES[one.deletes] or ' no cascade'}, ours has"
            found.append(Remark(f"{text}{DELETES[wish.deletes] or ' none'}."))
        if (one is None or not one.valid) and (count := breaking(wish, have)):
            remedy = "Repair or delete them; until then it holds for new rows alone."
            found.append(Remark(f"{count:,} old rows of {wish.table} break {wish.says}.", remedy))
    return found


def validate_steps(have: Shape, want: Shape, phase: str) -> list[Step]:
    found = []
    for wish in want.constraints:
        one = _counterpart(have, wish)
        if (one is None or not one.valid) and not breaking(wish, have):
            label = one.name if one else wish.name
            text = f"ALTER TABLE public.{name(wish.table)} VALIDATE CONSTRAINT {name(label)};"
            found.append(Step(phase, f"Do the old rows of {wish.table} keep {wish.says}?", text))
    return found


def breaking(wish: Constraint, have: Shape) -> int:
    """Old rows that break it; 0 where it can't be asked yet, because the table or column is still to come."""
    if any((wish.table, column) not in have.columns for column in wish.columns):
        return 0
    table = name(wish.table)
    if wish.kind == "c":
        condition = wish.says.removeprefix("CHECK ")
        return int(value(f"SELECT count(*) FROM public.{table} WHERE NOT {condition}"))  # noqa: S608
    if wish.to not in have.tables:
        return 0
    (column,) = map(name, wish.columns)
    return int(
        value(
            f"""SELECT count(*) FROM public.{table} t WHERE t.{column} IS NOT NULL
                AND NOT EXISTS (SELECT FROM public.{name(wish.to)} r WHERE r.id = t.{column})"""  # noqa: S608
        )
    )
