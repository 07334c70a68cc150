"""What a review leaves for later imports: lines set aside, and where an accepted spelling holds."""

import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("meets", "0005_derived"),
    ]

    operations = [
        migrations.CreateModel(
            name="SetAsideLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("meet_id", models.UUIDField()),
                ("race_id", models.UUIDField()),
                ("time_cs", models.IntegerField()),
                ("school_id", models.UUIDField()),
                ("name_key", models.TextField()),
                ("reason", models.TextField(blank=True, default="")),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "db_table": "set_aside_lines",
            },
        ),
        migrations.RemoveConstraint(
            model_name="athletealias",
            name="athlete_aliases_athlete_name_key",
        ),
        migrations.AddField(
            model_name="athletealias",
            name="gender",
            field=models.TextField(null=True),
        ),
        migrations.AddField(
            model_name="athletealias",
            name="grad_year",
            field=models.IntegerField(null=True),
        ),
        migrations.AddField(
            model_name="athletealias",
            name="school_id",
            field=models.UUIDField(null=True),
        ),
        migrations.AddIndex(
            model_name="importrow",
            index=models.Index(
                condition=models.Q(("result_id__isnull", False)), fields=["result_id"], name="import_rows_result"
            ),
        ),
        migrations.AddConstraint(
            model_name="athletealias",
            constraint=models.UniqueConstraint(
                models.F("athlete_id"),
                models.F("name"),
                models.F("school_id"),
                models.F("grad_year"),
                models.F("gender"),
                name="athlete_aliases_athlete_name_key",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="setasideline",
            constraint=models.UniqueConstraint(
                models.F("meet_id"),
                models.F("race_id"),
                models.F("time_cs"),
                models.F("school_id"),
                models.F("name_key"),
                name="set_aside_lines_line_key",
            ),
        ),
    ]
