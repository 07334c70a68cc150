"""What reviewers have said about pairs of people, so that nobody is asked the same twice."""

from django.db import models
from django.db.models.functions import Now


class RememberedPair(models.Model):
    """Two people whom a reviewer called different. `left_key` < `right_key`, compared as text.

    A key is an athlete's id, or `person_key(...)` of a person whom only a CSV speaks of (SQL function
    `importadmin.person_key(school_id, name_key, grad_year, gender)`). `importadmin.told_apart(key, key)` asks.
    """

    left_key = models.TextField()
    right_key = models.TextField(db_index=True)
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
