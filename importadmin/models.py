"""The audit log, and what slows guessing at sign-in."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Now


class AuditEntry(models.Model):
    """Who did what, when and why. It outlives the rows it tells about: no foreign keys to them.

    Written by importadmin.audit.record and by nothing else; a trigger keeps what stands there.
    """

    at = models.DateTimeField(db_default=Now())
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL)
    # What did it when nobody was signed in: 'command line', 'nightly schedule'.
    who = models.TextField(blank=True, default="", db_default="")
    # thing.done, e.g. 'import.started', 'course.rated': importadmin.audit.THINGS
    action = models.TextField()
    subject_table = models.TextField(blank=True, default="")
    subject_id = models.TextField(blank=True, default="")
    meet_id = models.UUIDField(null=True)
    athlete_ids = ArrayField(models.UUIDField(), default=list, db_default=models.Value("{}"))
    reason = models.TextField(blank=True, default="")
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    @property
    def words(self) -> str:
        """'person.role_changed' → 'Person role changed'"""
        return self.action.replace(".", " ").replace("_", " ").capitalize()

    class Meta:
        db_table = "audit_entries"
        indexes = [
            models.Index(fields=["-at"], name="audit_entries_newest"),
            models.Index(fields=["actor", "-at"], name="audit_entries_actor"),
            models.Index(
                fields=["meet_id", "-at"], name="audit_entries_meet", condition=models.Q(meet_id__isnull=False)
            ),
            models.Index(fields=["subject_table", "subject_id"], name="audit_entries_subject"),
            GinIndex(fields=["athlete_ids"], name="audit_entries_athletes"),
        ]


class SignInAttempt(models.Model):
    """Failures counted under one key, an account's or an address's: importadmin/people/throttle.py."""

    key = models.TextField(primary_key=True)
    failures = models.IntegerField()
    last_at = models.DateTimeField()
    next_at = models.DateTimeField()

    class Meta:
        db_table = "sign_in_attempts"
