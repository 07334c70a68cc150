"""The site's own tables. Faked on a database that has them already (docs/architecture.md)."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

from meets import sql


class Migration(migrations.Migration):
    initial = True

    dependencies = [("importadmin", "0001_initial")]

    operations = [
        migrations.RunSQL(
            sql.read("mirrored/tables.sql", "mirrored/derived.sql"),
            reverse_sql=migrations.RunSQL.noop,
            # Django alone gives neither the defaults nor ON DELETE CASCADE: it only takes note of the shape.
            state_operations=[
                migrations.CreateModel(
                    name="Venue",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                db_default=models.Func(function="importadmin.new_id"),
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        (
                            "created_at",
                            models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                        ),
                        (
                            "updated_at",
                            models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                        ),
                        ("name", models.TextField(unique=True)),
                        ("city", models.TextField(blank=True, null=True)),
                        ("state", models.TextField(blank=True, db_default="CA", null=True)),
                        ("athletic_net_id", models.TextField(blank=True, null=True, unique=True)),
                        ("notes", models.TextField(blank=True, null=True)),
                    ],
                    options={
                        "db_table": "venues",
                    },
                ),
                migrations.CreateModel(
                    name="Course",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                db_default=models.Func(function="importadmin.new_id"),
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        (
                            "created_at",
                            models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                        ),
                        (
                            "updated_at",
                            models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                        ),
                        ("name", models.TextField()),
                        ("location", models.TextField(blank=True, null=True)),
                        (
                            "venue",
                            models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, to="meets.venue"),
                        ),
                        ("distance_meters", models.IntegerField(db_default=0)),
                        ("distance_display", models.TextField(blank=True, null=True)),
                        (
                            "difficulty_rating",
                            models.DecimalField(blank=True, decimal_places=9, max_digits=14, null=True),
                        ),
                        ("athletic_net_id", models.TextField(blank=True, null=True, unique=True)),
                        ("notes", models.TextField(blank=True, null=True)),
                    ],
                    options={
                        "db_table": "courses",
                    },
                ),
                migrations.CreateModel(
                    name="Meet",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                db_default=models.Func(function="importadmin.new_id"),
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        (
                            "created_at",
                            models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                        ),
                        (
                            "updated_at",
                            models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                        ),
                        ("name", models.TextField()),
                        ("meet_date", models.DateField()),
                        ("season_year", models.IntegerField()),
                        (
                            "venue",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                to="meets.venue",
                            ),
                        ),
                        (
                            "meet_type",
                            models.TextField(
                                blank=True,
                                choices=[
                                    ("invitational", "Invitational"),
                                    ("dual", "Dual"),
                                    ("league", "League"),
                                    ("championship", "Championship"),
                                    ("scrimmage", "Scrimmage"),
                                ],
                                null=True,
                            ),
                        ),
                        ("athletic_net_url", models.TextField(blank=True, null=True)),
                        ("athletic_net_id", models.TextField(blank=True, null=True)),
                        ("notes", models.TextField(blank=True, null=True)),
                        ("result_count", models.IntegerField(db_default=0, editable=False)),
                    ],
                    options={
                        "db_table": "meets",
                    },
                ),
                migrations.CreateModel(
                    name="School",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                db_default=models.Func(function="importadmin.new_id"),
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        (
                            "created_at",
                            models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                        ),
                        (
                            "updated_at",
                            models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                        ),
                        ("name", models.TextField(unique=True)),
                        ("short_name", models.TextField(blank=True, null=True)),
                        ("city", models.TextField(blank=True, null=True)),
                        ("state", models.TextField(blank=True, db_default="CA", null=True)),
                        ("league", models.TextField(blank=True, null=True)),
                        ("subleague", models.TextField(blank=True, null=True)),
                        ("cif_division", models.TextField(blank=True, null=True)),
                        ("athletic_net_id", models.TextField(blank=True, null=True)),
                    ],
                    options={
                        "db_table": "schools",
                    },
                ),
                migrations.CreateModel(
                    name="Athlete",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                db_default=models.Func(function="importadmin.new_id"),
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        (
                            "created_at",
                            models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                        ),
                        (
                            "updated_at",
                            models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                        ),
                        (
                            "school",
                            models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, to="meets.school"),
                        ),
                        ("name", models.TextField()),
                        ("first_name", models.TextField(blank=True, null=True)),
                        ("last_name", models.TextField(blank=True, null=True)),
                        ("grad_year", models.IntegerField()),
                        ("gender", models.TextField(choices=[("M", "Boys"), ("F", "Girls")])),
                        ("slug", models.TextField(blank=True, null=True, unique=True)),
                        ("athletic_net_id", models.TextField(blank=True, null=True)),
                        ("is_active", models.BooleanField(db_default=True)),
                    ],
                    options={
                        "db_table": "athletes",
                    },
                ),
                migrations.CreateModel(
                    name="Race",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                db_default=models.Func(function="importadmin.new_id"),
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        (
                            "meet",
                            models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, to="meets.meet"),
                        ),
                        (
                            "course",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                to="meets.course",
                            ),
                        ),
                        ("name", models.TextField()),
                        ("gender", models.TextField(choices=[("M", "Boys"), ("F", "Girls")])),
                        ("division", models.TextField(blank=True, null=True)),
                        ("distance_meters", models.IntegerField(db_default=0)),
                        ("athletic_net_id", models.TextField(blank=True, null=True)),
                        ("athletic_net_race_id", models.TextField(blank=True, null=True)),
                        (
                            "created_at",
                            models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                        ),
                    ],
                    options={
                        "db_table": "races",
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("meet"),
                                models.F("name"),
                                models.F("gender"),
                                name="races_meet_id_name_gender_key",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Result",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                db_default=models.Func(function="importadmin.new_id"),
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        (
                            "created_at",
                            models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                        ),
                        (
                            "updated_at",
                            models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                        ),
                        (
                            "athlete",
                            models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, to="meets.athlete"),
                        ),
                        (
                            "meet",
                            models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, to="meets.meet"),
                        ),
                        (
                            "race",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                to="meets.race",
                            ),
                        ),
                        ("time_cs", models.IntegerField()),
                        ("normalized_time_cs", models.IntegerField(blank=True, null=True)),
                        ("place_overall", models.IntegerField(blank=True, null=True)),
                        ("place_gender", models.IntegerField(blank=True, null=True)),
                        ("place_team", models.IntegerField(blank=True, null=True)),
                        ("scored", models.BooleanField(blank=True, null=True)),
                        ("is_pr", models.BooleanField(blank=True, null=True)),
                        ("is_sb", models.BooleanField(blank=True, null=True)),
                        ("data_source", models.TextField()),
                        ("validation_status", models.TextField(blank=True, null=True)),
                        ("notes", models.TextField(blank=True, null=True)),
                    ],
                    options={
                        "db_table": "results",
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("athlete"),
                                models.F("meet"),
                                models.F("race"),
                                models.F("time_cs"),
                                models.F("data_source"),
                                name="results_athlete_id_meet_id_race_id_time_cs_data_source_key",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AthleteBestTimes",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                db_default=models.Func(function="importadmin.new_id"),
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        (
                            "created_at",
                            models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                        ),
                        (
                            "updated_at",
                            models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                        ),
                        (
                            "athlete",
                            models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, to="meets.athlete"),
                        ),
                        ("season_year", models.IntegerField()),
                        ("season_best_time_cs", models.IntegerField()),
                        ("season_best_normalized_cs", models.IntegerField(null=True)),
                        ("season_best_result_id", models.UUIDField(null=True)),
                        ("season_best_course_id", models.UUIDField(null=True)),
                        ("season_best_race_distance_meters", models.IntegerField(null=True)),
                        ("alltime_best_time_cs", models.IntegerField()),
                        ("alltime_best_normalized_cs", models.IntegerField(null=True)),
                        ("alltime_best_result_id", models.UUIDField(null=True)),
                        ("alltime_best_course_id", models.UUIDField(null=True)),
                        ("alltime_best_race_distance_meters", models.IntegerField(null=True)),
                    ],
                    options={
                        "db_table": "athlete_best_times",
                    },
                ),
                migrations.CreateModel(
                    name="CourseRecord",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                db_default=models.Func(function="importadmin.new_id"),
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        (
                            "created_at",
                            models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                        ),
                        (
                            "updated_at",
                            models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                        ),
                        (
                            "course",
                            models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, to="meets.course"),
                        ),
                        ("gender", models.TextField(choices=[("M", "Boys"), ("F", "Girls")])),
                        (
                            "athlete",
                            models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, to="meets.athlete"),
                        ),
                        ("result_id", models.UUIDField()),
                        ("time_cs", models.IntegerField()),
                        ("athlete_name", models.TextField()),
                        ("athlete_grad_year", models.IntegerField()),
                        ("school_id", models.UUIDField()),
                        ("school_name", models.TextField()),
                        ("meet_id", models.UUIDField()),
                        ("meet_name", models.TextField()),
                        ("meet_date", models.DateField()),
                        ("race_id", models.UUIDField()),
                        ("rank", models.IntegerField()),
                    ],
                    options={
                        "db_table": "course_records",
                    },
                ),
                migrations.CreateModel(
                    name="SchoolHallOfFame",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                db_default=models.Func(function="importadmin.new_id"),
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        (
                            "created_at",
                            models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                        ),
                        (
                            "updated_at",
                            models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                        ),
                        (
                            "school",
                            models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, to="meets.school"),
                        ),
                        ("gender", models.TextField(choices=[("M", "Boys"), ("F", "Girls")])),
                        (
                            "athlete",
                            models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, to="meets.athlete"),
                        ),
                        ("athlete_name", models.TextField()),
                        ("athlete_grad_year", models.IntegerField()),
                        ("result_id", models.UUIDField()),
                        ("time_cs", models.IntegerField()),
                        ("normalized_time_cs", models.IntegerField()),
                        ("course_id", models.UUIDField()),
                        ("course_name", models.TextField()),
                        ("meet_id", models.UUIDField()),
                        ("meet_name", models.TextField()),
                        ("meet_date", models.DateField()),
                        ("race_id", models.UUIDField()),
                        ("season_year", models.IntegerField()),
                        ("rank", models.IntegerField()),
                    ],
                    options={
                        "db_table": "school_hall_of_fame",
                    },
                ),
                migrations.CreateModel(
                    name="SchoolCourseRecord",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                db_default=models.Func(function="importadmin.new_id"),
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        (
                            "created_at",
                            models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                        ),
                        (
                            "updated_at",
                            models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                        ),
                        (
                            "school",
                            models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, to="meets.school"),
                        ),
                        (
                            "course",
                            models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, to="meets.course"),
                        ),
                        ("gender", models.TextField(choices=[("M", "Boys"), ("F", "Girls")])),
                        ("grade", models.IntegerField()),
                        (
                            "athlete",
                            models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, to="meets.athlete"),
                        ),
                        ("result_id", models.UUIDField()),
                        ("time_cs", models.IntegerField()),
                        ("athlete_name", models.TextField()),
                        ("athlete_grad_year", models.IntegerField()),
                        ("meet_id", models.UUIDField()),
                        ("meet_name", models.TextField()),
                        ("meet_date", models.DateField()),
                        ("race_id", models.UUIDField()),
                        ("season_year", models.IntegerField()),
                    ],
                    options={
                        "db_table": "school_course_records",
                    },
                ),
            ],
        )
    ]
