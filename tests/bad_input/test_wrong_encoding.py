"""Files in another encoding, or in two."""

import pytest
from django.test import Client

from meets.models import Athlete
from tests.inline import ADA, BO, HEADER, Expected, bundle_of, results, told_everywhere, upload_and_import

pytestmark = pytest.mark.django_db(transaction=True)


JOSE = ADA.replace("Ada Lindqvist,Ada", "Zoë Lindqvist,Zoë")


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-8-sig"])
def test_another_encoding_is_read_as_what_it_is(alice_client: Client, encoding: str):
    import_ = upload_and_import(alice_client, bundle_of(results=results(JOSE, BO).encode(encoding)))
    assert import_.outcomes["inserted"] == 2
    assert Athlete.objects.filter(name="Zoë Lindqvist").exists()


def test_two_encodings_in_one_file_are_said_with_the_line(alice_client: Client):
    lines = [ADA.replace("Ada Lindqvist,Ada", f"Zoë N{letter},Zoë") for letter in "abcdefgh"]
    mixed = results(*lines).encode() + BO.replace("Bo Hansen,Bo,Hansen", "Bo Hånsen,Bo,Hånsen").encode("cp1252") + b"\n"
    import_ = upload_and_import(alice_client, bundle_of(results=mixed))
    assert import_.lines == 9
    told_everywhere(alice_client, import_, Expected("encoding.mixed", line=10, value=BO.replace("Hansen", "Hånsen")))


def test_letters_that_were_destroyed_before_are_said(alice_client: Client):
    line = ADA.replace("Ada Lindqvist", "Ada Lindqvï¿½st")
    import_ = upload_and_import(alice_client, bundle_of(results=results(line, BO)))
    expected = Expected("name.destroyed", line=2, column="athlete_name", value="Ada Lindqvï¿½st")
    told_everywhere(alice_client, import_, expected)


def test_a_letter_of_each_encoding_is_read_in_its_own(alice_client: Client):
    first, second = (
        ADA.replace("Ada Lindqvist,Ada", "José Álvarez,José"),
        ADA.replace("Ada Lindqvist,Ada", "Zoë Nuñez,Zoë"),
    )
    text = b"\n".join([HEADER.encode(), first.encode(), second.replace("93240,1", "93250,2").encode("cp1252"), b""])
    import_ = upload_and_import(alice_client, bundle_of(results=text))
    assert set(Athlete.objects.values_list("name", flat=True)) == {"José Álvarez", "Zoë Nuñez"}
    told_everywhere(
        alice_client, import_, Expected("encoding.mixed", line=3, value=second.replace("93240,1", "93250,2"))
    )


def test_marks_that_turn_the_writing_round_are_no_part_of_a_name(alice_client: Client):
    upload_and_import(alice_client, bundle_of(results=results(ADA.replace("Ada L", "Ada \u202eL\u2066"), BO)))
    assert Athlete.objects.filter(name="Ada Lindqvist").exists()
