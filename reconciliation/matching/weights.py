"""What each level of agreement weighs: Fellegi and Sunter's two probabilities, kept as tables that a person can read.

`m`: how often one person seen twice compares like this. `u`: how often two different people do, within one school
and across schools. A weight is ln(m / u); names are weighed as a whole (given, surname and order together), because
siblings share a surname, namesakes share both, and no product of two numbers knows that.
"""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from reconciliation.matching import compare as c

Floats = npt.NDArray[np.float64]
FIELDS = {
    "given": c.GIVEN_LEVELS,
    "surname": c.SURNAME_LEVELS,
    "order": c.ORDER_LEVELS,
    "middle": c.MIDDLE_LEVELS,
    "suffix": c.SUFFIX_LEVELS,
    "year": c.YEAR_LEVELS,
    "gender": c.GENDER_LEVELS,
}
# Levels at which a field is silent: its weight there is nothing.
SILENT = {"middle": "unknown", "suffix": "unknown", "year": "blank", "gender": "blank"}
_FLOOR = 1e-9


@dataclass(slots=True)
class Weights:
    """One set of weights. `m[field]` and `u[field]` follow FIELDS; `within` and `across` follow Levels.name_cell.

    match_share: of the second list, the share of people who are in the first. transfer_share: of those, the
    share who are there under another school. `seen` tells what it was learned from, as numbers.
    """

    version: str
    m: dict[str, Floats]
    u: dict[str, Floats]
    within: Floats
    across: Floats
    family: float
    match_share: float = 0.7
    transfer_share: float = 0.02
    seen: dict[str, float] = field(default_factory=dict)

    def field_weight(self, name: str) -> Floats:
        """ln(m / u) by level for middle, suffix, year and gender."""
        weight = np.log(np.maximum(self.m[name], _FLOOR)) - np.log(np.maximum(self.u[name], _FLOOR))
        if name in SILENT:
            weight[FIELDS[name].index(SILENT[name])] = 0.0
        return weight

    def name_weight(self, across: bool) -> Floats:
        """ln(m / u) of given, surname and order together, by name cell."""
        m = self.m["given"][:, None, None] * self.m["surname"][None, :, None] * self.m["order"][None, None, :]
        u = self.across if across else self.within
        return np.log(np.maximum(m.ravel(), _FLOOR**2)) - np.log(np.maximum(u, _FLOOR**2))

    def to_json(self) -> dict[str, Any]:
        def plain(values: Floats) -> list[float]:
            return [float(f"{value:.6g}") for value in values]

        return {
            "version": self.version,
            "m": {name: plain(values) for name, values in self.m.items()},
            "u": {name: plain(values) for name, values in self.u.items()},
            "within": plain(self.within),
            "across": plain(self.across),
            "family": float(f"{self.family:.6g}"),
            "match_share": round(self.match_share, 4),
            "transfer_share": round(self.transfer_share, 5),
            "seen": self.seen,
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Weights":
        """Raises KeyError or ValueError for anything that to_json has not written."""
        found = cls(
            data["version"],
            {name: np.array(data["m"][name], float) for name in FIELDS},
            {name: np.array(data["u"][name], float) for name in ("middle", "suffix", "year", "gender")},
            np.array(data["within"], float),
            np.array(data["across"], float),
            float(data["family"]),
            float(data["match_share"]),
            float(data["transfer_share"]),
            dict(data.get("seen", {})),
        )
        if any(len(found.m[name]) != len(levels) for name, levels in FIELDS.items()):
            raise ValueError("these weights have other levels")
        if len(found.within) != c.NAME_CELLS or len(found.across) != c.NAME_CELLS:
            raise ValueError("these weights have other name cells")
        return found

    def copy(self) -> "Weights":
        return Weights.from_json(self.to_json())
