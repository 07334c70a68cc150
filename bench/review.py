"""From one answer to the next question: what a reviewer waits for, with 10,000 open questions and 1,000,000 results.

    python -m bench.review --cases 10000 --older 1000000 --answers 40

Every kind of question is answered through the page's own form, and the page of the next one fetched; the server's time
for both is added up. Every tenth question is about somebody among a course's hundred fastest.
"""

import argparse
import json
import logging
import os
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from typing import Any
from uuid import uuid4

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "importadmin.settings")

import django  # noqa: E402

STATE = "importadmin_bench_review"
SQL = Path(__file__).parent / "sql"
# What a reviewer answers to each kind, in turn; `dismiss` goes with a reason.
ANSWERS = {
    "two_times": ("keep:1", "both", "dismiss"),
    "possible_transfer": ("merge", "apart"),
}
PEOPLE = ("same", "different", "dismiss")


def main() -> None:
    args = arguments()
    django.setup()
    from django.conf import settings

    from importadmin.servers import Servers

    logging.disable(logging.WARNING)
    settings.ALLOWED_HOSTS = ["testserver"]
    started = Servers(settings.IMPORTADMIN_ENV).ensure_all()
    try:
        prepare(args.cases, args.older, keep=args.keep)
        report(measure(args.answers), as_json=args.json)
    finally:
        from bench import databases

        if not args.keep:
            databases.drop(STATE)
        if started:
            Servers(settings.IMPORTADMIN_ENV).stop(started)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--older", type=int, default=1_000_000, help="results in the database")
    parser.add_argument("--answers", type=int, default=40, help="answers of each kind of question")
    parser.add_argument("--keep", action="store_true", help="keep the database, or use the one that was kept")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def prepare(cases: int, older: int, *, keep: bool) -> None:
    from django.core.management import call_command
    from django.utils.timezone import now

    from bench import data, databases
    from importadmin.database import connect
    from meets.models import Bundle, Import
    from meets.pipeline.sqlfile import SqlFolder
    from reconciliation.models import Case

    with databases.maintenance() as conn:
        there = conn.execute("SELECT 1 FROM pg_database WHERE datname = %s", [STATE]).fetchone()
    if keep and there:
        databases.use(STATE)
    else:
        databases.make(STATE)
        databases.use(STATE)
        with tempfile.TemporaryDirectory() as folder:
            data.fill(data.bundle(Path(folder), 1000), older)
    call_command("migrate", verbosity=0, interactive=False)
    if not Case.objects.exists():
        bundle = Bundle.objects.create(pk=uuid4(), name="bench", content_hash="0" * 64)
        meet = uuid4()
        import_ = Import.objects.create(
            pk=uuid4(), bundle=bundle, meet_key="an:999001", meet_id=meet, state="done", finished_at=now(), lines=cases
        )
        with connect(application_name="bench") as conn, conn.cursor() as cursor:
            SqlFolder(SQL).run(cursor, "review_cases", cases=cases, meet=meet, import_id=import_.pk)
        with connect(autocommit=True) as conn:
            conn.execute("VACUUM ANALYZE")


def measure(answers: int) -> dict[str, dict[str, list[float]]]:
    """{kind or page: {step: seconds}}"""
    from django.contrib.auth.models import Group, User
    from django.test import Client

    from reconciliation.models import Case

    user, _made = User.objects.get_or_create(username="bench")
    user.groups.add(Group.objects.get(name="admin"))
    client = Client()
    client.force_login(user)
    client.get("/review/")
    times: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for query in ("", "?sort=surest", "?sure=high"):
        for _ in range(5):
            _timed(times["queue"][query or "oldest"], lambda query=query: client.get(f"/review/{query}"))
    for kind in Case.objects.filter(status="open").order_by("kind").values_list("kind", flat=True).distinct():
        given = ANSWERS.get(kind, PEOPLE)
        for number, case in enumerate(
            Case.objects.filter(status="open", kind=kind).order_by("position", "pk")[:answers]
        ):
            _answer(client, times[kind], case, given[number % len(given)])
    return times


def _answer(client: Any, times: dict[str, list[float]], case: Any, answer: str) -> None:
    """What a person sends from the page, and the page that follows it."""
    if answer == "same" and len(case.candidates) > 1:
        answer = f"same:{case.candidates[0]['athlete_id']}"
    posted = {"answer": answer, "version": case.version, "reason": "measured", "queue": f"kind={case.kind}"}
    if case.subject.get("grad_year") is None and answer == "different":
        posted["grad_year"] = "2027"
    _timed(times["changes"], lambda: client.get(f"/review/{case.pk}/changes/", headers={"HX-Request": "true"}))
    began = time.perf_counter()
    response = client.post(f"/review/{case.pk}/answer/", posted)
    answered = time.perf_counter()
    if response.status_code != 303:
        times[f"refused ({response.status_code}) {answer.partition(':')[0]}"].append(answered - began)
        return
    following = client.get(response.headers["Location"])
    ended = time.perf_counter()
    assert following.status_code == 200, following.status_code
    times["answer"].append(answered - began)
    times["page"].append(ended - answered)
    times["answer to next"].append(ended - began)


def _timed(times: list[float], act: Any) -> None:
    began = time.perf_counter()
    response = act()
    times.append(time.perf_counter() - began)
    assert response.status_code == 200, response.status_code


def report(times: dict[str, dict[str, list[float]]], *, as_json: bool) -> None:
    rows = []
    for kind, steps in times.items():
        for step, seconds in steps.items():
            rows.append({"what": kind, "step": step, "n": len(seconds), **_figures(seconds)})
    everything = [one for steps in times.values() for one in steps.get("answer to next", [])]
    if everything:
        rows.append({"what": "every kind", "step": "answer to next", "n": len(everything), **_figures(everything)})
    if as_json:
        print(json.dumps(rows, indent=2))
        return
    print(f"{'':22}{'':24}{'n':>5}{'median ms':>11}{'p95 ms':>9}{'worst ms':>10}")
    for row in rows:
        print(f"{row['what']:22}{row['step']:24}{row['n']:>5}{row['median']:>11}{row['p95']:>9}{row['worst']:>10}")


def _figures(seconds: list[float]) -> dict[str, float]:
    ordered = sorted(seconds)
    p95 = ordered[min(len(ordered) - 1, round(0.95 * (len(ordered) - 1)))]
    return {
        "median": round(1000 * statistics.median(ordered), 1),
        "p95": round(1000 * p95, 1),
        "worst": round(1000 * ordered[-1], 1),
    }


if __name__ == "__main__":
    main()
