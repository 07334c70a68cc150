"""A value that is no number where one must stand."""

import pytest
from django.test import Client

from meets.models import Import
from tests.inline import ADA, BO, HEADER, Expected, bundle_of, results, told_everywhere, upload_and_import

pytestmark = pytest.mark.django_db(transaction=True)


BAD = "r1,Cy Okafor,Cy,Okafor,s2,94100,3,11,False"


@pytest.mark.parametrize(
    ("code", "column", "line"),
    [
        ("time.not_a_time", "time_cs", BAD.replace("94100", "soon")),
        ("place.not_a_number", "place_overall", BAD.replace(",3,", ",third,")),
        ("grade.not_a_number", "grade", BAD.replace(",11,", ",old,")),
    ],
)
def test_the_line_is_left_out_and_said(alice_client: Client, code: str, column: str, line: str):
    import_ = upload_and_import(alice_client, bundle_of(results=results(ADA, line, BO)))
    assert (import_.outcomes["inserted"], import_.outcomes["rejected"]) == (2, 1)
    value = next(cell for cell in line.split(",") if cell in ("soon", "third", "old"))
    told_everywhere(alice_client, import_, Expected(code, line=3, column=column, value=value))


def test_a_column_is_named_as_the_file_names_it(alice_client: Client):
    text = results(BAD.replace(",s2,", ",s9,"), header=HEADER.replace("athlete_school_id", "school_athletic_net_id"))
    import_ = upload_and_import(alice_client, bundle_of(results=text))
    expected = Expected("unknown_school", line=2, column="school_athletic_net_id", value="s9")
    told_everywhere(alice_client, import_, expected)


def test_a_file_is_named_as_it_came(alice_client: Client):
    files = {("Results.CSV" if name == "results.csv" else name): text for name, text in bundle_of().items()}
    files["Results.CSV"] = results(ADA, BAD.replace("94100", "soon"))
    import_ = upload_and_import(alice_client, files)
    told_everywhere(alice_client, import_, Expected("time.not_a_time", "Results.CSV", 3, "time_cs", "soon"))
    [row] = [row for row in rows_of(alice_client, import_) if row.row.line == 3]
    assert [problem.value for problem in row.problems] == ["soon"]


def rows_of(client: Client, import_: Import) -> list:
    from meets.import_rows import RowFilter, page_of_rows

    return page_of_rows(import_, RowFilter()).rows
