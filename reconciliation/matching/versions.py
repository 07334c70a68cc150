"""Which weights are in force: those that an admin accepted last, else the shipped ones."""

import json
from typing import Any

import psycopg

from reconciliation.matching.shipped import shipped_weights
from reconciliation.matching.weights import Weights


def weights_in_force(cursor: "psycopg.Cursor[Any]") -> Weights:
    """A copy that the caller may adapt to its own data; its version is kept with every score."""
    row = cursor.execute(
        "SELECT version, weights FROM matching_weights WHERE accepted_at IS NOT NULL ORDER BY accepted_at DESC LIMIT 1"
    ).fetchone()
    if row is None:
        return shipped_weights()
    data = row[1] if isinstance(row[1], dict) else json.loads(row[1])
    return Weights.from_json(data | {"version": row[0]})
