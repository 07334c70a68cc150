"""The ways to get the same results into the database, each timed from its first statement to its commit."""

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from bench.data import RESULT, Row
from importadmin.database import connect
from meets.models import Result

BLOCK = 1 << 18
COLUMNS = RESULT.split()
INSERT = f"INSERT INTO public.results ({', '.join(COLUMNS)}) VALUES ({', '.join(['%s'] * len(COLUMNS))})"
# Our triggers step aside in every way alike: they would cost each of them differently.
BULK = "SELECT set_config('importadmin.bulk', 'on', true)"
Way = Callable[[], float]


def write_copy_bytes(rows: Sequence[Row], path: Path) -> None:
    """The results as COPY wants them, ready-made in a file."""
    with path.open("w", encoding="utf-8") as file:
        for row in rows:
            file.write("\t".join("\\N" if value is None else str(value) for value in row) + "\n")


def floor(path: Path) -> float:
    with connect(application_name="bench floor") as conn, path.open("rb") as ready:
        began = time.perf_counter()
        conn.execute(BULK)
        with conn.cursor().copy(f"COPY public.results ({', '.join(COLUMNS)}) FROM STDIN") as copy:
            while block := ready.read(BLOCK):
                copy.write(block)
        conn.commit()
        return time.perf_counter() - began


def bulk_create(rows: Sequence[Row]) -> float:
    began = time.perf_counter()
    with transaction.atomic():
        _step_aside()
        results = [_result(row) for row in rows]
        Result.objects.bulk_create(results, batch_size=2_000)
    return time.perf_counter() - began


def _step_aside() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(BULK)


def _result(row: Row) -> Result:
    now = timezone.now()
    fields = ("id", "athlete_id", "meet_id", "race_id", "time_cs", "place_overall", "data_source", "source_name")
    return Result(
        **dict(zip(fields, row, strict=False)),
        normalized_time_cs=row[8],
        import_id=row[9],
        created_at=now,
        updated_at=now,
    )


def row_by_row(rows: Sequence[Row]) -> float:
    with connect(application_name="bench rows") as conn:
        began = time.perf_counter()
        conn.execute(BULK)
        for row in rows:
            conn.execute(INSERT, row)
        conn.commit()
        return time.perf_counter() - began


def import_export(rows: Sequence[Row]) -> float | None:
    """django-import-export with use_bulk, as its guide says; None where it is not installed."""
    try:
        import tablib
        from import_export.resources import ModelResource
    except ImportError:
        return None

    class Results(ModelResource):
        class Meta:
            model = Result
            fields: Any = COLUMNS
            use_bulk = True
            batch_size = 2_000
            skip_diff = True
            force_init_instance = True

    data = tablib.Dataset(*[[str(v) if v is not None else "" for v in row] for row in rows], headers=COLUMNS)
    began = time.perf_counter()
    with transaction.atomic():
        _step_aside()
        Results().import_data(data, raise_errors=True, use_transactions=False)
    return time.perf_counter() - began
