"""How the parts of the system are, asked quickly enough for a page: a dead one costs half a second, not the page."""

from importadmin.health.part import Part, size_words, time_words
from importadmin.health.postgres_parts import migrations, postgresql, transactions, triggers
from importadmin.health.redis_parts import redis_and_workers
from importadmin.health.storage_parts import disk, storage

__all__ = [
    "Part",
    "all_parts",
    "disk",
    "migrations",
    "postgresql",
    "redis_and_workers",
    "size_words",
    "storage",
    "time_words",
    "transactions",
    "triggers",
]


def all_parts() -> list[Part]:
    database = postgresql()
    # Asked in vain they would only say the same once more.
    of_database = [transactions(), triggers(), migrations()] if database.ok is not False else []
    return [database, *of_database, *redis_and_workers(), disk(), storage(database.ok is not False)]
