"""Lines that hold nothing that anybody wrote, in files with other delimiters than the comma."""

import pytest
from django.test import Client

from tests.inline import ADA, BO, Expected, bundle_of, results, told_everywhere, upload_and_import

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_commas_alone_in_a_file_without_commas_are_a_line_that_needs_repair(alice_client: Client, delimiter: str):
    text = results(ADA, BO).replace(",", delimiter) + ",,,,\n"
    import_ = upload_and_import(alice_client, bundle_of(results=text))
    assert (import_.state, import_.outcomes["inserted"], import_.outcomes["rejected"]) == ("done", 2, 1)
    told_everywhere(alice_client, import_, Expected("line.ragged", line=4, value=",,,,"))


def test_the_mark_that_ends_a_file_of_dos_is_no_line(alice_client: Client):
    import_ = upload_and_import(alice_client, bundle_of(results=results(ADA, BO) + "\x1a"))
    assert (import_.lines, import_.outcomes["inserted"]) == (2, 2)
