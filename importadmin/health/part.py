"""One line of the System page, and how sizes and times read there."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Part:
    """`ok` None: it works, but somebody should look. `key` is its name for machines: /healthz and /metrics."""

    name: str
    ok: bool | None
    says: str
    remedy: str = ""
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> str:
        return self.name.lower().replace(" ", "_").replace("'", "")

    @property
    def state(self) -> str:
        return {True: "ok", None: "look", False: "failing"}[self.ok]


def size_words(size: float) -> str:
    for unit in ("B", "kB", "MB", "GB"):
        if size < 1000:
            return f"{size:.0f} {unit}" if unit in ("B", "kB") else f"{size:.1f} {unit}"
        size /= 1000
    return f"{size:.1f} TB"


def time_words(seconds: float) -> str:
    """40 s, 12 min, 3 h 20 min"""
    if seconds < 90:
        return f"{seconds:.0f} s"
    hours, minutes = divmod(round(seconds / 60), 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min"
