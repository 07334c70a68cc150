"""The site's derived tables. Only the database writes them (meets/sql/derived/)."""

from django.db import models

from meets.models.mirrored import Athlete, Course, Gender, Mirrored, School


class AthleteBestTimes(Mirrored):
    athlete = models.ForeignKey(Athlete, on_delete=models.DO_NOTHING)
    season_year = models.IntegerField()
    season_best_time_cs = models.IntegerField()
    season_best_normalized_cs = models.IntegerField(null=True)
    season_best_result_id = models.UUIDField(null=True)
    season_best_course_id = models.UUIDField(null=True)
    season_best_race_distance_meters = models.IntegerField(null=True)
    alltime_best_time_cs = models.IntegerField()
    alltime_best_normalized_cs = models.IntegerField(null=True)
    alltime_best_result_id = models.UUIDField(null=True)
    alltime_best_course_id = models.UUIDField(null=True)
    alltime_best_race_distance_meters = models.IntegerField(null=True)

    class Meta:
        db_table = "athlete_best_times"


class CourseRecord(Mirrored):
    course = models.ForeignKey(Course, on_delete=models.DO_NOTHING)
    gender = models.TextField(choices=Gender)
    athlete = models.ForeignKey(Athlete, on_delete=models.DO_NOTHING)
    result_id = models.UUIDField()
    time_cs = models.IntegerField()
    athlete_name = models.TextField()
    athlete_grad_year = models.IntegerField()
    school_id = models.UUIDField()
    school_name = models.TextField()
    meet_id = models.UUIDField()
    meet_name = models.TextField()
    meet_date = models.DateField()
    race_id = models.UUIDField()
    rank = models.IntegerField()

    class Meta:
        db_table = "course_records"


class SchoolHallOfFame(Mirrored):
    school = models.ForeignKey(School, on_delete=models.DO_NOTHING)
    gender = models.TextField(choices=Gender)
    athlete = models.ForeignKey(Athlete, on_delete=models.DO_NOTHING)
    athlete_name = models.TextField()
    athlete_grad_year = models.IntegerField()
    result_id = models.UUIDField()
    time_cs = models.IntegerField()
    normalized_time_cs = models.IntegerField()
    course_id = models.UUIDField()
    course_name = models.TextField()
    meet_id = models.UUIDField()
    meet_name = models.TextField()
    meet_date = models.DateField()
    race_id = models.UUIDField()
    season_year = models.IntegerField()
    rank = models.IntegerField()

    class Meta:
        db_table = "school_hall_of_fame"


class SchoolCourseRecord(Mirrored):
    school = models.ForeignKey(School, on_delete=models.DO_NOTHING)
    course = models.ForeignKey(Course, on_delete=models.DO_NOTHING)
    gender = models.TextField(choices=Gender)
    grade = models.IntegerField()
    athlete = models.ForeignKey(Athlete, on_delete=models.DO_NOTHING)
    result_id = models.UUIDField()
    time_cs = models.IntegerField()
    athlete_name = models.TextField()
    athlete_grad_year = models.IntegerField()
    meet_id = models.UUIDField()
    meet_name = models.TextField()
    meet_date = models.DateField()
    race_id = models.UUIDField()
    season_year = models.IntegerField()

    class Meta:
        db_table = "school_course_records"
