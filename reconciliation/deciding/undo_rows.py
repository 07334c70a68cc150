"""The parts of an undo that need to know what a row means: lines that waited wait again, athletes come and go."""

from typing import TYPE_CHECKING, Any

from importadmin.templatetags.words import race_time
from reconciliation.actions.errors import Contradicts
from reconciliation.deciding.work import KEYS, SCHEMA_OF, Row, Work
from reconciliation.models import Decision

if TYPE_CHECKING:
    from reconciliation.deciding.undoing import Change, Undone

NAMES = {
    "athletes": "The athlete",
    "results": "The result",
    "athlete_aliases": "The spelling",
    "slug_redirects": "The web address",
    "import_rows": "A line of the file",
    "cases": "A question",
}
# What a row needs to stand on, and what would stand in its way.
PARENTS = """
    SELECT x.id::text, (a.id IS NULL OR m.id IS NULL OR x.race_id IS NOT NULL AND ra.id IS NULL) AS orphan,
           EXISTS (SELECT FROM public.results r WHERE r.athlete_id = x.athlete_id AND r.meet_id = x.meet_id
                      AND r.race_id IS NOT DISTINCT FROM x.race_id AND r.time_cs = x.time_cs
                      AND r.data_source = x.data_source) AS twice
      FROM jsonb_populate_recordset(NULL::public.results, %s) x
      LEFT JOIN public.athletes a ON a.id = x.athlete_id LEFT JOIN public.meets m ON m.id = x.meet_id
      LEFT JOIN public.races ra ON ra.id = x.race_id"""


def bring_back(work: Work, changes: "list[Change]", undone: "Undone") -> None:
    """Rows that the decision took away, as they were. What can no longer stand is left and told."""
    if not changes:
        return
    table = changes[0].table
    images = [dict(change.old or {}) for change in changes]
    if table == "athletes":
        images = [_with_free_slug(work, image, undone) for image in images]
    if table == "results":
        images = _possible(work, images, undone)
    if table == "potential_duplicates":
        images = _with_both_results(work, images)
    for image in images:
        image.pop("score", None)
        if not work.insert(table, [image], unless_there=True):
            undone.left.append(told(work, table, image, "is there again already"))


def _possible(work: Work, images: list[Row], undone: "Undone") -> list[Row]:
    import json

    wrong = {row["id"]: row for row in work.rows(PARENTS, [json.dumps(images)]) if row["orphan"] or row["twice"]}
    for image in images:
        if image["id"] in wrong:
            why = (
                "is there again already"
                if wrong[image["id"]]["twice"]
                else "can't come back: its race or athlete is gone"
            )
            undone.left.append(told(work, "results", image, why))
    gone = {row["id"] for row in work.rows(
        "SELECT x::text AS id FROM unnest(%s::uuid[]) x WHERE NOT EXISTS (SELECT FROM public.results r WHERE r.id = x)",
        [[image["replaced_by"] for image in images if image.get("replaced_by")]],
    )}  # fmt: skip
    return [
        image | ({"replaced_by": None} if image.get("replaced_by") in gone else {})
        for image in images
        if image["id"] not in wrong
    ]


def _with_both_results(work: Work, images: list[Row]) -> list[Row]:
    ids = [image[name] for image in images for name in ("result_id_1", "result_id_2")]
    alive = {row["id"] for row in work.rows("SELECT id::text FROM public.results WHERE id = ANY (%s::uuid[])", [ids])}
    return [image for image in images if {image["result_id_1"], image["result_id_2"]} <= alive]


def _with_free_slug(work: Work, image: Row, undone: "Undone") -> Row:
    free = work.rows("SELECT importadmin.free_slug(%s) AS slug", [image["slug"]])[0]["slug"] if image["slug"] else None
    if free != image["slug"]:
        undone.left.append(f"The web address {image['slug']} is somebody else's by now; {image['name']} gets {free}.")
    return image | {"slug": free}


def release(work: Work, going: "list[Change]") -> None:
    """Lines of later imports that found a result which now goes: they wait for the open question again."""
    ids = [change.key["id"] for change in going]
    claims = work.rows(
        """SELECT i.import_id, i.line, i.result_id::text AS result_id, w.case_id::text AS case_id
             FROM importadmin.import_rows i LEFT JOIN importadmin.case_rows w USING (import_id, line)
            WHERE i.result_id = ANY (%s::uuid[]) ORDER BY 1, 2 FOR UPDATE OF i""",
        [ids],
    )
    case_of = {row["result_id"]: row["case_id"] for row in claims if row["case_id"]}
    waiting = [row for row in claims if case_of.get(row["result_id"])]
    _hold(work, [row | {"case_id": case_of[row["result_id"]]} for row in waiting])


