"""Bundles, imports and what is kept of each: rows, problems, journal."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now


class Bundle(models.Model):
    """One meet's set of CSV files as received. `files` maps kind → {name, storage, size, sha256}.

    `check_report` is what the check page shows: see meets/bundles/check.py for its shape.
    """

    id = models.UUIDField(primary_key=True, db_default=models.Func(function="importadmin.new_id"))
    name = models.TextField()
    content_hash = models.TextField(db_index=True)
    files = models.JSONField(default=dict)
    check_report = models.JSONField(default=dict)
    answers = models.JSONField(default=dict)
    size_bytes = models.BigIntegerField(default=0)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL)
    uploaded_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "bundles"

    def __str__(self) -> str:
        return self.name


class State(models.TextChoices):
    """States of an import. Transitions are conditional UPDATEs in meets/jobs/states.py and nowhere else."""

    QUEUED = "queued", "Waiting for a worker"
    RUNNING = "running", "Running"
    NEEDS_ANSWER = "needs_answer", "Needs an answer"
    DONE = "done", "Done"
    FAILED = "failed", "Failed"
    CANCELLED = "cancelled", "Cancelled"


ACTIVE = (State.QUEUED, State.RUNNING)
TERMINAL = (State.DONE, State.FAILED, State.CANCELLED)


class Mode(models.TextChoices):
    IMPORT = "import", "Import"
    PREVIEW = "preview", "Preview"


class FailureKind(models.TextChoices):
    """Why an import failed: the file (a person mends it) reads differently from a crash (an operator looks)."""

    BAD_FILE = "bad_file", "The files need repair"
    CRASH = "crash", "Something broke on our side"


class Stage(models.TextChoices):
    RECEIVE = "receive", "Receive"
    READ = "read", "Read"
    STAGE = "stage", "Stage"
    RESOLVE = "resolve", "Resolve"
    APPLY = "apply", "Apply"
    RECONCILE = "reconcile", "Reconcile"
    REFRESH = "refresh", "Refresh"
    FINISH = "finish", "Finish"


class Import(models.Model):
    """One run of a bundle. The truth about a job; Redis only wakes workers."""

    id = models.UUIDField(primary_key=True, db_default=models.Func(function="importadmin.new_id"))
    bundle = models.ForeignKey(Bundle, on_delete=models.PROTECT, related_name="imports")
    # 'an:<athletic.net id>' or 'id:<uuid>': exists before the meet does, unique while active.
    meet_key = models.TextField()
    meet_id = models.UUIDField(null=True, db_index=True)
    mode = models.TextField(choices=Mode, default=Mode.IMPORT)
    state = models.TextField(choices=State, default=State.QUEUED)
    attempt = models.IntegerField(default=0)
    # How often a worker may still take it up by itself; a person's retry fills it again.
    attempts_left = models.SmallIntegerField(default=5)
    worker = models.TextField(blank=True, default="")
    lease_until = models.DateTimeField(null=True)
    cancel_requested = models.BooleanField(default=False)
    waiting_for = models.TextField(blank=True, default="")
    stage = models.TextField(choices=Stage, blank=True, default="")
    stage_rows = models.BigIntegerField(default=0)
    stage_total = models.BigIntegerField(default=0)
    # [{name, seconds, rows}]
    stages = models.JSONField(default=list)
    # {outcome: rows}
    outcomes = models.JSONField(default=dict)
    answers = models.JSONField(default=dict)
    questions = models.JSONField(default=list)
    # created counts, records that changed hands, comparison before and after: meets/pipeline/report.py
    report = models.JSONField(default=dict)
    failure_kind = models.TextField(choices=FailureKind, blank=True, default="")
    failure = models.TextField(blank=True, default="")
    lines = models.BigIntegerField(default=0)
    seconds = models.FloatField(null=True)
    peak_rss_mb = models.FloatField(null=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL)
    created_at = models.DateTimeField(db_default=Now())
    enqueued_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "imports"
        constraints = [
            models.UniqueConstraint(
                fields=["meet_key"],
                condition=models.Q(state__in=["queued", "running"]),
                name="imports_one_active_per_meet",
            )
        ]
        indexes = [
            models.Index(fields=["state", "lease_until"], name="imports_state_lease"),
            models.Index(fields=["-created_at"], name="imports_newest"),
        ]


class Outcome(models.TextChoices):
    """The one state an import row ends in (labels are the words on screen)."""

    INSERTED = "inserted", "Added"
    ALREADY_PRESENT = "already_present", "Already there"
    VARIANT_PRESENT = "variant_present", "There under another spelling"
    HELD = "held", "Waiting for review"
    SKIPPED = "skipped", "No time"
    REJECTED = "rejected", "Needs repair"
    REPEATED = "repeated", "Same line twice"
    DISMISSED = "dismissed", "Set aside"


class ImportRow(models.Model):
    """One line of results.csv, kept. `line` is its first physical line, `raw` the text as written."""

    pk = models.CompositePrimaryKey("import_id", "line")
    import_id = models.UUIDField()
    line = models.IntegerField()
    line_last = models.IntegerField()
    outcome = models.TextField(choices=Outcome)
    race_id = models.UUIDField(null=True)
    athlete_id = models.UUIDField(null=True)
    result_id = models.UUIDField(null=True)
    school_id = models.UUIDField(null=True)
    athlete_name = models.TextField()
    time_cs = models.IntegerField(null=True)
    place = models.IntegerField(null=True)
    grade = models.SmallIntegerField(null=True)
    raw = models.TextField()

    class Meta:
        db_table = "import_rows"
        # Rows follow their result wherever a merge or a decision takes it.
        indexes = [
            models.Index(fields=["result_id"], name="import_rows_result", condition=models.Q(result_id__isnull=False))
        ]


class ImportProblem(models.Model):
    """An error or warning of one import, with its place and remedy. Also of files other than results.csv."""

    import_id = models.UUIDField(db_index=True)
    code = models.TextField()
    severity = models.TextField(default="error")
    file = models.TextField()
    line = models.IntegerField(null=True)
    line_last = models.IntegerField(null=True)
    column = models.TextField(blank=True, default="")
    value = models.TextField(blank=True, default="")
    message = models.TextField()
    remedy = models.TextField(blank=True, default="")

    class Meta:
        db_table = "import_problems"


class JournalEntry(models.Model):
    """One row that an import created (old is null) or filled. Inserted results are told by import_rows;
    the view `journal` shows both."""

    import_id = models.UUIDField(db_index=True)
    table_name = models.TextField()
    row_id = models.UUIDField()
    old = models.JSONField(null=True)
    new = models.JSONField(null=True)

    class Meta:
        db_table = "import_journal"
