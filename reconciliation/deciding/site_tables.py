"""The site's own two tables of possible duplicates: written along as far as they can hold a decision."""

from typing import Any

from django.utils import timezone

from reconciliation.deciding.work import Work

SAME, DIFFERENT, IGNORED = "same_person", "different_people", "ignored"


def settle_athletes(work: Work, case: Any, user: Any, reason: str, verdict: dict[str, str], second: Any = None) -> None:
    """`verdict`: {athlete id: status}; `second`: who the CSV's person turned out to be, where it is somebody new."""
    found = work.rows(
        """SELECT id::text, athlete_id_1::text AS one, athlete_id_2::text AS two
             FROM public.potential_duplicate_athletes
            WHERE school_id = %s AND name_2 = left(%s, 255) AND athlete_id_1 = ANY (%s::uuid[])
              AND status = 'pending'""",
        [case.school_id, case.subject.get("name") or "", list(verdict)],
    )
    work.update(
        "potential_duplicate_athletes",
        [
            {
                "id": row["id"],
                "status": verdict[row["one"]],
                "athlete_id_2": str(second) if second and verdict[row["one"]] == DIFFERENT else row["two"],
                **_resolved(user, reason),
            }
            for row in found
        ],
    )


def settle_pair(work: Work, one: Any, other: Any, status: str, user: Any, reason: str) -> None:
    found = work.rows(
        """SELECT id::text FROM public.potential_duplicate_athletes WHERE status = 'pending'
              AND (athlete_id_1, athlete_id_2) IN ((%s, %s), (%s, %s))""",
        [str(one), str(other), str(other), str(one)],
    )
    work.update("potential_duplicate_athletes", [{**row, "status": status, **_resolved(user, reason)} for row in found])


def settle_times(work: Work, athlete_id: Any, race_id: Any, status: str, user: Any, reason: str) -> None:
    found = work.rows(
        """SELECT id::text FROM public.potential_duplicates
            WHERE athlete_id = %s AND race_id = %s AND status = 'pending'""",
        [str(athlete_id), str(race_id)],
    )
    work.update("potential_duplicates", [{**row, "status": status, **_resolved(user, reason)} for row in found])


def write_two_times(work: Work, athlete_id: Any, race_id: Any, user: Any, reason: str) -> None:
    """Both times stand in `results` by decision: the site's table says so, and that nothing is to be done."""
    times = work.rows(
        """SELECT id::text, meet_id::text, time_cs FROM public.results WHERE athlete_id = %s AND race_id = %s
            ORDER BY id""",
        [str(athlete_id), str(race_id)],
    )
    made = work.rows("SELECT clock_timestamp() AS now")[0]["now"]
    pairs = [(a, b) for nth, a in enumerate(times) for b in times[nth + 1 :] if a["time_cs"] != b["time_cs"]]
    ids = work.rows("SELECT importadmin.new_id()::text AS id FROM generate_series(1, %s)", [len(pairs)])
    work.insert(
        "potential_duplicates",
        [
            {
                "id": new["id"],
                "result_id_1": a["id"],
                "result_id_2": b["id"],
                "athlete_id": athlete_id,
                "meet_id": a["meet_id"],
                "race_id": race_id,
                "conflict_type": "two_times",
                "time_1_cs": a["time_cs"],
                "time_2_cs": b["time_cs"],
                "time_difference_cs": abs(a["time_cs"] - b["time_cs"]),
                "status": IGNORED,
                "detected_at": made,
                "created_at": made,
                "updated_at": made,
                **_resolved(user, reason),
            }  # fmt: skip
            for (a, b), new in zip(pairs, ids, strict=True)
        ],
        unless_there=True,
    )


def _resolved(user: Any, reason: str) -> dict[str, Any]:
    who = user.get_username() if user else "command line"
    return {"resolved_at": timezone.now().isoformat(), "resolved_by": who[:255], "resolution_notes": reason or None}
