"""Values too long to be what their column says; PostgreSQL could not even index them."""

import random
import string

import pytest
from django.test import Client

from tests.inline import ADA, BO, FILES, Expected, bundle_of, results, told_everywhere, upload_and_import

pytestmark = pytest.mark.django_db(transaction=True)
# Letters in no order: what repeats would be squeezed and fit.
LONG = "".join(random.Random(1).choices(string.ascii_letters, k=9000))
SHOWN = LONG[:199] + "…"


def test_a_name_without_end_needs_repair(alice_client: Client):
    import_ = upload_and_import(alice_client, bundle_of(results=results(ADA.replace("Ada Lindqvist", LONG), BO)))
    assert (import_.state, import_.outcomes.get("inserted"), import_.outcomes.get("rejected")) == ("done", 1, 1)
    told_everywhere(alice_client, import_, Expected("name.too_long", line=2, column="athlete_name", value=SHOWN))


def test_a_school_without_end_is_left_out(alice_client: Client):
    files = bundle_of(schools=FILES["schools.csv"].replace("Quarry Hill", LONG))
    import_ = upload_and_import(alice_client, files)
    assert (import_.state, import_.outcomes.get("inserted"), import_.outcomes.get("rejected")) == ("done", 1, 1)
    told_everywhere(alice_client, import_, Expected("name.wrong", "schools.csv", 2, "name", SHOWN))


def test_a_city_without_end_is_left_blank(alice_client: Client):
    files = bundle_of(schools=FILES["schools.csv"].replace("Redham", LONG))
    import_ = upload_and_import(alice_client, files)
    assert import_.outcomes["inserted"] == 2
    told_everywhere(alice_client, import_, Expected("city.wrong", "schools.csv", 2, "city", SHOWN))


@pytest.mark.parametrize("column", ["time", "place"])
def test_a_number_beyond_all_bounds_needs_repair(alice_client: Client, column: str):
    line = ADA.replace("93240", "9" * 12) if column == "time" else ADA.replace(",1,11", f",{'9' * 12},11")
    import_ = upload_and_import(alice_client, bundle_of(results=results(line, BO)))
    assert (import_.state, import_.outcomes.get("inserted"), import_.outcomes.get("rejected")) == ("done", 1, 1)
