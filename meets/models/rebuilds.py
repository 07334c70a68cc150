"""Rebuilds of the derived tables: one row a run, and the shadow that holds what it would change."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from meets.derived_tables import BY_NAME


class RebuildState(models.TextChoices):
    """States of a rebuild. Transitions are conditional UPDATEs in meets/jobs/rebuild_states.py and nowhere else."""

    QUEUED = "queued", "Waiting for a worker"
    RUNNING = "running", "Running"
    WAITING = "waiting", "Waits for approval"
    DONE = "done", "Done"
    FAILED = "failed", "Failed"
    CANCELLED = "cancelled", "Cancelled"


class Phase(models.TextChoices):
    COMPUTE = "compute", "Work out the difference"
    APPLY = "apply", "Write it"


class Rebuild(models.Model):
    """One run: first the difference is worked out, then, once approved, written.

    tables: names of meets.derived_tables.TABLES, in their order
    difference: {table: {changed, digest, kinds: {kind: rows}, rows, orphans, seconds}}: what the shadow holds
    applied: {table: rows changed}, once written
    """

    id = models.UUIDField(primary_key=True, db_default=models.Func(function="importadmin.new_id"))
    tables = models.JSONField(default=list)
    nightly = models.BooleanField(default=False)
    phase = models.TextField(choices=Phase, default=Phase.COMPUTE)
    state = models.TextField(choices=RebuildState, default=RebuildState.QUEUED)
    difference = models.JSONField(default=dict)
    applied = models.JSONField(default=dict)
    # Why it waits, failed or ended without writing, in a sentence.
    note = models.TextField(blank=True, default="")
    attempt = models.IntegerField(default=0)
    attempts_left = models.SmallIntegerField(default=5)
    worker = models.TextField(blank=True, default="")
    lease_until = models.DateTimeField(null=True)
    cancel_requested = models.BooleanField(default=False)
    waiting_for = models.TextField(blank=True, default="")
    stage = models.TextField(blank=True, default="")
    stage_rows = models.BigIntegerField(default=0)
    stage_total = models.BigIntegerField(default=0)
    stages = models.JSONField(default=list)
    peak_rss_mb = models.FloatField(null=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(db_default=Now())
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    approved_at = models.DateTimeField(null=True)
    enqueued_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    computed_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    compute_seconds = models.FloatField(null=True)
    apply_seconds = models.FloatField(null=True)

    class Meta:
        db_table = "rebuilds"
        constraints = [
            # One at a time: a constant that only active rows have.
            models.UniqueConstraint(
                models.Value(1),
                condition=models.Q(state__in=["queued", "running"]),
                name="rebuilds_one_active",
            )
        ]
        indexes = [models.Index(fields=["-created_at"], name="rebuilds_newest")]

    @property
    def table_labels(self) -> str:
        return ", ".join(BY_NAME[name].label for name in self.tables)

    @property
    def rows_off(self) -> int:
        return sum(int(told["changed"]) for told in self.difference.values())

    @property
    def rows_written(self) -> int:
        return sum(self.applied.values())

    @property
    def seconds(self) -> float | None:
        """Of both halves, without the wait between them."""
        parts = [seconds for seconds in (self.compute_seconds, self.apply_seconds) if seconds is not None]
        return sum(parts) if parts else None


class ChangeKind(models.TextChoices):
    HANDS = "hands", "Changes hands"
    ADDED = "added", "Added"
    REMOVED = "removed", "Removed"
    CHANGED = "changed", "Corrected"


class RebuildChange(models.Model):
    """The shadow: one row that a rebuild would write. `was` and `becomes` are kept for the first of each table."""

    rebuild = models.ForeignKey(Rebuild, on_delete=models.CASCADE, related_name="changes")
    derived = models.TextField()
    kind = models.TextField(choices=ChangeKind)
    # The athlete, course, school or result whose rows they are.
    subject_id = models.UUIDField()
    place = models.IntegerField()
    was = models.JSONField(null=True)
    becomes = models.JSONField(null=True)

    class Meta:
        db_table = "rebuild_changes"
        indexes = [models.Index(fields=["rebuild", "derived", "place"], name="rebuild_changes_place")]
