"""What the matcher keeps: versions of its weights, and its searches through the whole database."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now


class MatchingWeights(models.Model):
    """One version of the weights. It does nothing until an admin accepts it; the last accepted one is in force.

    weights: `Weights.to_json()`. report: what reviewers said per band of scores, see
    reconciliation/matching/calibrate.py.
    """

    version = models.TextField(unique=True)
    weights = models.JSONField()
    report = models.JSONField(default=dict)
    created_at = models.DateTimeField(db_default=Now())
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="accepted_weights"
    )

    class Meta:
        db_table = "matching_weights"
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.version


class ScanState(models.TextChoices):
    QUEUED = "queued", "Waiting"
    RUNNING = "running", "Running"
    DONE = "done", "Done"
    FAILED = "failed", "Failed"


class Scan(models.Model):
    """One search for athletes who are stored twice. `done` of `total` athletes; figures at the end."""

    id = models.UUIDField(primary_key=True, db_default=models.Func(function="importadmin.new_id"))
    school_id = models.UUIDField(null=True)
    since = models.DateField(null=True)
    state = models.TextField(choices=ScanState, default=ScanState.QUEUED)
    done = models.IntegerField(default=0)
    total = models.IntegerField(default=0)
    figures = models.JSONField(default=dict)
    failure = models.TextField(blank=True, default="")
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(db_default=Now())
    seen_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "scans"
        ordering = ["-created_at"]
        constraints = [
            # One at a time: two would ask the same questions.
            models.UniqueConstraint(
                models.Value(1), condition=models.Q(state__in=["queued", "running"]), name="scans_one_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"Search of {self.created_at:%Y-%m-%d %H:%M}"
