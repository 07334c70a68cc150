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
    """Another spelling under which an athlete has been seen and accepted.

    A school, grad year or gender given here is the CSV's where it differs from the athlete's own (an old school, a
    slip in the grade): the import then finds the athlete under those too. Null means: as the athlete has it.
    """

    athlete_id = models.UUIDField()
    name = models.TextField()
    name_key = models.TextField()
    school_id = models.UUIDField(null=True)
    grad_year = models.IntegerField(null=True)
    gender = models.TextField(null=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "athlete_aliases"
        constraints = [
            models.UniqueConstraint(
                "athlete_id",
                "name",
                "school_id",
                "grad_year",
                "gender",
                name="athlete_aliases_athlete_name_key",
                nulls_distinct=False,
            )
        ]
        indexes = [models.Index(fields=["name_key"], name="athlete_aliases_name_key")]


class SetAsideLine(models.Model):
    """A CSV line that a reviewer set aside, by what it says: every import of the meet sets it aside again."""

    meet_id = models.UUIDField()
    race_id = models.UUIDField()
    time_cs = models.IntegerField()
    school_id = models.UUIDField()
    name_key = models.TextField()
    reason = models.TextField(blank=True, default="")
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "set_aside_lines"
        constraints = [
            models.UniqueConstraint(
                "meet_id", "race_id", "time_cs", "school_id", "name_key", name="set_aside_lines_line_key"
            )
        ]


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
