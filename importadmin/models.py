"""The audit log: who did what, when and why. It outlives the rows it tells about: no foreign keys to them."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now


class AuditEntry(models.Model):
    at = models.DateTimeField(db_default=Now())
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL)
    # e.g. 'import.started', 'import.cancelled', 'course.rated'
    action = models.TextField()
    subject_table = models.TextField(blank=True, default="")
    subject_id = models.TextField(blank=True, default="")
    reason = models.TextField(blank=True, default="")
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    class Meta:
        db_table = "audit_entries"
        indexes = [models.Index(fields=["-at"], name="audit_entries_newest")]
