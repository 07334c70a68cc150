"""What slows guessing at sign-in."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("importadmin", "0003_audit_log"),
    ]

    operations = [
        migrations.CreateModel(
            name="SignInAttempt",
            fields=[
                ("key", models.TextField(primary_key=True, serialize=False)),
                ("failures", models.IntegerField()),
                ("last_at", models.DateTimeField()),
                ("next_at", models.DateTimeField()),
            ],
            options={
                "db_table": "sign_in_attempts",
            },
        ),
    ]
