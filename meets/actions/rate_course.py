"""Give a course its difficulty rating. Normalised times, bests and records follow by the database's triggers."""

from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from importadmin.audit import record
from meets.actions.refused import Refused
from meets.models import Course
from meets.pipeline.lock import take_identity_lock

# 1.0 is a flat track. Known courses lie between 0.9 and 1.4; what lies outside these bounds is a slip of the hand.
LEAST, MOST = Decimal("0.5"), Decimal("3")
DECIMALS = Decimal("0.000000001")


class BadRating(ValueError):
    """What was typed is no rating; the sentence says what is."""


def rate_course(
    *, course_id: UUID, rating: str | Decimal, user: Any, seen: str | None = None, reason: str = ""
) -> Decimal:
    """`seen` is the rating that the person saw ('' for none): whoever was second is told, not overruled."""
    wanted = parse_rating(rating)
    with transaction.atomic():
        with connection.cursor() as cursor:
            # An import that merges into the same derived rows ends first, or waits for us.
            take_identity_lock(cursor)
        course = Course.objects.select_for_update().get(pk=course_id)
        old = course.difficulty_rating
        if seen is not None and seen != ("" if old is None else f"{old.normalize():f}"):
            raise Refused(f"{course.name} was rated {old.normalize():f} in the meantime." if old is not None
                          else f"The rating of {course.name} was taken away in the meantime.")  # fmt: skip
        if old == wanted:
            return wanted
        course.difficulty_rating = wanted
        course.save(update_fields=["difficulty_rating"])
        record(
            user=user,
            kind="course.rated",
            subject=course,
            reason=reason,
            before={"course": course.name, "rating": None if old is None else f"{old.normalize():f}"},
            after={"course": course.name, "rating": f"{wanted.normalize():f}"},
        )
    return wanted


def parse_rating(rating: str | Decimal) -> Decimal:
    try:
        wanted = Decimal(str(rating).strip().replace(",", ".")).quantize(DECIMALS)
        known = LEAST <= wanted <= MOST
    except InvalidOperation:  # NaN gets as far as the comparison
        raise BadRating(f"“{rating}” is no number. Write a rating such as 1.14; 1 is a flat track.") from None
    if not known:
        raise BadRating(f"{rating} is not between {LEAST} and {MOST}. 1 is a flat track, a hilly course about 1.15.")
    return wanted
