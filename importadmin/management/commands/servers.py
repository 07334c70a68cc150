"""`manage.py servers start|stop|status`: the embedded PostgreSQL and Valkey."""

import json
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from importadmin.commands import JsonCommand
from importadmin.servers import Servers


class Command(JsonCommand):
    help = "Start, stop or look at the embedded PostgreSQL and Valkey."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("action", choices=["start", "stop", "status"])

    def handle(self, *, action: str, **options: Any) -> None:
        servers = Servers(settings.IMPORTADMIN_ENV)
        if action == "start":
            servers.ensure_all()
        elif action == "stop":
            with servers.folder.held_for_run() as free:
                if not free:
                    raise CommandError("`manage.py run` is using the servers: stop it with Ctrl-C, and they stop too.")
                servers.stop()
        report = describe(servers)
        if options["json"]:
            self.stdout.write(json.dumps(report, indent=1))
            return
        for name, entry in report.items():
            self.stdout.write(f"{name}: {sentence(entry)}")


def describe(servers: Servers) -> dict[str, dict[str, Any]]:
    report: dict[str, dict[str, Any]] = {"postgres": {"embedded": False}, "valkey": {"embedded": False}}
    for server in servers.all:
        address = server.endpoint()
        report[server.name] = {
            "embedded": True,
            "running": server.is_up(),
            "pid": server.pid(),
            "host": address.host,
            "port": address.port,
            "folder": str(server.data),
            "log": str(server.log),
        }
    return report


def sentence(entry: dict[str, Any]) -> str:
    if not entry["embedded"]:
        return "not ours, named by DATABASE_URL or REDIS_URL"
    if not entry["running"]:
        return f"stopped (its data is in {entry['folder']})"
    return f"running on {entry['host']}:{entry['port']}, process {entry['pid']}, data in {entry['folder']}"
