"""Cases: questions that a machine must not answer, the rows that wait for them, and notes on them."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now


class CaseKind(models.TextChoices):
    SLUG_COLLISION = "slug_collision", "Same web address"
    NAME_VARIANT = "name_variant", "Other spelling?"
    SIMILAR_ATHLETE = "similar_athlete", "Same person?"
    AMBIGUOUS_NAMESAKE = "ambiguous_namesake", "Which namesake?"
    ID_CONFLICT = "id_conflict", "Number points to somebody else"
    NO_GRADE = "no_grade", "No grade given"
    POSSIBLE_TRANSFER = "possible_transfer", "Changed school?"
    TWO_TIMES = "two_times", "Two times in one race"
    MISSING_RESULT = "missing_result", "Missing result"
    EXTRA_RESULT = "extra_result", "Extra result"


class CaseStatus(models.TextChoices):
    """Parked is no state: a parked case is still open (its rows still wait), and says for whom."""

    OPEN = "open", "Open"
    ANSWERED = "answered", "Answered"
    DISMISSED = "dismissed", "Set aside"
    OBSOLETE = "obsolete", "No longer asked"


class Case(models.Model):
    """A question for a reviewer. One per fingerprint: the same question is never asked twice at a time.

    subject: {name, first_name, last_name, school_id, school, grad_year, grade, gender, rows[]}: whom the CSV speaks of.
        Where both people exist already (a scan, a possible transfer) it also has `athlete_id`; the answers are then
        *merge* and *keep apart*, and no import row waits. Of an extra result it has `result_id` and `athlete_id`.
    candidates: [{athlete_id, name, grad_year, gender, slug, school, score, supports[], vetoes[]}], likeliest first
    evidence: what the question rests on; its hash tells whether there is anything new to ask about
    version: goes up whenever the facts change; an answer names the version that it was given to
    position: where it stands in the queue; skipping moves it to the end
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
    version = models.IntegerField(default=1, db_default=1)
    import_id = models.UUIDField(null=True)
    created_at = models.DateTimeField(db_default=Now())
    updated_at = models.DateTimeField(db_default=Now())
    position = models.DateTimeField(db_default=Now())
    # The likeliest candidate's score, for "surest first"; null without a candidate. Kept by the database.
    score = models.GeneratedField(
        expression=models.Func(
            models.F("candidates"),
            function="importadmin.first_score",
            output_field=models.FloatField(null=True),
        ),
        output_field=models.FloatField(null=True),
        db_persist=True,
    )
    parked_for = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="parked_cases"
    )
    # Shown to others, binds nobody, expires by itself.
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="claimed_cases"
    )
    claimed_until = models.DateTimeField(null=True)

    class Meta:
        db_table = "cases"
        indexes = [
            models.Index(fields=["status", "created_at"], name="cases_status_created"),
            models.Index(fields=["status", "position", "id"], name="cases_status_position"),
            models.Index(fields=["status", "score", "id"], name="cases_status_score"),
            models.Index(fields=["school_id", "status"], name="cases_school_status"),
            # The queue's counts, its order and its filters out of one narrow index: a case's row is wide.
            models.Index(
                fields=["position", "id"],
                include=["kind", "meet_id", "school_id", "parked_for", "score"],
                condition=models.Q(status="open"),
                name="cases_open_queue",
            ),
        ]

    def __str__(self) -> str:
        return self.question


class CaseRow(models.Model):
    """An import row that waits for a case, or waited: rows stay when the case is answered."""

    pk = models.CompositePrimaryKey("import_id", "line")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="rows")
    import_id = models.UUIDField()
    line = models.IntegerField()

    class Meta:
        db_table = "case_rows"


class CaseNote(models.Model):
    """What somebody wrote down about a case; no answer."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="notes")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL)
    text = models.TextField()
    at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "case_notes"
        ordering = ["at", "id"]
