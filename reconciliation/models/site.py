"""The site's two tables of possible duplicates, written along as far as they can hold what a case holds."""

from django.db import models
from django.db.models.functions import Now


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
