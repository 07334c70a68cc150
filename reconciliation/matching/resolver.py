"""The matcher behind the import's port: people and athletes out of SQL, judged as columns, verdicts back into SQL."""

from pathlib import Path
from typing import Any

import numpy as np
import psycopg
from django.conf import settings
from psycopg.types.json import Jsonb

from meets.pipeline.sqlfile import SqlFolder
from reconciliation.matching.cases import record_cases
from reconciliation.matching.compete import Floats
from reconciliation.matching.evidence import Explainer, supports_of
from reconciliation.matching.link import Matches, match_people
from reconciliation.matching.odds import Known
from reconciliation.matching.people import Ints, People, Reader
from reconciliation.matching.verdicts import Barred, Thresholds, Verdicts, decide
from reconciliation.matching.versions import weights_in_force
from reconciliation.matching.vetoes import VETOES

SQL = SqlFolder(Path(__file__).parent / "sql")
Cursor = psycopg.Cursor[Any]
# Candidates less likely than this even without rivals are nobody's evidence.
_PLAUSIBLE = 0.002
_SHOWN = 6


class LearnedMatcher:
    """Implements meets.pipeline.ports.Matcher."""

    def match(self, cursor: Cursor) -> None:
        """Give every person without a match a verdict: same, doubtful (with candidates) or new."""
        SQL.run(cursor, "10_unmatched")
        reader = Reader()
        people = reader.read(_people(cursor))
        athletes = reader.read(_rows(cursor, "11_athletes"))
        weights = weights_in_force(cursor)
        matches = match_people(reader, athletes, people, weights, known=_known(cursor, reader))
        shown = plausible(matches)
        barred = _barred(cursor, matches, athletes, people, shown)
        lines = int(_rows(cursor, "14_lines")[0][0])
        asked = {int(person): kind for person, kind in cursor.execute("SELECT person_id, kind FROM asked").fetchall()}
        at_person = {int(key): at for at, key in enumerate(people.ids)}
        verdicts = decide(
            matches,
            barred,
            Thresholds(settings.MATCH_SAME, settings.MATCH_DOUBTFUL),
            lines=lines,
            asked={at_person[person]: kind for person, kind in asked.items()},
        )
        _write(cursor, matches, athletes, people, shown, verdicts)
        SQL.run(cursor, "30_verdicts")

    def record_cases(self, cursor: Cursor, *, import_id: str, meet_id: str) -> int:
        return record_cases(cursor, import_id=import_id, meet_id=meet_id)


def _rows(cursor: Cursor, name: str) -> list[Any]:
    SQL.run(cursor, name)
    return cursor.fetchall()


def _people(cursor: Cursor) -> list[Any]:
    return cursor.execute(
        """SELECT person_id::text, athlete_name, first_name, last_name, gender, coalesce(grad_year::text, ''),
                  school_id::text
             FROM unmatched ORDER BY person_id"""
    ).fetchall()


def _known(cursor: Cursor, reader: Reader) -> Known:
    rows = _rows(cursor, "12_known")
    matched = {reader.schools.setdefault(school, len(reader.schools)): people for school, people, _ in rows}
    return Known(matched, int(rows[0][2]) if rows else 0)


def plausible(matches: Matches) -> Ints:
    """Positions of the candidates worth keeping, for each person the likeliest few."""
    odds: Floats = matches.odds()
    right = matches.edges.right
    order = np.lexsort((matches.edges.left, -odds, right))
    starts = np.flatnonzero(np.r_[True, right[order][1:] != right[order][:-1]]) if len(order) else order
    rank = np.arange(len(order)) - np.repeat(starts, np.diff(np.r_[starts, len(order)]))
    kept = order[(rank < _SHOWN) & (odds[order] >= _PLAUSIBLE)]
    return np.sort(kept).astype(np.int32)


def _barred(cursor: Cursor, matches: Matches, athletes: People, people: People, shown: Ints) -> Barred:
    """Ask the database which of the plausible candidates have a veto. The others are too unlikely to compete."""
    cursor.execute(
        "CREATE TEMPORARY TABLE scored (person_id integer, athlete_id uuid, position integer) ON COMMIT DROP"
    )
    left, right = matches.edges.left[shown].tolist(), matches.edges.right[shown].tolist()
    with cursor.copy("COPY scored FROM STDIN") as copy:
        for at, a, b in zip(shown.tolist(), left, right, strict=True):
            copy.write_row((people.ids[b], athletes.ids[a], at))
    SQL.run(cursor, "15_by_id")
    SQL.run(cursor, "20_vetoes", **VETOES)
    barred = Barred.none(len(matches.edges))
    for at, vetoed, taken in _rows(cursor, "21_barred"):
        if at is not None:
            barred.veto[at], barred.taken[at] = vetoed, taken
    return barred


def _write(cursor: Cursor, matches: Matches, athletes: People, people: People, shown: Ints, verdicts: Verdicts) -> None:
    """`judged`: candidates with evidence, of doubtful people only. `decided`: verdicts of those who are not new."""
    SQL.run(cursor, "25_judged")
    edges = matches.edges
    wanted = np.zeros(len(people), bool)
    wanted[list(verdicts.doubtful)] = True
    # Without a grade somebody is asked about in any case.
    wanted |= people.year == 0
    told = shown[wanted[edges.right[shown]]]
    explainer = Explainer(edges, told, matches.weights, matches.prior)
    with cursor.copy("COPY found (person_id, athlete_id, score, supports, evidence) FROM STDIN") as copy:
        for row, at in enumerate(told.tolist()):
            score = float(matches.score[at])
            who = people.ids[edges.right[at]], athletes.ids[edges.left[at]]
            evidence = explainer.evidence(row, score)
            copy.write_row((*who, score, supports_of(evidence["compared"]), Jsonb(evidence)))
    with cursor.copy("COPY decided FROM STDIN") as copy:
        for person, at in verdicts.same.items():
            copy.write_row((people.ids[person], "same", athletes.ids[edges.left[at]], None))
        for person, kind in verdicts.doubtful.items():
            copy.write_row((people.ids[person], "doubtful", None, kind))
    SQL.run(cursor, "26_candidates")