def _hold(work: Work, rows: list[Row]) -> None:
    """Each row names its case_id."""
    held = [{"import_id": row["import_id"], "line": row["line"], "outcome": "held", "result_id": None} for row in rows]
    work.update("import_rows", held)
    links = [{"import_id": row["import_id"], "line": row["line"], "case_id": row["case_id"]} for row in rows]
    work.insert("case_rows", links, unless_there=True)
    work.update("case_rows", links)


def hold_again(work: Work, changes: "list[Change]") -> None:
    """Lines of later imports that were set aside because this decision had said so wait for its question again."""
    lines = [
        change.new for change in changes if change.table == "set_aside_lines" and change.old is None and change.new
    ]
    for line in lines:
        rows = work.rows(
            """SELECT i.import_id, i.line, i.outcome, w.case_id::text AS case_id, c.status
                 FROM importadmin.imports m JOIN importadmin.import_rows i ON i.import_id = m.id
                 LEFT JOIN importadmin.case_rows w ON w.import_id = i.import_id AND w.line = i.line
                 LEFT JOIN importadmin.cases c ON c.id = w.case_id
                WHERE m.meet_id = %(meet)s AND i.race_id = %(race)s AND i.time_cs = %(time)s
                  AND i.school_id = %(school)s
                  AND i.outcome IN ('dismissed', 'held') AND importadmin.name_key(i.athlete_name) = %(key)s""",
            {
                "meet": line["meet_id"],
                "race": line["race_id"],
                "time": line["time_cs"],
                "school": line["school_id"],
                "key": line["name_key"],
            },  # fmt: skip
        )
        case = next((row["case_id"] for row in rows if row["case_id"] and row["status"] == "open"), None)
        if case:
            _hold(work, [row | {"case_id": case} for row in rows if row["outcome"] == "dismissed"])


def follow(work: Work) -> None:
    """Lines of files name the athlete whose result they claim, whichever import they are of."""
    moved = [new["id"] for _, new in work.of("results") if new]
    rows = work.rows(
        """SELECT i.import_id, i.line, r.athlete_id::text AS athlete_id FROM importadmin.import_rows i
             JOIN public.results r ON r.id = i.result_id
            WHERE i.result_id = ANY (%s::uuid[]) AND i.athlete_id IS DISTINCT FROM r.athlete_id ORDER BY 1, 2""",
        [moved],
    )
    work.update("import_rows", rows)


def send_away(work: Work, decision: Decision, created: "list[Change]", undone: "Undone") -> None:
    """Athletes whom the decision made go, unless results came to them since."""
    for change in created:
        athlete = change.key["id"]
        since = work.rows("SELECT id::text FROM public.results WHERE athlete_id = %s ORDER BY id", [athlete])
        if since:
            _demand_no_later_gift(work, decision, [row["id"] for row in since])
            results = f"{len(since)} result{'s' if len(since) != 1 else ''}"
            undone.left.append(f"{(change.new or {}).get('name')} stays: {results} came since.")
            continue
        for table, column in (("slug_redirects", "athlete_id"), ("athlete_aliases", "athlete_id"),
                              ("potential_duplicate_athletes", "athlete_id_1"),
                              ("potential_duplicate_athletes", "athlete_id_2")):  # fmt: skip
            keys = ", ".join(KEYS[SCHEMA_OF[table]])
            rows = work.rows(f"SELECT {keys} FROM {SCHEMA_OF[table]} WHERE {column} = %s", [athlete])  # noqa: S608
            work.delete(table, rows)
        pairs = work.rows(
            "SELECT id FROM importadmin.remembered_pairs WHERE left_key = %s OR right_key = %s", [athlete, athlete]
        )
        work.delete("remembered_pairs", pairs)
        work.refresh()
        work.delete("athletes", [change.key])


def _demand_no_later_gift(work: Work, decision: Decision, results: list[str]) -> None:
    later = work.rows(
        """SELECT d.id FROM importadmin.decision_changes c JOIN importadmin.decisions d ON d.id = c.decision_id
            WHERE c.table_name = 'results'
              AND c.row_key = ANY (SELECT jsonb_build_object('id', x) FROM unnest(%s::text[]) x)
              AND c.decision_id > %s AND d.undoes_id IS NULL
              AND NOT EXISTS (SELECT FROM importadmin.decisions u WHERE u.undoes_id = d.id)
            ORDER BY d.id DESC LIMIT 1""",
        [results, decision.pk],
    )
    if later:
        raise Contradicts(Decision.objects.get(pk=later[0]["id"]))


def told(work: Work, table: str, row: Row, what: str) -> str:
    name: Any = row.get("name") or row.get("slug") or row.get("athlete_name")
    if table == "results" and row.get("time_cs"):
        name = race_time(row["time_cs"])
    return f"{NAMES.get(table, 'A note of the site about the pair')} {name or ''} {what}.".replace("  ", " ")
