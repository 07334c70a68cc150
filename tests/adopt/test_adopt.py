"""The site's existing database is adopted by its owner, who is no superuser, and the import then works on it."""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from meets.actions.receive_bundle import receive_path
from meets.actions.start_import import start_import
from meets.adopt.effects import effects
from meets.adopt.shape import rows, value
from meets.adopt.triggers import judge
from meets.jobs.run import run_import
from meets.models import Mode
from meets.sample.reference import write_reference
from tests.adopt import existing

NAME = "importadmin_adopt_test"
TRIGGERS = """SELECT c.relname || '.' || t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
              WHERE NOT t.tgisinternal AND t.tgname NOT LIKE 'importadmin%%' ORDER BY 1"""


def adopt(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, dict[str, Any]]:
    code = 0
    capsys.readouterr()
    try:
        call_command("adopt", "--json", *arguments)
    except SystemExit as end:
        code = int(end.code or 0)
    return code, json.loads(capsys.readouterr().out)


@pytest.fixture
def site(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock():
        existing.build(NAME, 20_000)
        before = existing.use(NAME, existing.OWNER)
        try:
            yield
        finally:
            existing.use(before["NAME"], before["USER"])
            existing.drop(NAME)


def test_the_existing_database_is_examined_adopted_and_imported_into(
    site: None, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert not value("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
    slugs = rows("SELECT id, slug FROM public.athletes WHERE slug IS NOT NULL ORDER BY id")

    code, found = adopt(capsys)
    assert (code, found["problems"]) == (4, [])
    assert list(found["dirt"].values())[:2] == [40, 25]
    assert value("SELECT to_regnamespace('importadmin') IS NULL"), "examining writes nothing"

    assert adopt(capsys, "--apply")[0] == 0
    assert [row[0] for row in rows(TRIGGERS) if row[0].startswith(("results", "athletes", "courses", "schools"))] == [
        "results.log_new_results",
        "schools.touch_schools",
    ]
    kept = "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgname = 'log_new_results'"
    assert "scraper" in value(kept) and "importadmin.bulk" in value(kept)
    assert rows("SELECT a.id, a.slug FROM public.athletes a WHERE a.id = ANY (%s) ORDER BY id",
                [[row[0] for row in slugs]]) == slugs  # fmt: skip
    assert value("SELECT count(*) FROM public.athletes WHERE name_key IS NULL OR slug IS NULL") == 0
    assert value("SELECT count(*) FROM public.results") == 20_000
    assert rows(Path("meets/sql/adopt/counts_off.sql").read_text()) == []

    entries = value("SELECT count(*) FROM importadmin.audit_entries")
    code, again = adopt(capsys, "--apply")
    assert (code, again["taken"], again["steps"]) == (0, [], [])
    assert value("SELECT count(*) FROM importadmin.audit_entries") == entries
    assert adopt(capsys)[0] == 0

    bundle = receive_path(write_reference(tmp_path))[0]
    import_ = start_import(bundle=bundle, mode=Mode.IMPORT, enqueue=False)
    run_import(str(import_.pk))
    import_.refresh_from_db()
    assert (import_.state, import_.failure, import_.questions) == ("done", "", [])
    outcomes = Counter(row[0] for row in rows("SELECT outcome FROM importadmin.import_rows"))
    assert sum(outcomes.values()) == 4_655 and outcomes["inserted"] > 0
    assert value("SELECT count(*) FROM public.result_log") == 0, "the unknown trigger made way for the import"

    call_command("rebuild_derived", "--json")
    assert list(adopt(capsys)[1]["dirt"].values())[1:] == [0, 0]
    connection.close()


@pytest.mark.parametrize(
    ("source", "verdict"),
    [
        ("BEGIN NEW.normalized_time_cs := 1; RETURN NEW; END", "replaced"),
        ("BEGIN NEW.normalized_time_cs := 1; NEW.notes := 'x'; RETURN NEW; END", "mixed"),
        ("BEGIN UPDATE meets SET result_count = (SELECT count(*) FROM results) WHERE id = 1; END", "replaced"),
        ("BEGIN UPDATE meets SET result_count = (SELECT 1 FROM x), notes = '' WHERE id = 1; END", "mixed"),
        ("BEGIN INSERT INTO course_records VALUES (1); EXECUTE 'DROP TABLE x'; END", "mixed"),
        ("BEGIN INSERT INTO some_log VALUES (1); END", "unknown"),
    ],
)
def test_a_trigger_is_judged_by_what_it_writes(source: str, verdict: str) -> None:
    assert judge("results", effects("plpgsql", source, {})) == verdict
