"""What a decision leaves behind so that nobody asks again: aliases, pairs told apart, lines set aside."""

from typing import Any

from reconciliation.deciding.linking import new_ids
from reconciliation.deciding.work import Row, Work


def athlete_row(work: Work, athlete_id: Any) -> Row | None:
    found = work.rows(
        """SELECT a.*, s.name AS school FROM public.athletes a JOIN public.schools s ON s.id = a.school_id
            WHERE a.id = %s FOR UPDATE OF a""",
        [str(athlete_id)],
    )
    return found[0] if found else None


def create_athlete(work: Work, subject: dict[str, Any], school_id: Any, grad_year: int, name_key: str) -> Row:
    """As the import would create this person: the slug by the same rule, numbered when it is taken."""
    names = (subject.get("first_name") or "", subject.get("last_name") or "", subject["name"])
    slug = work.rows(
        """SELECT importadmin.free_slug(importadmin.athlete_slug(%s, %s, %s, s.name, %s)) AS slug,
                  clock_timestamp() AS now
             FROM public.schools s WHERE s.id = %s""",
        [*names, grad_year, str(school_id)],
    )[0]
    return work.insert(
        "athletes",
        [
            {
                "id": new_ids(work, 1)[0],
                "school_id": school_id,
                "name": subject["name"],
                "first_name": names[0] or None,
                "last_name": names[1] or None,
                "grad_year": grad_year,
                "gender": subject["gender"],
                "slug": slug["slug"],
                "is_active": True,
                "name_key": name_key,
                "created_at": slug["now"],
                "updated_at": slug["now"],
            }
        ],
    )[0]


def add_alias(work: Work, athlete: Row, subject: dict[str, Any], school_id: Any, name_key: str) -> None:
    """The CSV's spelling, and where it holds: the next import then finds the athlete by itself."""
    told = {
        "school_id": school_id if str(school_id) != str(athlete["school_id"]) else None,
        "grad_year": subject.get("grad_year") if subject.get("grad_year") != athlete["grad_year"] else None,
        "gender": subject.get("gender") if subject.get("gender") != athlete["gender"] else None,
    }
    if name_key == athlete["name_key"] and not any(told.values()):
        return
    alias(work, athlete["id"], subject["name"], **told)


def alias(work: Work, athlete_id: Any, name: str, **told: Any) -> None:
    row = work.rows(
        """SELECT nextval(pg_get_serial_sequence('importadmin.athlete_aliases', 'id')) AS id,
                  importadmin.name_key(%s) AS key, clock_timestamp() AS now""",
        [name],
    )[0]
    values = {"id": row["id"], "athlete_id": athlete_id, "name": name, "name_key": row["key"], "created_at": row["now"]}
    work.insert("athlete_aliases", [{**values, "school_id": None, "grad_year": None, "gender": None, **told}], True)


def tell_apart(work: Work, pairs: list[tuple[str, str]], reason: str = "") -> None:
    """Remember each pair as two people. Keys are ordered by their bytes, as `told_apart` asks."""
    rows = []
    for one, other in pairs:
        left, right = sorted((str(one), str(other)), key=str.encode)
        if left == right:
            continue
        number = work.rows(
            """SELECT nextval(pg_get_serial_sequence('importadmin.remembered_pairs', 'id')) AS id,
                      clock_timestamp() AS now"""
        )[0]
        rows.append(
            {
                "id": number["id"],
                "left_key": left,
                "right_key": right,
                "reason": reason,
                "evidence_hash": "",
                "created_at": number["now"],
            }  # fmt: skip
        )
    work.insert("remembered_pairs", rows, unless_there=True)


def set_aside(work: Work, rows: list[Row], reason: str) -> None:
    """The rows end as dismissed, here and in every later import of the meet."""
    work.update(
        "import_rows",
        [
            {"import_id": row["import_id"], "line": row["line"], "outcome": "dismissed", "result_id": None}
            for row in rows
        ],
    )
    told: dict[tuple[Any, ...], Row] = {}
    for row in rows:
        if row["race_id"] and row["school_id"] and row["time_cs"]:
            told.setdefault((row["race_id"], row["time_cs"], row["school_id"], row["athlete_name"]), row)
    lines = []
    for row in told.values():
        made = work.rows(
            """SELECT nextval(pg_get_serial_sequence('importadmin.set_aside_lines', 'id')) AS id,
                      importadmin.name_key(%s) AS name_key, clock_timestamp() AS created_at""",
            [row["athlete_name"]],
        )[0]
        lines.append(
            {**made, **{key: row[key] for key in ("meet_id", "race_id", "time_cs", "school_id")}, "reason": reason}
        )
    work.insert("set_aside_lines", lines, unless_there=True)
