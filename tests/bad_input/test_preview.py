"""A preview tells the same problems as the import would."""

import pytest
from django.test import Client

from tests.inline import ADA, BO, Expected, bundle_of, results, snapshot, told_everywhere, upload_and_import

pytestmark = pytest.mark.django_db(transaction=True)

EXPECTED = (
    Expected("unknown_race", line=4, column="athletic_net_race_id", value="r9"),
    Expected("unknown_school", line=5, column="athlete_school_id", value="s9"),
    Expected("line.repeated", line=6, value=BO),
)


def test_what_only_the_database_could_tell_outlives_the_rollback(alice_client: Client):
    lines = results(ADA, BO, ADA.replace("r1", "r9"), ADA.replace("s1", "s9"), BO)
    before = snapshot()
    import_ = upload_and_import(alice_client, bundle_of(results=lines), mode="preview")
    assert (import_.state, import_.outcomes["rejected"], import_.outcomes["repeated"]) == ("done", 2, 1)
    for expected in EXPECTED:
        told_everywhere(alice_client, import_, expected)
    assert snapshot() == before
