"""Decisions: who decided what, when, why, and every row that it changed. Append-only; the database refuses else."""

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Now


class Answer(models.TextChoices):
    """What can be answered. Which answers a case takes: reconciliation.actions.answers.answers_for(case)."""

    SAME = "same", "Same person"
    DIFFERENT = "different", "Different people"
    OTHER = "other", "Another athlete"
    MERGE = "merge", "Merge"
    APART = "apart", "Keep apart"
    KEEP = "keep", "Keep this time"
    BOTH = "both", "Both are right"
    ADD = "add", "Add to the athlete"
    CREATE = "create", "Create the athlete and add"
    SPELLING = "spelling", "Same result, other spelling"
    REMOVE = "remove", "Remove it"
    LEAVE = "leave", "Leave it"
    DISMISS = "dismiss", "Set aside"
    UNDO = "undo", "Undo"


class Decision(models.Model):
    """One decision. It outlives the rows it tells about: ids without foreign keys, names as they were.

    summary: one sentence in the past tense. before/after: {case: {status}, athletes: [{id, name, ...}], ...}
    athlete_ids: everybody whom it touched, gone ones too (an athlete's history). batch: decisions given at one stroke.
    undoes: the decision that this one took back; each is taken back at most once.
    """

    id = models.UUIDField(primary_key=True, db_default=models.Func(function="importadmin.new_id"))
    at = models.DateTimeField(db_default=Now())
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL)
    user_name = models.TextField(blank=True, default="")
    answer = models.TextField(choices=Answer)
    case_id = models.UUIDField(null=True, db_index=True)
    case_kind = models.TextField(blank=True, default="")
    question = models.TextField(blank=True, default="")
    meet_id = models.UUIDField(null=True, db_index=True)
    athlete_ids: Any = ArrayField(models.UUIDField(), default=list)
    reason = models.TextField(blank=True, default="")
    summary = models.TextField(blank=True, default="")
    vetoes = models.JSONField(default=list)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    batch = models.UUIDField(null=True, db_index=True)
    undoes = models.OneToOneField(
        "self", null=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="undone_by"
    )

    class Meta:
        db_table = "decisions"
        indexes = [
            models.Index(fields=["-at", "-id"], name="decisions_newest"),
            GinIndex(fields=["athlete_ids"], name="decisions_athlete_ids"),
        ]

    def __str__(self) -> str:
        return self.summary or self.get_answer_display()

    @property
    def undo(self) -> "Decision | None":
        """The decision that took this one back, if any."""
        return getattr(self, "undone_by", None)


class DecisionChange(models.Model):
    """One row that a decision changed: the whole row before (null: it made it) and after (null: it took it away).

    row_key: {column: value} of the table's key.
    """

    id = models.BigAutoField(primary_key=True)
    decision = models.ForeignKey(Decision, on_delete=models.DO_NOTHING, db_constraint=False, related_name="changes")
    table_name = models.TextField()
    row_key = models.JSONField()
    old = models.JSONField(null=True)
    new = models.JSONField(null=True)

    class Meta:
        db_table = "decision_changes"
        indexes = [models.Index("table_name", models.F("row_key"), name="decision_changes_row")]
