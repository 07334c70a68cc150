"""Meets that leave questions behind, and what must be true of the database whatever was answered."""

from typing import Any

import psycopg
from django.db import connection
from django.test import Client

from importadmin.database import connect
from meets.models import Import, ImportRow, Result, SlugRedirect
from reconciliation.compare.checklist import checklist
from reconciliation.models import Case
from tests.inline import ADA, FILES, bundle_of, results, upload_and_import
from tests.schema import oracle

NICK = "r2,Mike Abernathy,Mike,Abernathy,s2,94500,3,11,False"
MICHAEL = "r2,Michael Abernathy,Michael,Abernathy,s2,95000,4,11,False"
OTHER_MEET = {
    "meets": (
        "athletic_net_id,name,meet_date,venue_name,season_year,meet_type\n"
        "900002,Hill Classic,09/06/25,Hill Park,2025,invitational\n"
    ),
    "races": (
        "athletic_net_race_id,meet_athletic_net_id,name,gender,distance_meters,race_type,course_name\n"
        "q1,900002,Womens Varsity,F,5000,,\nq2,900002,Mens Varsity,M,5000,,\n"
    ),
}

THIRD_MEET = {
    "meets": FILES["meets.csv"].replace("900001", "900003").replace("10/11/25", "10/18/25"),
    "races": FILES["races.csv"].replace("900001", "900003"),
}


def earlier_meet(client: Client, *lines: str) -> Import:
    """A meet five weeks before, elsewhere; its races are q1 (girls) and q2 (boys)."""
    return upload_and_import(client, bundle_of(**OTHER_MEET, results=results(*lines)))


def held_nickname(client: Client, *more: str) -> Case:
    """Michael Abernathy ran before; now Mike Abernathy waits: the same person?"""
    earlier_meet(client, MICHAEL.replace("r2,", "q2,"))
    upload_and_import(client, bundle_of(results=results(ADA, NICK, *more)))
    return Case.objects.get(status="open")


def two_times(client: Client) -> Case:
    """Max Reyes has two lines in one race."""
    lines = [f"r2,Max Reyes,Max,Reyes,s2,{time},,11,False" for time in (94500, 95000)]
    upload_and_import(client, bundle_of(results=results(ADA, *lines)))
    return Case.objects.get(status="open")


def sound() -> None:
    """Ledgers balance, counts agree, derived tables equal the oracle's, redirects are flat, nobody is orphaned."""
    with connect() as conn:
        oracle.check(conn)
        _ledgers(conn)
    for meet_id in set(Result.objects.values_list("meet_id", flat=True)):
        wrong = [one for one in checklist(meet_id) if not one["ok"] and one["key"] != "no_open_case"]
        assert not wrong, wrong


def _ledgers(conn: "psycopg.Connection[Any]") -> None:
    off = conn.execute(
        """SELECT i.import_id, i.line, i.outcome FROM importadmin.import_rows i
             LEFT JOIN public.results r ON r.id = i.result_id
            WHERE (i.outcome IN ('inserted', 'already_present', 'variant_present')
                   AND (r.race_id, r.time_cs, r.athlete_id) IS DISTINCT FROM (i.race_id, i.time_cs, i.athlete_id))
               OR (i.outcome = 'held' AND NOT EXISTS (
                      SELECT FROM importadmin.case_rows w JOIN importadmin.cases c ON c.id = w.case_id
                       WHERE (w.import_id, w.line) = (i.import_id, i.line) AND c.status = 'open'))"""
    ).fetchall()
    assert off == []
    counted = conn.execute(
        """SELECT m.id FROM importadmin.imports m WHERE m.state = 'done' AND m.mode = 'import' AND EXISTS (
               SELECT FROM (SELECT outcome, count(*) AS n FROM importadmin.import_rows
                             WHERE import_id = m.id GROUP BY 1) x
                 FULL JOIN (SELECT key AS outcome, value::int AS n FROM jsonb_each_text(m.outcomes)
                             WHERE value <> '0') y USING (outcome, n)
                WHERE x.outcome IS NULL OR y.outcome IS NULL)"""
    ).fetchall()
    assert counted == []
    twice = conn.execute(
        """SELECT import_id, result_id FROM importadmin.import_rows WHERE result_id IS NOT NULL
            GROUP BY 1, 2 HAVING count(*) > 1"""
    ).fetchall()
    assert twice == []
    dangling = conn.execute(
        """SELECT slug FROM importadmin.slug_redirects d
            WHERE NOT EXISTS (SELECT FROM public.athletes a WHERE a.id = d.athlete_id)
               OR EXISTS (SELECT FROM public.athletes a WHERE a.slug = d.slug)"""
    ).fetchall()
    assert dangling == []


def outcomes_of(import_: Import) -> dict[int, str]:
    return dict(ImportRow.objects.filter(import_id=import_.pk).order_by("line").values_list("line", "outcome"))


def redirects() -> dict[str, Any]:
    return dict(SlugRedirect.objects.values_list("slug", "athlete_id"))


def people() -> dict[str, list[tuple[int, str | None]]]:
    """Every athlete's results: (time, source name), by name."""
    found: dict[str, list[tuple[int, str | None]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT a.name, r.time_cs, r.source_name FROM athletes a LEFT JOIN results r ON r.athlete_id = a.id
                ORDER BY a.name, a.id, r.time_cs"""
        )
        for name, time_cs, source in cursor.fetchall():
            found.setdefault(name, [])
            if time_cs:
                found[name].append((time_cs, source))
    return found
