"""What the app remembers about who is who, beside the site's own athletes table."""

from django.db import models
from django.db.models.functions import Now


class SlugRedirect(models.Model):
    """A slug that no athlete carries any more and the athlete it leads to. Always flat: never to another redirect."""

    slug = models.TextField(primary_key=True)
    athlete_id = models.UUIDField(db_index=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "slug_redirects"


class AthleteAlias(models.Model):
    """Another spelling under which an athlete has been seen and accepted."""

    athlete_id = models.UUIDField()
    name = models.TextField()
    name_key = models.TextField()
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "athlete_aliases"
        constraints = [models.UniqueConstraint("athlete_id", "name", name="athlete_aliases_athlete_name_key")]
        indexes = [models.Index(fields=["name_key"], name="athlete_aliases_name_key")]


class SchoolAlias(models.Model):
    """Another spelling of a school, answered once: the next bundle finds the school under it."""

    school_id = models.UUIDField(db_index=True)
    name = models.TextField(unique=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "school_aliases"


class HeaderMapping(models.Model):
    """An unknown column header that a person assigned once; later bundles use it by themselves."""

    file_kind = models.TextField()
    header = models.TextField()
    # '' means: ignore this column.
    field = models.TextField(blank=True)
    confirmed_by = models.ForeignKey("auth.User", null=True, on_delete=models.SET_NULL)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "header_mappings"
        constraints = [models.UniqueConstraint("file_kind", "header", name="header_mappings_kind_header_key")]
