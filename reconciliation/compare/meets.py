"""Which meet an operator means: a UUID or an athletic.net id."""

from uuid import UUID

from django.core.management.base import CommandError

from meets.models import Meet


def find_meet(name: str) -> Meet:
    try:
        found = list(Meet.objects.filter(pk=UUID(name)))
    except ValueError:
        found = list(Meet.objects.filter(athletic_net_id=name).order_by("meet_date"))
    if not found:
        raise CommandError(f"There is no meet {name}: give its id in the database or its athletic.net id.")
    if len(found) > 1:
        # meets.athletic_net_id is not unique at the site.
        ids = ", ".join(f"{meet.pk} ({meet.name})" for meet in found)
        raise CommandError(f"{len(found)} meets have the athletic.net id {name}: choose one of {ids}.")
    return found[0]
