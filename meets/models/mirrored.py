"""The site's own tables, mirrored: same names, columns and keys (docs/architecture.md, "Two schemas").

Their DDL is SQL (meets/sql/mirrored/), because the site also writes them and relies on database defaults and
ON DELETE CASCADE; Django only knows their shape.
"""

from django.db import models
from django.db.models.functions import Now


class Gender(models.TextChoices):
    MALE = "M", "Boys"
    FEMALE = "F", "Girls"


class Mirrored(models.Model):
    """A row of a mirrored table; the database makes the key (time-ordered UUID) and both times."""

    id = models.UUIDField(primary_key=True, db_default=models.Func(function="importadmin.new_id"))
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    updated_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        abstract = True


class Venue(Mirrored):
    name = models.TextField(unique=True)
    city = models.TextField(null=True, blank=True)
    state = models.TextField(null=True, blank=True, db_default="CA")
    athletic_net_id = models.TextField(null=True, blank=True, unique=True)
    notes = models.TextField(null=True, blank=True)

    class Meta:
        db_table = "venues"

    def __str__(self) -> str:
        return self.name


class Course(Mirrored):
    name = models.TextField()
    location = models.TextField(null=True, blank=True)
    venue = models.ForeignKey(Venue, on_delete=models.DO_NOTHING)
    # 0 means unknown: the site's column is NOT NULL.
    distance_meters = models.IntegerField(db_default=0)
    distance_display = models.TextField(null=True, blank=True)
    difficulty_rating = models.DecimalField(max_digits=14, decimal_places=9, null=True, blank=True)
    athletic_net_id = models.TextField(null=True, blank=True, unique=True)
    notes = models.TextField(null=True, blank=True)

    class Meta:
        db_table = "courses"

    def __str__(self) -> str:
        return self.name


class MeetType(models.TextChoices):
    INVITATIONAL = "invitational"
    DUAL = "dual"
    LEAGUE = "league"
    CHAMPIONSHIP = "championship"
    SCRIMMAGE = "scrimmage"


class Meet(Mirrored):
    name = models.TextField()
    meet_date = models.DateField()
    season_year = models.IntegerField()
    venue = models.ForeignKey(Venue, on_delete=models.DO_NOTHING, null=True, blank=True)
    meet_type = models.TextField(null=True, blank=True, choices=MeetType)
    athletic_net_url = models.TextField(null=True, blank=True)
    athletic_net_id = models.TextField(null=True, blank=True)
    notes = models.TextField(null=True, blank=True)
    result_count = models.IntegerField(db_default=0, editable=False)

    class Meta:
        db_table = "meets"

    def __str__(self) -> str:
        return self.name


class Race(models.Model):
    id = models.UUIDField(primary_key=True, db_default=models.Func(function="importadmin.new_id"))
    meet = models.ForeignKey(Meet, on_delete=models.DO_NOTHING)
    course = models.ForeignKey(Course, on_delete=models.DO_NOTHING, null=True, blank=True)
    name = models.TextField()
    gender = models.TextField(choices=Gender)
    division = models.TextField(null=True, blank=True)
    # 0 means unknown: the site's column is NOT NULL.
    distance_meters = models.IntegerField(db_default=0)
    athletic_net_id = models.TextField(null=True, blank=True)
    athletic_net_race_id = models.TextField(null=True, blank=True)
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        db_table = "races"
        constraints = [models.UniqueConstraint("meet", "name", "gender", name="races_meet_id_name_gender_key")]

    def __str__(self) -> str:
        return self.name


class School(Mirrored):
    name = models.TextField(unique=True)
    short_name = models.TextField(null=True, blank=True)
    city = models.TextField(null=True, blank=True)
    state = models.TextField(null=True, blank=True, db_default="CA")
    league = models.TextField(null=True, blank=True)
    subleague = models.TextField(null=True, blank=True)
    cif_division = models.TextField(null=True, blank=True)
    athletic_net_id = models.TextField(null=True, blank=True)

    class Meta:
        db_table = "schools"

    def __str__(self) -> str:
        return self.name


class Athlete(Mirrored):
    school = models.ForeignKey(School, on_delete=models.DO_NOTHING)
    name = models.TextField()
    first_name = models.TextField(null=True, blank=True)
    last_name = models.TextField(null=True, blank=True)
    grad_year = models.IntegerField()
    gender = models.TextField(choices=Gender)
    slug = models.TextField(null=True, blank=True, unique=True)
    athletic_net_id = models.TextField(null=True, blank=True)
    is_active = models.BooleanField(db_default=True)
    # Ours, additive: name_key(name), kept by a trigger.
    name_key = models.TextField(null=True, blank=True, editable=False)

    class Meta:
        db_table = "athletes"

    def __str__(self) -> str:
        return self.name


class Result(Mirrored):
    athlete = models.ForeignKey(Athlete, on_delete=models.DO_NOTHING)
    meet = models.ForeignKey(Meet, on_delete=models.DO_NOTHING)
    race = models.ForeignKey(Race, on_delete=models.DO_NOTHING, null=True, blank=True)
    time_cs = models.IntegerField()
    normalized_time_cs = models.IntegerField(null=True, blank=True)
    place_overall = models.IntegerField(null=True, blank=True)
    place_gender = models.IntegerField(null=True, blank=True)
    place_team = models.IntegerField(null=True, blank=True)
    scored = models.BooleanField(null=True, blank=True)
    is_pr = models.BooleanField(null=True, blank=True)
    is_sb = models.BooleanField(null=True, blank=True)
    data_source = models.TextField()
    validation_status = models.TextField(null=True, blank=True)
    notes = models.TextField(null=True, blank=True)
    # Ours, additive: the name as the CSV wrote it, and the import that wrote the row.
    source_name = models.TextField(null=True, blank=True)
    import_id = models.UUIDField(null=True, blank=True)

    class Meta:
        db_table = "results"
        constraints = [
            models.UniqueConstraint(
                "athlete",
                "meet",
                "race",
                "time_cs",
                "data_source",
                name="results_athlete_id_meet_id_race_id_time_cs_data_source_key",
            )
        ]
