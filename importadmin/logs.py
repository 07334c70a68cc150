"""Logs as lines for people or as JSON for a collector, each with the import that the process is running."""

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

# A process runs one import at a time; threads it starts (the lease) are told by the one that starts them.
_import_id: ContextVar[str] = ContextVar("import_id", default="")


@contextmanager
def of_import(import_id: str) -> Iterator[None]:
    token = _import_id.set(import_id)
    try:
        yield
    finally:
        _import_id.reset(token)


class JsonFormatter(logging.Formatter):
    """One JSON object a line: time (UTC), level, logger, message, import_id if any, and the traceback of an error."""

    def format(self, record: logging.LogRecord) -> str:
        told = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if import_id := _import_id.get():
            told["import_id"] = import_id
        if record.exc_info:
            told["error"] = self.formatException(record.exc_info)
        return json.dumps(told, ensure_ascii=False)
