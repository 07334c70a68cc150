"""The rules of relations.py, carried out."""

from typing import Any

from reconciliation.deciding import site_tables
from reconciliation.deciding.given import Given
from reconciliation.deciding.identity import alias, tell_apart
from reconciliation.deciding.results import CLAIMS, forget_pointers
from reconciliation.deciding.work import Row, Work

# A result of the loser and the survivor's of the same race and time: one finish, stored twice.
COLLISIONS = """
    SELECT l.id::text AS loser, min(s.id::text) AS survivor
      FROM public.results l
      JOIN public.results s ON s.athlete_id = %s AND s.meet_id = l.meet_id AND s.time_cs = l.time_cs
                           AND s.race_id IS NOT DISTINCT FROM l.race_id
     WHERE l.athlete_id = %s GROUP BY l.id ORDER BY l.id"""
# What the survivor's result takes from the one that goes, where it has nothing itself.
FILLED = ("place_overall", "place_gender", "place_team", "scored", "is_pr", "is_sb", "source_name", "import_id",
          "notes",
          "validation_status", "validated_at", "validated_by", "standardized_mile_cs")  # fmt: skip


def collapse_results(work: Work, survivor: str, loser: str) -> int:
    pairs = {row["loser"]: row["survivor"] for row in work.rows(COLLISIONS, [survivor, loser])}
    if not pairs:
        return 0
    both = work.rows(
        "SELECT to_jsonb(r) AS row FROM public.results r WHERE id = ANY (%s::uuid[])", [[*pairs, *pairs.values()]]
    )
    images = {row["row"]["id"]: row["row"] for row in (_parsed(each) for each in both)}
    filled: dict[str, Row] = {}
    for gone, stays in pairs.items():
        image = filled.setdefault(stays, {"id": stays, **{name: images[stays][name] for name in FILLED}})
        image |= {name: images[gone][name] for name in FILLED if image[name] is None}
        filled[stays] = image
    work.update("results", list(filled.values()))
    _repoint_rows(work, survivor, pairs)
    replaced = work.rows(
        "SELECT id::text, replaced_by::text AS by FROM public.results WHERE replaced_by = ANY (%s::uuid[])",
        [list(pairs)],
    )
    work.update("results", [{"id": row["id"], "replaced_by": pairs[row["by"]]} for row in replaced])
    _move_holds(work, pairs)
    forget_pointers(work, list(pairs))
    work.delete("results", [{"id": gone} for gone in pairs])
    return len(pairs)


def _move_holds(work: Work, pairs: dict[str, str]) -> None:
    """What an admin has still to look at stays held back, under the result that stays."""
    held = work.rows(
        "SELECT id::text, result_id::text FROM importadmin.record_holds WHERE result_id = ANY (%s::uuid[])",
        [[*pairs, *pairs.values()]],
    )
    taken = {row["result_id"] for row in held}
    moving = []
    for row in (each for each in held if each["result_id"] in pairs):
        stays = pairs[row["result_id"]]
        if stays not in taken:
            taken.add(stays)
            moving.append({"id": row["id"], "result_id": stays})
    work.update("record_holds", moving)


def _repoint_rows(work: Work, survivor: str, pairs: dict[str, str]) -> None:
    """Lines that claimed the result that goes claim the one that stays; two lines of one file can't both."""
    claims = work.rows(CLAIMS.replace("i.outcome, m", "i.outcome, i.result_id::text, m"), [[*pairs, *pairs.values()]])
    taken = {(str(row["import_id"]), row["result_id"]) for row in claims if row["result_id"] not in pairs}
    changed = []
    for row in (each for each in claims if each["result_id"] in pairs):
        key = (str(row["import_id"]), pairs[row["result_id"]])
        again = key in taken
        taken.add(key)
        outcome = "dismissed" if again else "variant_present" if row["outcome"] == "inserted" else row["outcome"]
        changed.append(
            {
                "import_id": row["import_id"],
                "line": row["line"],
                "athlete_id": survivor,
                "outcome": outcome,
                "result_id": None if again else key[1],
            }  # fmt: skip
        )
    work.update("import_rows", changed)


def move_results(work: Work, survivor: str, loser: str) -> None:
    """What is left moves as it is; the lines of the files follow their results."""
    ids = [row["id"] for row in work.rows("SELECT id::text FROM public.results WHERE athlete_id = %s", [loser])]
    work.update("results", [{"id": one, "athlete_id": survivor} for one in ids])
    rows_follow(work, survivor, ids)
    waiting = work.rows(
        """SELECT i.import_id, i.line FROM importadmin.cases c JOIN importadmin.case_rows w ON w.case_id = c.id
             JOIN importadmin.import_rows i ON i.import_id = w.import_id AND i.line = w.line
            WHERE c.candidates @> jsonb_build_array(jsonb_build_object('athlete_id', %s::text)) AND i.athlete_id = %s
              AND i.result_id IS NULL""",
        [loser, loser],
    )
    work.update("import_rows", [{**row, "athlete_id": survivor} for row in waiting])


def rows_follow(work: Work, athlete_id: str, results: list[str]) -> None:
    claims = work.rows(
        "SELECT import_id, line FROM importadmin.import_rows WHERE result_id = ANY (%s::uuid[]) ORDER BY 1, 2",
        [results],
    )
    work.update("import_rows", [{**row, "athlete_id": athlete_id} for row in claims])


