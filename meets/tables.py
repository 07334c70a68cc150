"""Tables of meets and athletes."""

from typing import Any

import django_tables2 as tables
from django.utils.html import format_html

from importadmin.tables import NUM
from importadmin.templatetags.words import day, gender_label, thousands
from meets.models import Athlete


class MeetTable(tables.Table):
    name = tables.Column(linkify=("meet", {"pk": tables.A("pk")}), verbose_name="Meet")
    meet_date = tables.Column(verbose_name="Date", attrs={"td": {"class": "nowrap"}})
    venue = tables.Column(verbose_name="Venue", default="–", order_by="venue__name")
    season_year = tables.Column(verbose_name="Season", attrs=NUM)
    result_count = tables.Column(verbose_name="Results", attrs=NUM)
    waiting = tables.Column(verbose_name="Waiting for review", attrs=NUM)
    last_import = tables.Column(verbose_name="Last import", default="not by this app", orderable=False)

    class Meta:
        order_by = "-meet_date"
        empty_text = "No meet matches. Upload a bundle to bring one in, or choose another season."

    def render_meet_date(self, value: Any) -> str:
        return day(value)

    def render_season_year(self, value: int) -> str:
        return str(value)

    def render_result_count(self, value: int) -> str:
        return thousands(value)

    def render_waiting(self, value: int, record: Any) -> Any:
        if not value:
            return "–"
        return format_html('<a class="count count-waiting" href="/review/?meet={}">{}</a>', record.pk, thousands(value))

    def render_last_import(self, value: Any) -> str:
        return day(value)


class AthleteTable(tables.Table):
    name = tables.Column(linkify=("athlete", {"pk": tables.A("pk")}), order_by="name_key", verbose_name="Name")
    school = tables.Column(verbose_name="School", orderable=False)
    grad_year = tables.Column(verbose_name="Graduates", attrs=NUM)
    gender = tables.Column(verbose_name="Gender", orderable=False)
    slug = tables.Column(verbose_name="Address at the site", orderable=False, default="–")

    class Meta:
        order_by = "name"
        empty_text = "No athlete matches. Try the last name alone, or another school."

    def render_school(self, record: Athlete) -> Any:
        return format_html('<a href="?school={}">{}</a>', record.school_id, record.school.name)

    def render_grad_year(self, value: int) -> str:
        return str(value)

    def render_gender(self, record: Athlete) -> str:
        return gender_label(record.gender)

    def render_slug(self, value: str) -> Any:
        return format_html('<span class="muted">{}</span>', value)
