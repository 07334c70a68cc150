"""Examine the database: what fits, what stands in the way, what there is to do, what is wrong in its rows."""

from collections.abc import Callable
from dataclasses import dataclass

from django.apps import apps
from django.db import connection, transaction

from meets import sql
from meets.adopt import backfill, compare, migrating, shape, triggers
from meets.adopt.step import Remark, Step
from meets.models.mirrored import Mirrored

CORE = ("venues", "courses", "meets", "races", "schools", "athletes", "results")
PHASES = (
    "Our own schema",
    "Accounts and the audit log",
    "Missing tables and columns",
    "Our tables, functions and triggers; the site's triggers that ours replace",
    "Other triggers of the site",
    "Columns that hold too little",
    "Indexes and unique keys",
    "Rows to fill and counts to put right",
    "Foreign keys and checks, for new rows",
    "Foreign keys and checks, for old rows",
)


@dataclass(frozen=True, slots=True)
class Choices:
    """Triggers (`table.name`) about which the operator has decided."""

    replace: frozenset[str] = frozenset()
    keep: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Plan:
    fits: list[str]
    remarks: list[Remark]
    steps: list[Step]
    dirt: dict[str, int]

    @property
    def problems(self) -> list[Remark]:
        return [remark for remark in self.remarks if remark.problem]


@dataclass(slots=True)
class Seen:
    """What the catalogue says now, read once for all that ask."""

    have: shape.Shape
    want: shape.Shape
    triggers: list[triggers.Trigger]


def see(choices: Choices) -> Seen:
    return Seen(shape.read(), shape.wanted(), triggers.foreign(replace=set(choices.replace), keep=set(choices.keep)))


def examine(choices: Choices) -> Plan:
    """Nothing is written: what must be made to look is rolled back."""
    unfit = refusals()
    if unfit:
        return Plan([], unfit, [], {})
    seen = see(choices)
    remarks = [
        *compare.column_remarks(seen.have, seen.want, used_columns()),
        *compare.twice(seen.have, seen.want),
        *triggers.remarks(seen.triggers),
        *compare.constraint_remarks(seen.have, seen.want),
    ]
    known = {one.key for one in seen.triggers}
    unknown = sorted((choices.replace | choices.keep) - known)
    # A trigger that --replace has taken away already is no mistake: the same command is run again after a kill.
    remarks += [Remark(f"There is no trigger {one} of the site (any more).") for one in unknown]
    steps = [step for number in range(len(PHASES)) for step in phase_steps(number, seen)]
    return Plan(fitting(seen), remarks, steps, dirt(seen.have))


def phase_steps(number: int, seen: Seen) -> list[Step]:
    phase = PHASES[number]
    have, want = seen.have, seen.want
    swapped = {table for key in migrating.pending() for table in migrating.SWAPS.get(key, ())}
    makers: list[Callable[[], list[Step]]] = [
        lambda: schema_steps(phase),
        lambda: migrating.steps(seen.triggers, phase, "importadmin"),
        lambda: compare.table_steps(have, want, phase),
        lambda: [step for step in migrating.steps(seen.triggers, phase) if not _is_first(step)],
        lambda: triggers.steps(seen.triggers, phase, swapped),
        lambda: compare.column_steps(have, want, phase),
        lambda: compare.index_steps(have, want, phase),
        lambda: backfill.steps(have, phase),
        lambda: compare.constraint_steps(have, want, phase),
        lambda: compare.validate_steps(have, want, phase),
    ]
    return makers[number]()


def _is_first(step: Step) -> bool:
    """One of the phase before, which an examination lists there."""
    return step.title in {f"Migration {' '.join(key)}" for key in migrating.pending("importadmin")}


def schema_steps(phase: str) -> list[Step]:
    if shape.value("SELECT to_regnamespace('importadmin') IS NOT NULL"):
        return []
    text = "CREATE SCHEMA importadmin;\nREVOKE ALL ON SCHEMA importadmin FROM PUBLIC;"
    return [Step(phase, "Everything of ours stands in a schema of its own, which the site's API doesn't show", text)]


