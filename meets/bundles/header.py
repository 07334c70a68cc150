"""The header line: which delimiter, which column is which field, and what to suggest for the others."""

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from meets.bundles.kinds import FIELDS, REQUIRED, WANTED, known_field, normal_header
from meets.bundles.problems import WARNING, Problem, shorten
from meets.bundles.text import SPACES
from meets.bundles.times import WrongTime, parse_time

DELIMITERS = (",", ";", "\t", "|")
DELIMITER_LABELS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar"}
# (kind, header as written) -> field; '' means: ignore the column.
Mappings = Mapping[tuple[str, str], str]

# Words people use for a column, for suggestions only: nothing maps by them without a person's yes.
_SYNONYMS = {
    "time": "time_cs",
    "finish": "time_cs",
    "finish_time": "time_cs",
    "mark": "time_cs",
    "result": "time_cs",
    "runner": "athlete_name",
    "athlete": "athlete_name",
    "full_name": "athlete_name",
    "team": "athlete_school_id",
    "school": "athlete_school_id",
    "school_id": "athlete_school_id",
    "race": "athletic_net_race_id",
    "race_id": "athletic_net_race_id",
    "event_id": "athletic_net_race_id",
    "rank": "place_overall",
    "finish_place": "place_overall",
    "year": "grade",
    "class": "grade",
    "sex": "gender",
    "rating": "difficulty_rating",
    "difficulty": "difficulty_rating",
}
_CLOCK = re.compile(r"^(\d+:)?\d{1,2}:\d\d(\.\d+)?\D{0,4}$")
_SURE_ENOUGH = 68


@dataclass(slots=True)
class ColumnPlan:
    columns: dict[str, int] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def split_header(text: str, delimiter: str) -> list[str]:
    fields = next(csv.reader(text.splitlines(keepends=True) or [""], delimiter=delimiter), [])
    return [" ".join(name.strip(SPACES).split()) for name in fields]


def choose_delimiter(kind: str, text: str) -> str:
    """The delimiter under which most headers are known; commas win a draw."""

    def rank(delimiter: str) -> tuple[int, int]:
        names = split_header(text, delimiter)
        return sum(known_field(kind, name) is not None for name in names), len(names)

    return max(DELIMITERS, key=rank)


def plan_columns(kind: str, header: Sequence[str], mappings: Mappings, file: str, line: int) -> ColumnPlan:
    """Which column holds which field. A confirmed mapping wins over the known names, an exact name over an alias."""
    plan = ColumnPlan()
    wanted: list[tuple[int, int, str]] = []
    for index, name in enumerate(header):
        mapped = mappings.get((kind, name))
        if mapped is None:
            found = known_field(kind, name)
            order = 1 if found == normal_header(name) else 2
        else:
            found, order = mapped, 0
        if mapped == "" or not name:
            plan.ignored.append(name)
        elif found in FIELDS[kind]:
            wanted.append((order, index, str(found)))
        else:
            plan.unknown.append(name)
    for order, index, name in sorted(wanted):
        if name not in plan.columns:
            plan.columns[name] = index
        elif order == 1:
            plan.problems.append(_twice(file, line, header[index], name))
        else:
            plan.ignored.append(header[index])
    plan.problems += _missing(kind, plan, file, line)
    return plan


def _twice(file: str, line: int, header: str, name: str) -> Problem:
    return Problem(
        "column.twice",
        file,
        f'The column "{header}" is there twice.',
        f"Keep the column that holds the {name} and delete or rename the other.",
        line=line,
        column=header,
    )


def _missing(kind: str, plan: ColumnPlan, file: str, line: int) -> list[Problem]:
    problems = []
    for names in REQUIRED[kind]:
        if not any(name in plan.columns for name in names):
            remedy = f'Add a column "{names[0]}" to {file}'
            if plan.unknown:
                shown = ", ".join(f'"{name}"' for name in plan.unknown[:5])
                remedy += f", or say on the check page which of {shown} holds it"
            problems.append(
                Problem(
                    "column.missing",
                    file,
                    f'The column "{names[0]}" is missing.',
                    remedy + ".",
                    line=line,
                    column=names[0],
                )
            )
    for name, effect in WANTED.get(kind, {}).items():
        if name not in plan.columns:
            problems.append(
                Problem(
                    "column.absent",
                    file,
                    f'There is no column "{name}": {effect}.',
                    f'Add a column "{name}" if you have it.',
                    line=line,
                    column=name,
                    severity=WARNING,
                )
            )
    if kind == "results" and not {"grade", "grad_year"} & plan.columns.keys():
        problems.append(
            Problem(
                "column.absent",
                file,
                'There is no column "grade": nobody can be told from a namesake, so results wait for review.',
                'Add a column "grade" or "grad_year".',
                line=line,
                column="grade",
                severity=WARNING,
            )
        )
    return problems


def suggest(kind: str, header: str, samples: Sequence[str], taken: Sequence[str]) -> tuple[str, int]:
    """The likeliest field for an unknown column and how sure (0 to 100); ('', 0) when nothing is near."""
    free = [name for name in FIELDS[kind] if name not in taken]
    if kind == "results" and "time_cs" in free and _look_like_times(samples):
        return "time_cs", 95
    words = {name: name for name in free}
    words |= {word: name for word, name in _SYNONYMS.items() if name in free}
    name_field = "athlete_name" if kind == "results" else "name"
    if name_field in free:
        words["full_name"] = name_field
    best = process.extractOne(normal_header(header), list(words), scorer=_likeness, score_cutoff=_SURE_ENOUGH)
    return (words[best[0]], round(best[1])) if best else ("", 0)


def _likeness(one: str, other: str, *, score_cutoff: float | None = None) -> float:
    """Letters first, then the words in any order; never the substring score that makes 'id' like everything."""
    return max(fuzz.ratio(one, other), fuzz.token_sort_ratio(one.replace("_", " "), other.replace("_", " ")))


def _look_like_times(samples: Sequence[str]) -> bool:
    values = [sample for sample in samples if sample.strip()]
    return bool(values) and sum(map(_is_clock, values)) >= 0.8 * len(values)


def _is_clock(text: str) -> bool:
    try:
        return _CLOCK.match(text) is not None and parse_time(text) is not None
    except WrongTime:
        return False


def unknown_column(file: str, line: int, header: str, suggestion: str) -> Problem:
    ask = f"Does it hold the {suggestion}? " if suggestion else ""
    return Problem(
        "column.unknown",
        file,
        f'The column "{header}" is not known.',
        f"{ask}Say on the check page what it holds, or that it is to be ignored.",
        line=line,
        column=header,
        value=shorten(header),
        severity=WARNING,
    )
