"""The site's own triggers: those that do what ours do are replaced, others stay and make way for a bulk import."""

import re
from dataclasses import dataclass

from psycopg import sql as compose

from meets import sql
from meets.adopt.effects import Functions, effects
from meets.adopt.shape import rows
from meets.adopt.step import Remark, Step

TABLES = ["results", "athletes", "schools", "races", "courses", "meets"]
DERIVED = {"athlete_best_times", "course_records", "school_hall_of_fame", "school_course_records"}
COLUMNS = {
    "athlete_best_times": r"\w+|\*",
    "course_records": r"\w+|\*",
    "school_hall_of_fame": r"\w+|\*",
    "school_course_records": r"\w+|\*",
    "meets": "result_count|updated_at",
    "results": "normalized_time_cs|updated_at",
}
OURS = re.compile("|".join([rf"{table}\.(?:{columns})" for table, columns in COLUMNS.items()] + sorted(DERIVED)))
# What ours do to the row itself.
OF_THE_ROW = {"results": {"new.normalized_time_cs"}, "athletes": {"new.slug"}}
BULK = "current_setting('importadmin.bulk'::text, true) IS DISTINCT FROM 'on'::text"
PARTS = re.compile(r"^(.*? FOR EACH (?:ROW|STATEMENT))(?: WHEN \((.*)\))? (EXECUTE FUNCTION .*)$", re.S)
STATES = {"D": "DISABLE", "R": "ENABLE REPLICA", "A": "ENABLE ALWAYS"}


@dataclass(frozen=True, slots=True)
class Trigger:
    """`verdict`: 'replaced' (it does what ours do and nothing else), 'mixed' (it does more besides), 'unknown'."""

    table: str
    name: str
    definition: str
    state: str
    is_constraint: bool
    function: str
    comment: str | None
    effects: frozenset[str]
    verdict: str

    @property
    def key(self) -> str:
        return f"{self.table}.{self.name}"

    @property
    def steps_aside(self) -> bool:
        return "importadmin.bulk" in self.definition

    def before(self) -> dict[str, str]:
        return {self.key: self.definition, f"{self.key}: its function": self.function}


def foreign(*, replace: set[str], keep: set[str]) -> list[Trigger]:
    """All but ours. `replace` and `keep`, of `table.trigger`, overrule what reading them says."""
    functions: dict[str, list[tuple[str, str]]] = {}
    for name, language, source in rows(sql.read("adopt/functions.sql")):
        functions.setdefault(name.lower(), []).append((language, source))
    found = []
    for table, name, definition, state, constraint, language, source, function, comment in rows(
        sql.read("adopt/triggers.sql"), [TABLES]
    ):
        does = effects(language, source, _others(functions, source))
        key = f"{table}.{name}"
        verdict = "replaced" if key in replace else "unknown" if key in keep else judge(table, does)
        found.append(Trigger(table, name, definition, state, constraint, function, comment, frozenset(does), verdict))
    return found


def _others(functions: Functions, source: str) -> Functions:
    return {name: [one for one in found if one[1] != source] for name, found in functions.items()}


def judge(table: str, does: set[str]) -> str:
    of_row = OF_THE_ROW.get(table, set())
    ours = {one for one in does if one in of_row or OURS.fullmatch(one)}
    # A new time of change beside a count says nothing by itself.
    if not {one for one in ours if not one.endswith(".updated_at")}:
        return "unknown"
    return "replaced" if ours == does else "mixed"


def drop(trigger: Trigger) -> str:
    return (
        compose.SQL("DROP TRIGGER {} ON public.{};")
        .format(compose.Identifier(trigger.name), compose.Identifier(trigger.table))
        .as_string()
    )


def make_way(trigger: Trigger) -> str:
    """The same trigger with one more condition. Its state and comment are kept."""
    parts = PARTS.match(trigger.definition)
    if parts is None:
        raise ValueError(f"The trigger {trigger.key} isn't written as PostgreSQL writes triggers.")
    head, condition, tail = parts.groups()
    when = f"({condition}) AND {BULK}" if condition else BULK
    text = f"{head} WHEN ({when}) {tail};"
    name, table = compose.Identifier(trigger.name).as_string(), compose.Identifier(trigger.table).as_string()
    if trigger.is_constraint:
        text = f"{drop(trigger)}\n{text}"  # PostgreSQL replaces no constraint trigger
    else:
        text = text.replace("CREATE TRIGGER", "CREATE OR REPLACE TRIGGER", 1)
    if trigger.state in STATES:
        text += f"\nALTER TABLE public.{table} {STATES[trigger.state]} TRIGGER {name};"
    if trigger.comment:
        quoted = compose.Literal(trigger.comment).as_string()
        text += f"\nCOMMENT ON TRIGGER {name} ON public.{table} IS {quoted};"
    return text


def replaced(triggers: list[Trigger], tables: set[str]) -> tuple[str, dict[str, str]]:
    """SQL that takes away what ours replace on these tables, and what went."""
    those = [one for one in triggers if one.verdict == "replaced" and one.table in tables]
    before: dict[str, str] = {}
    for one in those:
        before |= one.before()
    return "\n".join(drop(one) for one in those), before


def steps(triggers: list[Trigger], phase: str, done_elsewhere: set[str]) -> list[Step]:
    """What is left of the site's triggers. `done_elsewhere`: tables whose triggers go together with a migration."""
    found = []
    for one in triggers:
        if one.verdict == "replaced" and one.table not in done_elsewhere:
            found.append(Step(phase, f"Ours does what {one.key} does", drop(one), replaces=one.before()))
        elif one.verdict == "unknown" and one.table == "results" and not one.steps_aside:
            title = f"{one.key} stays, and makes way for a bulk import"
            found.append(Step(phase, title, make_way(one), replaces={one.key: one.definition}))
    return found


def remarks(triggers: list[Trigger]) -> list[Remark]:
    found = []
    for one in triggers:
        told = ", ".join(sorted(one.effects)) or "no table"
        if one.verdict == "mixed":
            remedy = (
                f"Read its function, then say --replace {one.key} (it goes, with all that it does) or "
                f"--keep {one.key} (it stays, and its figures may differ from ours)."
            )
            found.append(Remark(f"The trigger {one.key} does what ours do and more: {told}.", remedy, problem=True))
        elif one.verdict == "unknown" and one.table != "results":
            found.append(Remark(f"The trigger {one.key} isn't known to us (it writes {told}) and stays as it is."))
    return found
