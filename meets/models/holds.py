"""Records that wait for an admin: a result or a whole race that looks too fast to be true."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now


class HoldKind(models.TextChoices):
    RACE = "race", "A whole field too fast"
    RECORD = "record", "A record beaten by too much"


class HoldStatus(models.TextChoices):
    """OPEN and NO keep the results out of all records, YES and CORRECTED let them in."""

    OPEN = "open", "Waits for an admin"
    YES = "yes", "True: counts"
    NO = "no", "Not true: kept out"
    CORRECTED = "corrected", "Corrected: counts"


class RecordHold(models.Model):
    """One question. Either `race_id` (all of its results) or `result_id` is given.

    figures: what it rests on, see meets/sql/functions/holds.sql
    """

    id = models.UUIDField(primary_key=True, db_default=models.Func(function="importadmin.new_id"))
    kind = models.TextField(choices=HoldKind)
    race_id = models.UUIDField(null=True)
    result_id = models.UUIDField(null=True)
    meet_id = models.UUIDField(db_index=True)
    import_id = models.UUIDField(null=True, db_index=True)
    status = models.TextField(choices=HoldStatus, default=HoldStatus.OPEN)
    figures = models.JSONField(default=dict)
    reason = models.TextField(blank=True, default="")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "record_holds"
        constraints = [
            models.UniqueConstraint(fields=["race_id"], name="record_holds_race"),
            models.UniqueConstraint(fields=["result_id"], name="record_holds_result"),
            models.CheckConstraint(
                condition=models.Q(race_id=None) ^ models.Q(result_id=None), name="record_holds_race_or_result"
            ),
        ]
        indexes = [models.Index(fields=["status", "created_at"], name="record_holds_status")]
