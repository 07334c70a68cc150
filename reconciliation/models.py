"""Cases: questions that a machine must not answer, and the site's two tables that mirror some of them."""

from django.db import models
from django.db.models.functions import Now


class CaseKind(models.TextChoices):
    SLUG_COLLISION = "slug_collision", "Same web address"
    NAME_VARIANT = "name_variant", "Other spelling?"
    SIMILAR_ATHLETE = "similar_athlete", "Same person?"
    AMBIGUOUS_NAMESAKE = "ambiguous_namesake", "Which namesake?"
    ID_CONFLICT = "id_conflict", "Number points to somebody else"
    NO_GRADE = "no_grade", "No grade given"
    TWO_TIMES = "two_times", "Two times in one race"


class CaseStatus(models.TextChoices):
    OPEN = "open", "Open"
    ANSWERED = "answered", "Answered"
    OBSOLETE = "obsolete", "No longer asked"


class Case(models.Model):
    """A question for a reviewer. One per fingerprint: the same question is never asked twice at a time.

    subject: {name, first_name, last_name, school_id, school, grad_year, grade, gender, ...}: whom the CSV speaks of
    candidates: [{athlete_id, name, grad_year, gender, slug, score, supports[], vetoes[]}], likeliest first
    evidence: what the question rests on; its hash tells whether there is anything new to ask about
    """

    id = models.UUIDField(primary_key=True, db_default=models.Func(function="importadmin.new_id"))
    kind = models.TextField(choices=CaseKind)
    fingerprint = models.TextField(unique=True)
    status = models.TextField(choices=CaseStatus, default=CaseStatus.OPEN)
    question = models.TextField()
    meet_id = models.UUIDField(null=True, db_index=True)
    school_id = models.UUIDField(null=True)
    race_id = models.UUIDField(null=True)
    subject = models.JSONField(default=dict)
    candidates = models.JSONField(default=list)
    evidence = models.JSONField(default=dict)
    evidence_hash = models.TextField(default="")
    version = models.IntegerField(default=1)
    import_id = models.UUIDField(null=True)
    created_at = models.DateTimeField(db_default=Now())
    updated_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "cases"
        indexes = [models.Index(fields=["status", "created_at"], name="cases_status_created")]


class CaseRow(models.Model):
    """An import row that waits for a case."""

    pk = models.CompositePrimaryKey("import_id", "line")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="rows")
    import_id = models.UUIDField()
    line = models.IntegerField()

    class Meta:
        db_table = "case_rows"


class RememberedPair(models.Model):
    """Two people whom a reviewer called different. `left_key` < `right_key`: athlete ids or subject fingerprints."""

    left_key = models.TextField()
    right_key = models.TextField()
    reason = models.TextField(blank=True, default="")
    evidence_hash = models.TextField(blank=True, default="")
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "remembered_pairs"
        constraints = [
            models.UniqueConstraint("left_key", "right_key", name="remembered_pairs_pair_key"),
            models.CheckConstraint(
                condition=models.Q(left_key__lt=models.F("right_key")), name="remembered_pairs_ordered"
            ),
        ]


class PotentialDuplicateAthlete(models.Model):
    id = models.UUIDField(primary_key=True, db_default=models.Func(function="importadmin.new_id"))
    athlete_id_1 = models.UUIDField()
    athlete_id_2 = models.UUIDField(null=True)
    school_id = models.UUIDField()
    meet_id = models.UUIDField(null=True)
    name_1 = models.CharField(max_length=255)
    name_2 = models.CharField(max_length=255)
    grad_year_1 = models.IntegerField(null=True)
    grad_year_2 = models.IntegerField(null=True)
    gender_1 = models.TextField(null=True)
    gender_2 = models.TextField(null=True)
    conflict_type = models.CharField(max_length=50)
    csv_data = models.JSONField(null=True)
    status = models.CharField(max_length=20, db_default="pending")
    resolution_notes = models.TextField(null=True)
    resolved_at = models.DateTimeField(null=True)
    resolved_by = models.CharField(max_length=255, null=True)
    detected_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "potential_duplicate_athletes"


class PotentialDuplicate(models.Model):
    id = models.UUIDField(primary_key=True, db_default=models.Func(function="importadmin.new_id"))
    result_id_1 = models.UUIDField()
    result_id_2 = models.UUIDField()
    athlete_id = models.UUIDField()
    meet_id = models.UUIDField()
    race_id = models.UUIDField(null=True)
    conflict_type = models.CharField(max_length=50)
    time_1_cs = models.IntegerField()
    time_2_cs = models.IntegerField()
    time_difference_cs = models.IntegerField(null=True)
    status = models.CharField(max_length=20, db_default="pending")

    class Meta:
        db_table = "potential_duplicates"
