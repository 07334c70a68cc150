"""A time of nothing, or of less."""

import pytest
from django.test import Client

from tests.inline import ADA, BO, Expected, bundle_of, results, told_everywhere, upload_and_import

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(("time", "code"), [("0", "time.zero"), ("-5", "time.negative"), ("0:00.0", "time.zero")])
def test_it_is_no_result(alice_client: Client, time: str, code: str):
    line = ADA.replace("93240", time)
    import_ = upload_and_import(alice_client, bundle_of(results=results(line, BO)))
    assert (import_.outcomes["inserted"], import_.outcomes["rejected"]) == (1, 1)
    told_everywhere(alice_client, import_, Expected(code, line=2, column="time_cs", value=time))
