"""Cases and decisions as files."""

import csv
import io
import json
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from reconciliation.actions.answer_case import answer_case
from reconciliation.compare.download import safe_cell
from tests.held import Held, three_questions


@pytest.fixture
def held(db: None) -> Held:
    return three_questions()


def rows(client: Client, address: str) -> list[dict[str, str]]:
    text = client.get(address).getvalue().decode()
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def test_cases_come_in_the_order_of_the_queue(alice_client: Client, held: Held) -> None:
    assert [row["case_id"] for row in rows(alice_client, "/review/cases.csv")] == [str(case.pk) for case in held.cases]


def test_cases_say_what_a_reviewer_sees(alice_client: Client, held: Held) -> None:
    row = rows(alice_client, "/review/cases.csv")[0]
    assert (row["name"], row["candidate"], row["meet"], row["lines"]) == (
        "J. Whitlock",
        "Juniper Whitlock",
        "Redham Twilight",
        "1",
    )


def test_cases_are_narrowed_as_the_queue_is(alice_client: Client, held: Held) -> None:
    assert rows(alice_client, "/review/cases.csv?kind=two_times") == []


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1+1", "＝1"])
def test_no_name_is_a_formula(alice_client: Client, held: Held, name: str) -> None:
    held.ask(name)
    assert rows(alice_client, "/review/cases.csv")[-1]["name"].startswith("'")


def test_an_honest_name_stays_as_it_is() -> None:
    assert safe_cell("O'Brien-Smith") == "O'Brien-Smith"


def test_cases_come_as_json(alice_client: Client, held: Held) -> None:
    body: dict[str, Any] = json.loads(alice_client.get("/review/cases.json").getvalue())
    assert [case["name"] for case in body["cases"]] == ["J. Whitlock", "Dana Luis Rutledge", "Micky Abernathy"]


def test_no_case_is_json_too(alice_client: Client, db: None) -> None:
    assert json.loads(alice_client.get("/review/cases.json").getvalue()) == {"cases": []}


def test_decisions_come_with_who_and_why(alice_client: Client, held: Held, bob: User) -> None:
    answer_case(case_id=held.cases[0].pk, version=1, answer="same", user=bob, reason="=cmd()")
    (row,) = rows(alice_client, "/decisions/decisions.csv")
    assert (row["who"], row["answer"], row["reason"]) == ("bob", "same", "'=cmd()")


def test_decisions_come_as_json(alice_client: Client, held: Held, bob: User) -> None:
    decision = answer_case(case_id=held.cases[0].pk, version=1, answer="same", user=bob)
    body = json.loads(alice_client.get("/decisions/decisions.json").getvalue())
    assert [one["decision_id"] for one in body["decisions"]] == [str(decision.pk)]
