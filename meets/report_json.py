"""What a script gets to know about an import that has ended."""

from typing import Any

from django.db import connection

from meets.models import Import, ImportProblem, State

# A script that wants them all reads the CSV download; a line of JSON with a million problems helps nobody.
PROBLEMS_SHOWN = 1000


def report_json(import_: Import) -> dict[str, Any]:
    problems = ImportProblem.objects.filter(import_id=import_.pk).order_by("severity", "file", "line", "id")
    report = {
        "import_id": str(import_.pk),
        "bundle": import_.bundle.name,
        "meet_id": str(import_.meet_id) if import_.meet_id else None,
        "mode": import_.mode,
        "state": import_.state,
        "lines": import_.lines,
        "outcomes": import_.outcomes,
        "cases": _cases(import_),
        "seconds": import_.seconds,
        "stages": import_.stages,
        "peak_rss_mb": import_.peak_rss_mb,
        "problems": list(
            problems.values("code", "severity", "file", "line", "line_last", "column", "value", "message", "remedy")[
                :PROBLEMS_SHOWN
            ]
        ),
    }
    if import_.state == State.NEEDS_ANSWER:
        report["questions"] = import_.questions
    if import_.failure:
        report |= {"failure_kind": import_.failure_kind, "failure": import_.failure}
    return report


def _cases(import_: Import) -> int:
    """Questions that this import's rows wait for, asked by it or before it."""
    if "cases" in import_.report:
        return int(import_.report["cases"])
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(DISTINCT case_id) FROM case_rows WHERE import_id = %s", [import_.pk])
        return int(cursor.fetchone()[0])
