"""`manage.py alive`: does a worker of this host live? For a container's health check."""

import socket
from typing import Any

import redis
from django.core.management.base import BaseCommand, CommandError

from importadmin.health.redis_parts import workers_alive


class Command(BaseCommand):
    help = "Exit code 0 when a worker of this host has given a sign of life lately, else 1."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            names = workers_alive()
        except (redis.RedisError, OSError) as error:
            raise CommandError(f"Redis does not answer: {type(error).__name__}.") from None
        if not any(name.startswith(f"{socket.gethostname()}-") for name in names):
            raise CommandError("No worker of this host has given a sign of life within the last minute.")
