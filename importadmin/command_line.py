"""What `manage.py` does: Django's commands, with one sentence in place of a traceback where the cause is the set-up."""

import sys

from django.conf import settings
from django.core.management import execute_from_command_line
from django.db.utils import OperationalError

from importadmin.commands import print_error
from importadmin.env import BadEnvironment
from importadmin.servers import ServerProblem


def run(arguments: list[str]) -> int:
    try:
        # Django puts off a settings error until something needs them, and then says something else.
        _ = settings.DEBUG
        execute_from_command_line(arguments)
    except (BadEnvironment, ServerProblem) as problem:
        return _refused(str(problem), arguments)
    except OperationalError as problem:
        if "connection failed" not in str(problem) and "connection timeout" not in str(problem):
            raise
        return _refused(_unreachable(problem), arguments)
    return 0


def _refused(sentence: str, arguments: list[str]) -> int:
    print(sentence, file=sys.stderr)
    if "--json" in arguments:
        print_error(sentence)
    return 1


def _unreachable(problem: OperationalError) -> str:
    url = settings.IMPORTADMIN_ENV.database_url
    where = f"DATABASE_URL ({url.host}, port {url.port})" if url else "The embedded PostgreSQL"
    reason = " ".join(str(problem).split())
    return f"{where} can't be reached: check that the server runs and lets this user in ({reason})."
