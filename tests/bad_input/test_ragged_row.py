"""A line with too few or too many fields."""

import pytest
from django.test import Client

from tests.inline import ADA, BO, FILES, Expected, bundle_of, results, told_everywhere, upload_and_import

pytestmark = pytest.mark.django_db(transaction=True)


SHORT = "r1,Cy Okafor,Cy,Okafor,s2"
LONG = "r1,Cy,Okafor,Cy,Okafor,s2,94100,3,11,False"


@pytest.mark.parametrize("line", [SHORT, LONG])
def test_it_is_left_out_and_said(alice_client: Client, line: str):
    import_ = upload_and_import(alice_client, bundle_of(results=results(ADA, line, BO)))
    assert (import_.outcomes["inserted"], import_.outcomes["rejected"]) == (2, 1)
    told_everywhere(alice_client, import_, Expected("line.ragged", line=3, value=line))


def test_the_line_number_is_right_behind_a_quoted_newline_and_a_byte_order_mark(alice_client: Client):
    spread = ADA.replace("Ada Lindqvist", '"Ada\nLindqvist"')
    text = "\ufeff" + results(spread, "", SHORT, BO)
    import_ = upload_and_import(alice_client, bundle_of(results=text))
    told_everywhere(alice_client, import_, Expected("line.ragged", line=5, value=SHORT))


def test_in_another_file_too(alice_client: Client):
    races = FILES["races.csv"] + "r3,900001\n"
    import_ = upload_and_import(alice_client, bundle_of(races=races))
    assert import_.outcomes["inserted"] == 2
    told_everywhere(alice_client, import_, Expected("line.ragged", "races.csv", 4, value="r3,900001"))
