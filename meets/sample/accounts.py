"""The demo's made-up sign-ins, with one password made up by each installation for itself."""

import os
import secrets
from pathlib import Path

from django.contrib.auth.models import Group, User
from django.db import transaction

CAST = {"alice": "staff", "bob": "reviewer", "dana": "admin"}


class NameTakenError(Exception):
    """Somebody real has the name of a demo sign-in: their account is not touched."""


def demo_password(data_dir: Path) -> str:
    """Made up at the first demo and kept in the data folder, readable by its owner alone."""
    path = data_dir / "demo-password"
    data_dir.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="utf-8").strip()
    password = secrets.token_urlsafe(9)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(password + "\n")
    return password


@transaction.atomic
def ensure_cast(password: str) -> None:
    """Create alice, bob and dana, or give them this password again."""
    for name, role in CAST.items():
        # The address marks the account as the demo's own.
        address = f"{name}@demo.invalid"
        user, _ = User.objects.get_or_create(username=name, defaults={"email": address})
        if user.email != address:
            raise NameTakenError(
                f"There is an account '{name}' that is not the demo's. The demo is for a database "
                "of its own: use another one, or rename that account."
            )
        if not user.check_password(password):
            user.set_password(password)
            user.save()
        user.groups.set([Group.objects.get_or_create(name=role)[0]])
