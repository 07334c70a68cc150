"""People from CSV files, and links to one."""

import csv
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from reconciliation.matching.link import Matches
from reconciliation.matching.people import People
from reconciliation.matching.verdicts import Barred, Verdicts

COLUMNS = ("id", "name", "first_name", "last_name", "gender", "grad_year", "school_id")


class BadTable(ValueError):
    """A file that can't be read as people: a sentence with the place and the remedy."""


def read_rows(path: Path) -> Iterator[tuple[str, ...]]:
    """Rows (id, name, first_name, last_name, gender, grad_year, school_id). Raises BadTable."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield from _rows(path, csv.reader(file))
    except OSError as error:
        raise BadTable(f"{path} can't be read: {error.strerror}. Check the path.") from None
    except UnicodeDecodeError:
        raise BadTable(f"{path} is not UTF-8. Save it as CSV UTF-8 and try again.") from None


def _rows(path: Path, reader: Iterator[list[str]]) -> Iterator[tuple[str, ...]]:
    header = [name.strip().lower() for name in next(reader, [])]
    if "id" not in header or not ("name" in header or {"first_name", "last_name"} <= set(header)):
        raise BadTable(
            f"{path}, line 1: the columns id and name (or first_name and last_name) are needed. "
            f"The header should be {','.join(COLUMNS)}."
        )
    at = [header.index(name) if name in header else -1 for name in COLUMNS]
    seen: set[str] = set()
    for number, row in enumerate(reader, start=2):
        if not row:
            continue
        found = tuple(row[k] if 0 <= k < len(row) else "" for k in at)
        if not found[0] or found[0] in seen:
            why = "has no id" if not found[0] else f"has the id {found[0]}, which an earlier line has too"
            raise BadTable(f"{path}, record {number}: {why}. Give every line an id of its own.")
        seen.add(found[0])
        yield found


def write_outcomes(path: Path, matches: Matches, verdicts: Verdicts, first: People, second: People) -> dict[str, int]:
    """Write id2,outcome,id1,score, one line for everybody of the second list in its order; return how many of each."""
    best: dict[int, int] = {}
    for at in np.lexsort((matches.edges.left, -matches.score)).tolist():
        best.setdefault(int(matches.edges.right[at]), at)
    counts = {"same": 0, "doubtful": 0, "new": 0}
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("id2", "outcome", "id1", "score"))
        for person, key in enumerate(second.ids):
            outcome = "same" if person in verdicts.same else "doubtful" if person in verdicts.doubtful else "new"
            at = verdicts.same[person] if outcome == "same" else best[person] if outcome == "doubtful" else -1
            counts[outcome] += 1
            found = ("", "") if at < 0 else (first.ids[matches.edges.left[at]], f"{matches.score[at]:.9f}")
            writer.writerow((key, outcome, *found))
    return counts


def barred_by(matches: Matches) -> Barred:
    """The vetoes that can be known without results: another gender, grad years more than one apart."""
    barred = Barred.none(len(matches.edges))
    barred.veto = (matches.edges.levels.gender == 1) | (matches.edges.levels.year == 2)
    return barred


def write_links(path: Path, matches: Matches, first: People, second: People, least: float) -> int:
    """Write id1,id2,score (a probability), best first; return the number of links."""
    positions = matches.linked(least)
    left = matches.edges.left[positions].tolist()
    right = matches.edges.right[positions].tolist()
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("id1", "id2", "score"))
        for a, b, score in zip(left, right, matches.score[positions].tolist(), strict=True):
            writer.writerow((first.ids[a], second.ids[b], f"{score:.9f}"))
    return len(positions)
