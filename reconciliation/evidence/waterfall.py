"""A score taken apart: which agreements and differences made it up, as bars that start where the last one ended."""

from dataclasses import dataclass
from typing import Any

LABELS = {
    "name": "Name",
    "first_name": "First name",
    "last_name": "Last name",
    "grad_year": "Graduates",
    "gender": "Gender",
    "school": "School",
    "rarity": "How rare the name is",
    "prior": "Before looking",
    "base": "Before looking",
    "rival": "Best rival",
    "competition": "Best rival",
}


@dataclass(frozen=True)
class Bar:
    """`weight` in bits (log2 of how much likelier); `left` and `width` in per cent of the drawing."""

    label: str
    level: str
    weight: float
    left: float
    width: float

    @property
    def kind(self) -> str:
        return "for" if self.weight > 0 else "against" if self.weight < 0 else "even"


@dataclass(frozen=True)
class Waterfall:
    bars: list[Bar]
    zero: float  # where 0 lies, in per cent
    total: float
    version: str


def waterfall_of(candidate: dict[str, Any]) -> Waterfall | None:
    """From a candidate's evidence `{fields, levels, weights, version}`; None where a case has a bare score.

    The three come as lists side by side, or as `{field: …}`.
    """
    evidence = candidate.get("evidence") or {}
    steps = _steps(evidence) if isinstance(evidence, dict) else []
    if not steps:
        return None
    ends, at = [0.0], 0.0
    for _label, _level, weight in steps:
        at += weight
        ends.append(at)
    low, high = min(ends), max(ends)
    span = (high - low) or 1.0
    bars = []
    for start, end, (label, level, weight) in zip(ends, ends[1:], steps, strict=False):
        left, right = min(start, end), max(start, end)
        bars.append(Bar(label, level, weight, 100 * (left - low) / span, max(100 * (right - left) / span, 0.5)))
    return Waterfall(bars, 100 * (0 - low) / span, at, str(evidence.get("version") or ""))


def _steps(evidence: dict[str, Any]) -> list[tuple[str, str, float]]:
    weights, levels, fields = evidence.get("weights"), evidence.get("levels"), evidence.get("fields")
    if isinstance(weights, dict):
        weights, names = list(weights.values()), list(weights)
    elif isinstance(weights, list):
        names = list(fields) if isinstance(fields, (list, dict)) else []
    else:
        return []
    steps = []
    for number, weight in enumerate(weights):
        if not isinstance(weight, (int, float)):
            continue
        name = str(names[number]) if number < len(names) else f"part {number + 1}"
        level = levels.get(name, "") if isinstance(levels, dict) else _at(levels, number)
        steps.append(
            (LABELS.get(name, name.replace("_", " ").capitalize()), str(level).replace("_", " "), float(weight))
        )
    return steps


def _at(values: Any, number: int) -> Any:
    return values[number] if isinstance(values, list) and number < len(values) else ""
