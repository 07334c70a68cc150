"""The site's two tables of suspected duplicates. Faked on a database that has them already."""

import django.db.models.functions.datetime
from django.db import migrations, models

from meets import sql


class Migration(migrations.Migration):
    initial = True

    dependencies = [("meets", "0001_mirrored")]

    operations = [
        migrations.RunSQL(
            sql.read("mirrored/duplicates.sql"),
            reverse_sql=migrations.RunSQL.noop,
            state_operations=[
                migrations.CreateModel(
                    name="PotentialDuplicateAthlete",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                db_default=models.Func(function="importadmin.new_id"),
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("athlete_id_1", models.UUIDField()),
                        ("athlete_id_2", models.UUIDField(null=True)),
                        ("school_id", models.UUIDField()),
                        ("meet_id", models.UUIDField(null=True)),
                        ("name_1", models.CharField(max_length=255)),
                        ("name_2", models.CharField(max_length=255)),
                        ("grad_year_1", models.IntegerField(null=True)),
                        ("grad_year_2", models.IntegerField(null=True)),
                        ("gender_1", models.TextField(null=True)),
                        ("gender_2", models.TextField(null=True)),
                        ("conflict_type", models.CharField(max_length=50)),
                        ("csv_data", models.JSONField(null=True)),
                        ("status", models.CharField(db_default="pending", max_length=20)),
                        ("resolution_notes", models.TextField(null=True)),
                        ("resolved_at", models.DateTimeField(null=True)),
                        ("resolved_by", models.CharField(max_length=255, null=True)),
                        (
                            "detected_at",
                            models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                        ),
                    ],
                    options={
                        "db_table": "potential_duplicate_athletes",
                    },
                ),
                migrations.CreateModel(
                    name="PotentialDuplicate",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                db_default=models.Func(function="importadmin.new_id"),
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("result_id_1", models.UUIDField()),
                        ("result_id_2", models.UUIDField()),
                        ("athlete_id", models.UUIDField()),
                        ("meet_id", models.UUIDField()),
                        ("race_id", models.UUIDField(null=True)),
                        ("conflict_type", models.CharField(max_length=50)),
                        ("time_1_cs", models.IntegerField()),
                        ("time_2_cs", models.IntegerField()),
                        ("time_difference_cs", models.IntegerField(null=True)),
                        ("status", models.CharField(db_default="pending", max_length=20)),
                    ],
                    options={
                        "db_table": "potential_duplicates",
                    },
                ),
            ],
        )
    ]