def move_spellings(work: Work, survivor: Row, loser: Row) -> None:
    """Aliases, the loser's own name, and redirects, which stay flat."""
    keeper = str(survivor["id"])
    aliases = work.rows(
        """SELECT l.id, EXISTS (SELECT FROM importadmin.athlete_aliases s WHERE s.athlete_id = %s AND s.name = l.name
                  AND (s.school_id, s.grad_year, s.gender) IS NOT DISTINCT FROM (l.school_id, l.grad_year, l.gender)
                  ) AS twice
             FROM importadmin.athlete_aliases l WHERE l.athlete_id = %s""",
        [keeper, str(loser["id"])],
    )
    work.delete("athlete_aliases", [{"id": row["id"]} for row in aliases if row["twice"]])
    work.update("athlete_aliases", [{"id": row["id"], "athlete_id": keeper} for row in aliases if not row["twice"]])
    # School, year and gender as the loser had them, so that an old bundle still finds the person.
    told = {key: loser[key] if loser[key] != survivor[key] else None for key in ("school_id", "grad_year", "gender")}
    if loser["name_key"] != survivor["name_key"] or any(told.values()):
        alias(work, keeper, loser["name"], **told)
    redirects = work.rows("SELECT slug FROM importadmin.slug_redirects WHERE athlete_id = %s", [str(loser["id"])])
    work.update("slug_redirects", [{**row, "athlete_id": keeper} for row in redirects])


def carry_pairs(work: Work, survivor: str, loser: str) -> None:
    """Whoever was told apart from the loser is from the survivor; that the two themselves were is overruled."""
    pairs = work.rows(
        """SELECT id, left_key, right_key, reason FROM importadmin.remembered_pairs
            WHERE left_key = %s OR right_key = %s""",
        [loser, loser],
    )
    work.delete("remembered_pairs", pairs)
    for row in pairs:
        other = row["right_key"] if row["left_key"] == loser else row["left_key"]
        if other != survivor:
            tell_apart(work, [(survivor, other)], row["reason"])


def move_site_tables(work: Work, survivor: str, loser: str, given: Given) -> None:
    site_tables.settle_pair(work, survivor, loser, site_tables.SAME, given.user, given.reason)
    times = work.rows("SELECT id::text FROM public.potential_duplicates WHERE athlete_id = %s", [loser])
    work.update("potential_duplicates", [{**row, "athlete_id": survivor} for row in times])
    doubtful = work.rows(
        """SELECT d.id::text, d.athlete_id_1::text AS one, d.athlete_id_2::text AS two,
                  EXISTS (SELECT FROM public.potential_duplicate_athletes s WHERE s.athlete_id_1 = %s
                             AND s.name_2 = d.name_2 AND s.school_id = d.school_id AND s.id <> d.id) AS twice
             FROM public.potential_duplicate_athletes d WHERE d.athlete_id_1 = %s OR d.athlete_id_2 = %s""",
        [survivor, loser, loser],
    )
    # A pair of the two would name one person twice; the key allows one row a first athlete and name.
    gone = [
        row for row in doubtful if {row["one"], row["two"]} == {survivor, loser} or row["one"] == loser and row["twice"]
    ]
    work.delete("potential_duplicate_athletes", gone)
    work.update(
        "potential_duplicate_athletes",
        [
            {
                "id": row["id"],
                "athlete_id_1": _other(row["one"], loser, survivor),
                "athlete_id_2": _other(row["two"], loser, survivor),
            }  # fmt: skip
            for row in doubtful
            if row not in gone
        ],
    )


def _other(one: str | None, loser: str, survivor: str) -> str | None:
    return survivor if one == loser else one


def repoint_cases(work: Work, survivor: Row, loser: str) -> list[str]:
    """The survivor takes the loser's place in every case; an open question about just these two is answered by it."""
    found = work.rows(
        """SELECT id::text, status, version, subject, candidates FROM importadmin.cases
            WHERE candidates @> jsonb_build_array(jsonb_build_object('athlete_id', %s::text))
               OR subject @> jsonb_build_object('athlete_id', %s::text)
            ORDER BY id FOR UPDATE""",
        [loser, loser],
    )
    closed, changed = [], []
    for row in (_parsed(each) for each in found):
        subject, candidates = row["subject"], _renamed(row["candidates"], survivor, loser)
        if subject.get("athlete_id") == loser:
            subject = subject | {"athlete_id": survivor["id"], "name": survivor["name"]}
        others = [one for one in candidates if one.get("athlete_id") != subject.get("athlete_id")]
        status = row["status"]
        if status == "open" and subject.get("athlete_id") and not others and not subject.get("result_id"):
            status = "answered"
            closed.append(row["id"])
        elif subject.get("athlete_id"):
            candidates = others
        changed.append({"id": row["id"], "status": status, "subject": subject, "candidates": candidates,
                        "version": row["version"] + 1})  # fmt: skip
    work.update("cases", changed)
    return closed


def _renamed(candidates: list[Row], survivor: Row, loser: str) -> list[Row]:
    kept: dict[Any, Row] = {}
    for one in candidates:
        if one.get("athlete_id") == loser:
            one = one | {key: survivor[key] for key in ("name", "grad_year", "gender", "slug", "school")}
            one["athlete_id"] = survivor["id"]
        kept.setdefault(one.get("athlete_id"), one)
    return list(kept.values())


def _parsed(row: Row) -> Row:
    """Django hands JSON of plain SQL over as text."""
    import json

    return {
        key: json.loads(value) if isinstance(value, str) and value[:1] in "[{" else value for key, value in row.items()
    }
