"""`manage.py first_admin`: the account that makes all others."""

import json
import secrets
import sys
from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import Group, User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.db import transaction
from django.db.models import Q

from importadmin.audit import record
from importadmin.commands import JsonCommand


class Command(JsonCommand):
    help = "Make the first admin, with a password that is printed once."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", nargs="?", default="admin")
        parser.add_argument("--password-stdin", action="store_true", help="read the password from standard input")

    @transaction.atomic
    def handle(self, *, name: str, **options: Any) -> None:
        if User.objects.filter(Q(groups__name="admin") | Q(is_superuser=True), is_active=True).exists():
            raise CommandError("There is an admin already, who can make other accounts: nothing was changed.")
        if User.objects.filter(username=name).exists():
            raise CommandError(f"There is an account '{name}' already: choose another name.")
        given = sys.stdin.readline().rstrip("\n") if options["password_stdin"] else ""
        if options["password_stdin"]:
            try:
                validate_password(given)
            except ValidationError as problem:
                raise CommandError(" ".join(problem.messages)) from None
        password = given or secrets.token_urlsafe(12)
        user = User.objects.create_user(name, password=password)
        user.groups.add(Group.objects.get_or_create(name="admin")[0])
        record(user=None, kind="person.invited", subject=user, after={"name": name, "role": "admin"})
        shown = None if given else password
        if options["json"]:
            self.stdout.write(json.dumps({"name": name, "password": shown}))
        elif shown:
            self.stdout.write(f"Made the first admin. Sign in as {name} with the password {shown}")
        else:
            self.stdout.write(f"Made the first admin, {name}.")
