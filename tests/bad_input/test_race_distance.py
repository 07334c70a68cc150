"""A race without a distance."""

import pytest
from django.test import Client
from django.urls import reverse

from meets.models import Race
from tests.inline import FILES, Expected, bundle_of, told_everywhere, upload, upload_and_import

pytestmark = pytest.mark.django_db(transaction=True)


RACES = (
    FILES["races.csv"]
    .replace("Womens Varsity,F,5000", "Womens 4,000 Meters,F,0")
    .replace("Womens 4,000 Meters", '"Womens 4,000 Meters"')
)
OFFERED = Expected("distance.offered", "races.csv", 2, "distance_meters", "0")


def test_what_the_name_says_is_offered_and_not_taken(alice_client: Client):
    import_ = upload_and_import(alice_client, bundle_of(races=RACES))
    assert import_.outcomes["inserted"] == 2
    assert Race.objects.get(gender="F").distance_meters == 0
    told_everywhere(alice_client, import_, OFFERED)


def test_the_check_page_says_the_same(alice_client: Client):
    bundle = upload(alice_client, bundle_of(races=RACES))
    OFFERED.on_page(alice_client.get(reverse("bundle-check", args=[bundle.pk])).content.decode())
