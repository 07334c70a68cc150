"""One thing to do, with the SQL that does it."""

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Step:
    """`sql` is what an operator reads. `replaces` is what went before, kept in the audit log: {name: its SQL}.

    Without `run`, `sql` is executed as it stands: in one transaction with a lock timeout, or, where `alone`, outside
    of any, because PostgreSQL wants it so.
    """

    phase: str
    title: str
    sql: str
    alone: bool = False
    replaces: dict[str, str] = field(default_factory=dict)
    run: Callable[[], None] | None = None


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to know. A problem stands in the way of adopting; another remark doesn't."""

    text: str
    remedy: str = ""
    problem: bool = False
