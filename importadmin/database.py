"""Raw psycopg connections to the database that Django uses (the test database in tests)."""

from typing import Any

import psycopg
from django.db import connection

# Of what Django hands to its own connections, what psycopg's plain connection doesn't take or shouldn't inherit.
DJANGO_ONLY = ("cursor_factory", "context", "prepare_threshold", "pool", "server_side_binding")


def connect(*, autocommit: bool = False, application_name: str = "importadmin") -> psycopg.Connection[Any]:
    """Open a connection of its own, with the app's search_path. The caller closes it.

    The import works outside Django's connection: it needs one transaction that nothing else touches, COPY, and a
    second connection beside it for progress, lease and cancel.
    """
    params = connection.get_connection_params()
    for key in DJANGO_ONLY:
        params.pop(key, None)
    return psycopg.connect(**{**params, "autocommit": autocommit, "application_name": application_name})
