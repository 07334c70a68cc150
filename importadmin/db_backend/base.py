"""The backend itself: see the package. It is the one place through which everything that needs the database comes.

So this is where the embedded servers are started: `manage.py check` and `collectstatic` never connect.
"""

from typing import Any, ClassVar

import psycopg
from django.conf import settings
from django.db.backends.postgresql import base

from importadmin.db_backend.fitness import refuse_unfit
from importadmin.servers import Servers


class DatabaseWrapper(base.DatabaseWrapper):
    # What an external server is like doesn't change while we run, so a process looks once.
    _looked: ClassVar[set[str]] = set()

    def get_connection_params(self) -> dict[str, Any]:
        servers = Servers(settings.IMPORTADMIN_ENV)
        servers.ensure_all()
        if servers.postgres is not None:
            # Asked for each time: a server that was started again may have had to take another port.
            address = servers.postgres.endpoint()
            self.settings_dict |= {"HOST": address.host, "PORT": str(address.port), "PASSWORD": address.password}
        return super().get_connection_params()

    def get_new_connection(self, conn_params: dict[str, Any]) -> psycopg.Connection[Any]:
        connection = super().get_new_connection(conn_params)
        key = f"{conn_params.get('host')}:{conn_params.get('port')}"
        if settings.IMPORTADMIN_ENV.database_url is not None and key not in self._looked:
            try:
                refuse_unfit(connection, lambda: psycopg.connect(**conn_params))
            except BaseException:
                connection.close()
                raise
            self._looked.add(key)
        return connection