def used_columns() -> set[tuple[str, str]]:
    """The columns of mirrored tables that the app reads or writes."""
    tables = {model._meta.db_table: model for model in apps.get_models() if issubclass(model, Mirrored)}
    extra = {"potential_duplicate_athletes", "potential_duplicates"}
    models = [*tables.values(), *(model for model in apps.get_models() if model._meta.db_table in extra)]
    return {(model._meta.db_table, str(f.column)) for model in models for f in model._meta.concrete_fields}


def fitting(seen: Seen) -> list[str]:
    found = []
    for table in seen.want.tables:
        ours = [column for (of, column) in seen.want.columns if of == table]
        there = [column for column in ours if (table, column) in seen.have.columns]
        more = [column for (of, column) in seen.have.columns if of == table and column not in ours]
        if table in seen.have.tables:
            told = f"{table}: {len(there)} of {len(ours)} columns"
            found.append(told + (f", and {', '.join(more)}, which we leave alone" if more else ""))
    others = sorted(set(seen.have.tables) - set(seen.want.tables))
    if others:
        found.append(f"{len(others)} tables that aren't ours to touch: {', '.join(others)}")
    return found


def refusals() -> list[Remark]:
    """Why this database, or this role, can't be adopted at all."""
    tables = {row[0]: row[1:] for row in shape.rows(TABLES)}
    missing = [table for table in CORE if table not in tables]
    if len(missing) == len(CORE):
        return [Remark("None of the site's tables is here.", "For an empty database: manage.py migrate.", problem=True)]
    found = [
        Remark(f"The table {table} is missing.", "This isn't the site's database.", problem=True) for table in missing
    ]
    database, role, may_create = shape.rows(ROLE)[0]
    if not may_create and not shape.value("SELECT to_regnamespace('importadmin') IS NOT NULL"):
        remedy = f'Let an administrator run: GRANT CREATE ON DATABASE "{database}" TO "{role}".'
        found.append(Remark(f"{role} may not create a schema in {database}.", remedy, problem=True))
    for table, (owner, is_ours, forced) in tables.items():
        if not is_ours and table in {*CORE, *shape.wanted().tables}:
            found.append(Remark(f"{table} belongs to {owner}, not to {role}.", f"Connect as {owner}.", problem=True))
        if forced and table in CORE:
            remedy = f"ALTER TABLE public.{table} NO FORCE ROW LEVEL SECURITY."
            found.append(Remark(f"{table} hides rows from its own owner.", remedy, problem=True))
    if "django_migrations" in tables:
        found.append(Remark("public.django_migrations is there: another Django program lives in this schema.",
                            "Give that program a database or schema of its own.", problem=True))  # fmt: skip
    return found


TABLES = """
    SELECT c.relname, pg_get_userbyid(c.relowner), pg_has_role(current_user, c.relowner, 'USAGE'), c.relforcerowsecurity
    FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')"""
ROLE = """SELECT current_database(), current_user,
                 has_database_privilege(current_user, current_database(), 'CREATE')"""
DIRT = (
    "groups of athletes of one school, gender and grad year whose names differ in spelling only",
    "best times that point to no result",
    "normalised times by another formula than ours",
)


def dirt(have: shape.Shape) -> dict[str, int]:
    """Counted with our own functions; before they are there they are made and rolled back."""
    if "athlete_best_times" not in have.tables:
        return {}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT to_regprocedure('importadmin.normalized_time(integer, integer, numeric)') IS NULL")
        if cursor.fetchone() == (True,):
            cursor.execute("CREATE SCHEMA IF NOT EXISTS importadmin")
            names = sql.read("functions/names.sql").replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
            cursor.execute(names)
            eligible = sql.read("functions/eligible.sql")
            cursor.execute(eligible[eligible.index("CREATE FUNCTION importadmin.distance_run") :])
        cursor.execute(sql.read("adopt/dirt.sql"))
        counts = cursor.fetchone()
        transaction.set_rollback(True)
    return dict(zip(DIRT, counts, strict=True))
