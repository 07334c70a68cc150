#!/usr/bin/env python
"""Run a Django management command of Meet Import Admin."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "importadmin.settings")
    from importadmin.command_line import run

    sys.exit(run(sys.argv))


if __name__ == "__main__":
    main()
