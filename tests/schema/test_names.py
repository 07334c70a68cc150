"""name_key and athlete_slug: the SQL functions, their Python twins and the published vectors say the same."""

import json
from pathlib import Path
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meets.names import athlete_slug, fold_letters, name_key

VECTORS = json.loads((Path(__file__).parents[2] / "docs" / "name-key-vectors.json").read_text(encoding="utf-8"))
# PostgreSQL holds neither NUL nor lone surrogates; letters newer than Python's Unicode may be folded by one alone.
TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0", exclude_categories=["Cn"]), max_size=30)


def in_sql(conn: psycopg.Connection[Any], query: str, *values: Any) -> Any:
    row = conn.execute(query, values).fetchone()
    assert row
    return row[0]


@pytest.mark.parametrize("vector", VECTORS["name_key"], ids=lambda v: ascii(v["name"]))
def test_name_key_gives_the_published_answer_in_python(vector: dict[str, str]) -> None:
    assert name_key(vector["name"]) == vector["key"]


@pytest.mark.parametrize("vector", VECTORS["name_key"], ids=lambda v: ascii(v["name"]))
def test_name_key_gives_the_published_answer_in_sql(conn: psycopg.Connection[Any], vector: dict[str, str]) -> None:
    assert in_sql(conn, "SELECT importadmin.name_key(%s)", vector["name"]) == vector["key"]


@pytest.mark.parametrize("vector", VECTORS["athlete_slug"], ids=lambda v: v["slug"])
def test_athlete_slug_gives_the_published_answer(conn: psycopg.Connection[Any], vector: dict[str, Any]) -> None:
    given_ = [vector[k] for k in ("first_name", "last_name", "name", "school_name", "grad_year")]
    assert athlete_slug(*given_) == vector["slug"]
    assert in_sql(conn, "SELECT importadmin.athlete_slug(%s, %s, %s, %s, %s::integer)", *given_) == vector["slug"]


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(TEXT)
def test_python_and_sql_agree_on_any_text(conn: psycopg.Connection[Any], text: str) -> None:
    assert in_sql(conn, "SELECT importadmin.name_key(%s)", text) == name_key(text)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(TEXT, TEXT, TEXT)
def test_python_and_sql_agree_on_any_slug(conn: psycopg.Connection[Any], first: str, last: str, school: str) -> None:
    found = in_sql(conn, "SELECT importadmin.athlete_slug(%s, %s, 'x', %s, 2026)", first, last, school)
    assert found == athlete_slug(first, last, "x", school, 2026)


def test_python_and_sql_agree_on_every_letter_between_two_others(conn: psycopg.Connection[Any]) -> None:
    names = [f"A{chr(c)}b" for c in range(1, 0x3000) if not chr(c).isspace() and chr(c).isalpha()]
    rows = conn.execute(
        "SELECT importadmin.fold_letters(t) FROM unnest(%s::text[]) WITH ORDINALITY AS u (t, n) ORDER BY n", (names,)
    )
    assert [row[0] for row in rows] == [fold_letters(name) for name in names]


@settings(max_examples=300, deadline=None)
@given(TEXT)
def test_a_key_is_its_own_key(text: str) -> None:
    assert name_key(name_key(text)) == name_key(text)
