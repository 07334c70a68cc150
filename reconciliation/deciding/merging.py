"""Merge two athletes. What hangs on the loser follows the rules of relations.py; the row itself goes at the end."""

from dataclasses import dataclass
from typing import Any

from reconciliation.actions.errors import Refused
from reconciliation.deciding import merge_relations as rules
from reconciliation.deciding import site_tables
from reconciliation.deciding.given import Given, Told, demand_reason
from reconciliation.deciding.identity import alias, athlete_row
from reconciliation.deciding.relations import unknown_references
from reconciliation.deciding.vetoes import pair_vetoes
from reconciliation.deciding.waiting import Question
from reconciliation.deciding.work import Row, Work

# What the survivor may take from the loser, with the words for the page.
FIELDS = (
    ("name", "Name"),
    ("school_id", "School"),
    ("grad_year", "Graduates"),
    ("gender", "Gender"),
    ("athletic_net_id", "athletic.net id"),
    ("slug", "Web address"),
    ("photo_url", "Photo"),
    ("bio", "About"),
    ("is_active", "Active"),
)
TOGETHER = {"name": ("name", "first_name", "last_name")}


@dataclass
class Pair:
    survivor: Row
    loser: Row


def lock_pair(work: Work, survivor_id: Any, loser_id: Any) -> Pair:
    if str(survivor_id) == str(loser_id):
        raise Refused("This is one and the same athlete.")
    rows = {one: athlete_row(work, one) for one in sorted((str(survivor_id), str(loser_id)))}
    survivor, loser = rows[str(survivor_id)], rows[str(loser_id)]
    if survivor is None or loser is None:
        raise Refused("One of the two is no longer there; perhaps merged meanwhile. Please look again.")
    return Pair(survivor, loser)


def merge(work: Work, pair: Pair, given: Given) -> Told:
    """Needs the pair locked. Ends with the derived tables refreshed and the loser gone."""
    survivor, loser = str(pair.survivor["id"]), str(pair.loser["id"])
    vetoes = pair_vetoes(survivor, loser)
    demand_reason(given, vetoes)
    chosen = _chosen(pair, given.fields)
    moved = work.rows("SELECT id::text FROM public.results WHERE athlete_id = %s ORDER BY id FOR UPDATE", [loser])
    if lost := unknown_references(work, [loser], [row["id"] for row in moved]):
        raise Refused(f"Rows of {', '.join(lost)} refer to {pair.loser['name']}; a merge would lose them.")
    collapsed = rules.collapse_results(work, survivor, loser)
    rules.move_results(work, survivor, loser)
    rules.move_spellings(work, pair.survivor, pair.loser)
    if chosen.keys() & {"name", "school_id", "grad_year", "gender"}:
        # The survivor is still found as it was before it took the loser's fields.
        told = {key: pair.survivor[key] for key in ("school_id", "grad_year", "gender")}
        alias(work, survivor, pair.survivor["name"], **told)
    rules.carry_pairs(work, survivor, loser)
    rules.move_site_tables(work, survivor, loser, given)
    closed = rules.repoint_cases(work, pair.survivor | {"id": survivor}, loser)
    _take_fields(work, survivor, {key: value for key, value in chosen.items() if key != "slug"})
    work.refresh()
    work.delete("athletes", [{"id": loser}])
    _redirect(work, pair, chosen.get("slug"))
    count = len(moved) - collapsed
    sentence = (
        f"{pair.loser['name']} was merged into {pair.survivor['name']}: {count} result{'s' if count != 1 else ''} "
        "moved, "
        f"{collapsed} stood there already."
    )
    return Told(
        sentence,
        [],
        vetoes=vetoes,
        before={"survivor": _shown(pair.survivor), "loser": _shown(pair.loser)},
        after={
            "survivor": _shown(pair.survivor | chosen),
            "moved": count,
            "collapsed": collapsed,
            "answered": len(closed),
        },  # fmt: skip
        athlete_ids={survivor, loser},
    )


def merge_pair(work: Work, question: Question, given: Given) -> Told:
    """The answer *merge* of a case about two athletes. `athlete_id`: who survives; else who has more results."""
    one = str(question.subject["athlete_id"])
    others = [str(each["athlete_id"]) for each in question.case.candidates]
    if len(others) != 1:
        raise Refused("Several athletes may be meant: merge them from their own pages.")
    both = [one, others[0]]
    if given.athlete_id and str(given.athlete_id) not in both:
        raise Refused("The survivor must be one of the two.")
    survivor = str(given.athlete_id) if given.athlete_id else default_survivor(work, both)
    loser = next(each for each in both if each != survivor)
    told = merge(work, lock_pair(work, survivor, loser), given)
    site_tables.settle_pair(work, survivor, loser, site_tables.SAME, given.user, given.reason)
    told.cases = [question.case]
    return told


def default_survivor(work: Work, both: list[str]) -> str:
    """Who has more results; of equals the older row."""
    return str(
        work.rows(
            """SELECT a.id::text FROM public.athletes a WHERE a.id = ANY (%s::uuid[])
                ORDER BY (SELECT count(*) FROM public.results r WHERE r.athlete_id = a.id) DESC, a.created_at, a.id""",
            [both],
        )[0]["id"]
    )


def _chosen(pair: Pair, fields: dict[str, str] | None) -> Row:
    """What changes at the survivor. Where it has nothing and the loser has something, the loser gives it."""
    wanted = dict(fields or {})
    known = {name for name, _ in FIELDS}
    if strange := set(wanted) - known:
        raise Refused(f"{', '.join(sorted(strange))} is no field of an athlete that can be chosen.")
    chosen: Row = {}
    for name in known:
        blank = pair.survivor[name] in (None, "") and pair.loser[name] not in (None, "")
        if wanted.get(name, "loser" if blank else "survivor") == "loser":
            for column in TOGETHER.get(name, (name,)):
                if pair.survivor[column] != pair.loser[column]:
                    chosen[column] = pair.loser[column]
    return chosen


def _take_fields(work: Work, survivor: str, values: Row) -> None:
    if values:
        work.update("athletes", [{"id": survivor, **values}])


def _redirect(work: Work, pair: Pair, slug: str | None) -> None:
    """The slug that is not kept leads on. Only now: until the loser is gone the slug is taken."""
    if slug:
        _take_fields(work, str(pair.survivor["id"]), {"slug": slug})
    left = pair.survivor["slug"] if slug else pair.loser["slug"]
    if left:
        now = work.rows("SELECT clock_timestamp() AS now")[0]["now"]
        work.delete("slug_redirects", [{"slug": left}])
        work.insert("slug_redirects", [{"slug": left, "athlete_id": pair.survivor["id"], "created_at": now}])


def _shown(athlete: Row) -> dict[str, Any]:
    keys = ("id", "name", "slug", "grad_year", "gender", "school_id", "athletic_net_id")
    return {key: str(athlete[key]) if key in ("id", "school_id") else athlete[key] for key in keys}
