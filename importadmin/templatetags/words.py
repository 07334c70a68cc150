"""Words and figures as people read them, available in every template without {% load %}."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from importadmin.icons import ICONS, svg

register = template.Library()

EMPTY = "–"
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
BADGE_ICONS = {"good": "check", "warn": "alert", "bad": "cross", "info": "clock", "busy": "spinner", "quiet": "minus"}


@register.filter
def race_time(centiseconds: int | None) -> str:
    """15:32.40, or 1:02:33.00 from an hour on."""
    if centiseconds is None or centiseconds == "":
        return EMPTY
    rest, hundredths = divmod(int(centiseconds), 100)
    minutes, seconds = divmod(rest, 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours}:{minutes:02}:{seconds:02}.{hundredths:02}"
    return f"{minutes}:{seconds:02}.{hundredths:02}"


@register.filter
def day(value: date | datetime | str | None) -> str:
    """11 Oct 2025, in every locale the same."""
    if not value:
        return EMPTY
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            return str(value)
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


@register.filter
def thousands(value: Any) -> str:
    """4,655; a dash for nothing known."""
    if value is None or value == "":
        return EMPTY
    return f"{int(value):,}"


@register.filter
def outcome_label(outcome: str) -> str:
    from meets.models import Outcome

    return Outcome(outcome).label if outcome in Outcome.values else outcome


@register.filter
def gender_label(gender: str | None) -> str:
    return {"M": "Boys", "F": "Girls"}.get(gender or "", EMPTY)


@register.filter
def distance(meters: int | None) -> str:
    """5,000 m; 0 means unknown."""
    return f"{int(meters):,} m" if meters else EMPTY


@register.filter
def normal(value: Decimal) -> str:
    """1.14, not 1.140000000."""
    return f"{value.normalize():f}"


@register.simple_tag
def icon(name: str, css_class: str = "icon") -> SafeString:
    return svg(name, css_class)


@register.simple_tag
def badge(kind: str, label: str) -> SafeString:
    """Colour, icon and words together: colour alone never carries the meaning."""
    picture = BADGE_ICONS.get(kind, "")
    return format_html(
        '<span class="badge badge-{}">{}{}</span>', kind, svg(picture, "") if picture in ICONS else "", label
    )


@register.simple_tag(takes_context=True)
def query(context: dict[str, Any], **changes: Any) -> str:
    """The page's own query string with some values changed; '' takes a key out."""
    params = context["request"].GET.copy()
    for key, value in changes.items():
        if value in (None, ""):
            params.pop(key, None)
        else:
            params[key] = str(value)
    return f"?{params.urlencode()}"
