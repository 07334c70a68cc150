"""What the commands with `--json` share: a script that reads their output gets JSON however they end."""

import json
import sys
from collections.abc import Callable
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandError, CommandParser

# As argparse has it, and README.md says.
WRONG_ARGUMENTS = 2


class JsonCommand(BaseCommand):
    """Adds `--json`: a refusal is then also `{"error": sentence}` on standard output."""

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.add_argument("--json", action="store_true", help="print JSON")
        refuse: Callable[[str], NoReturn] = parser.error

        def error(message: str) -> NoReturn:
            # Not parsed yet, so that what was typed is all there is to go by.
            if parser.called_from_command_line and "--json" in sys.argv:
                print_error(message)
            refuse(message)

        parser.error = error  # type: ignore[method-assign]
        return parser

    def execute(self, *args: Any, **options: Any) -> Any:
        try:
            return super().execute(*args, **options)
        except CommandError as problem:
            if options.get("json"):
                self.stdout.write(json.dumps({"error": str(problem)}, ensure_ascii=False))
            raise


def print_error(sentence: str) -> None:
    print(json.dumps({"error": sentence}, ensure_ascii=False))
