from django.test import Client
from django.urls import reverse

from meets.models import Import


def test_the_csv_comes_as_a_file(alice_client: Client, done: Import) -> None:
    response = alice_client.get(reverse("import-problems-csv", args=[done.pk]))

    assert response.headers["Content-Disposition"] == f'attachment; filename="problems-{done.pk}.csv"'


def test_the_csv_holds_the_lines_to_repair(alice_client: Client, done: Import) -> None:
    response = alice_client.get(reverse("import-problems-csv", args=[done.pk]))

    assert b"Runner 7" in b"".join(response)


def test_the_json_holds_every_part_of_a_problem(alice_client: Client, done: Import) -> None:
    problems = alice_client.get(reverse("import-problems-json", args=[done.pk])).json()["problems"]

    assert problems == [
        {
            "code": "bad_time",
            "severity": "error",
            "file": "results.csv",
            "line": 7,
            "line_last": 7,
            "column": "time_cs",
            "value": "=1+1",
            "message": "“=1+1” is no time.",
            "remedy": "Write it as 15:32.4 or in hundredths of a second.",
        }
    ]
