"""`manage.py run`: everything needed to use the app on this machine, until Ctrl-C."""

import http.client
import os
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from importadmin.env import Environment
from importadmin.running.child import Child
from importadmin.running.supervisor import Supervisor, manage, web_command
from importadmin.servers import Servers
from importadmin.servers.folder import is_free

TRIES = 3


class Command(BaseCommand):
    help = "Start the servers, the web server and the worker, and keep them going until Ctrl-C."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--demo", action="store_true", help="load the reference case and import it")

    def handle(self, *, demo: bool, **options: Any) -> None:
        env: Environment = settings.IMPORTADMIN_ENV
        servers = Servers(env)
        with servers.folder.held_for_run() as free:
            if not free:
                raise CommandError(f"It is running already with the data in {env.data_dir}: stop that one first.")
            code = self.run(env, servers, demo=demo)
        if code:
            sys.exit(code)

    def run(self, env: Environment, servers: Servers, *, demo: bool) -> int:
        port = self.choose_port(env)
        children = [
            Child(
                "web server",
                web_command(env.web_host, port, processes=env.web_processes, threads=env.web_threads),
                env.base_dir,
            ),
            *(Child("worker", manage("worker", base=env.base_dir), env.base_dir) for _ in range(env.workers)),
        ]
        if env.nightly_rebuild:
            children.append(Child("scheduler", manage("scheduler", base=env.base_dir), env.base_dir))
        supervisor = Supervisor(servers, children, self.stdout)  # type: ignore[arg-type]
        supervisor.heed_signals()
        try:
            supervisor.end_children_of_a_killed_run()
            servers.ensure_all()
            self.set_up(env, demo=demo)
            supervisor.start_children()
            return self.serve(env, supervisor, port, demo=demo)
        finally:
            supervisor.say("Stopping.")
            supervisor.stop()

    def choose_port(self, env: Environment) -> int:
        for port in range(env.web_port, min(env.web_port + 100, 65536)):
            if is_free(port, env.web_host):
                if port != env.web_port:
                    self.stdout.write(f"Port {env.web_port} is taken: the web server listens on {port} instead.")
                return port
        raise CommandError(f"No port from {env.web_port} on is free: set IMPORTADMIN_PORT to another.")

    def set_up(self, env: Environment, *, demo: bool) -> None:
        call_command("migrate", verbosity=0, interactive=False)
        if not env.debug:
            call_command("collectstatic", verbosity=0, interactive=False)
        # On servers of our own nobody else can have made the first account.
        if env.embedded_postgres and not demo and not get_user_model().objects.exists():
            call_command("first_admin", stdout=self.stdout)
        connections.close_all()

    def serve(self, env: Environment, supervisor: Supervisor, port: int, *, demo: bool) -> int:
        host = "127.0.0.1" if env.web_host in ("0.0.0.0", "::") else env.web_host  # noqa: S104 - compared, not bound
        url = f"http://{host}:{port}/"
        web = supervisor.children[0]
        supervisor.keep_going(until=lambda: answers(host, port) or web.restarts >= TRIES)
        if supervisor.stopping:
            return 0
        if web.restarts >= TRIES:
            raise CommandError("The web server doesn't start: its reason is printed above.")
        supervisor.say(f"Running at {url} (Ctrl-C stops it)")
        if demo:
            code = supervisor.run_beside(manage("demo", "--url", url, base=env.base_dir), env.base_dir)
            if os.environ.get("DEMO_EXIT") or supervisor.stopping:
                return 0 if supervisor.stopping else code
            supervisor.say(f"It keeps running at {url} (Ctrl-C stops it)")
        supervisor.keep_going()
        return 0


def answers(host: str, port: int) -> bool:
    connection = http.client.HTTPConnection(host, port, timeout=5)
    try:
        connection.request("GET", "/healthz/web")
        return connection.getresponse().status < 500
    except OSError:
        return False
    finally:
        connection.close()
