"""The ledger of an import as its page shows it: every line of results.csv in exactly one outcome."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from meets.models import Import, Mode, Outcome

MEANING: Mapping[str, str] = {
    Outcome.INSERTED: "New results, now on the site.",
    Outcome.ALREADY_PRESENT: "The same athlete, race and time was there before.",
    Outcome.VARIANT_PRESENT: "The same result was there before, the name spelled otherwise.",
    Outcome.HELD: "A reviewer must answer a question first. Not on the site until then.",
    Outcome.SKIPPED: "Did not finish, did not start, disqualified, or no time given.",
    Outcome.REJECTED: "Something in the line is wrong. Mend it in the file and upload again.",
    Outcome.REPEATED: "Every field equals an earlier line of the file.",
    Outcome.DISMISSED: "A reviewer decided that this line is not to be added.",
}
PREVIEW_MEANING: Mapping[str, str] = {
    **MEANING,
    Outcome.INSERTED: "Results that an import would add.",
    Outcome.HELD: "Lines that an import would hold for a reviewer.",
}


@dataclass(frozen=True, slots=True)
class LedgerLine:
    outcome: str
    label: str
    rows: int
    percent: float
    meaning: str

    @property
    def share(self) -> str:
        """One decimal; what is there but rounds to nothing, or nearly all, still reads so."""
        if self.rows and self.percent < 0.05:
            return "< 0.1 %"
        if self.percent < 100 and self.percent >= 99.95:
            return "> 99.9 %"
        return f"{self.percent:.1f} %"


@dataclass(frozen=True, slots=True)
class Ledger:
    lines: tuple[LedgerLine, ...]
    total: int
    counted: int

    @property
    def adds_up(self) -> bool:
        """`counted` is the reader's own count of the file's lines, not the sum of the outcomes."""
        return self.total == self.counted

    @property
    def nothing(self) -> bool:
        return not self.counted and not self.total

    @property
    def present(self) -> tuple[LedgerLine, ...]:
        return tuple(line for line in self.lines if line.rows)


@dataclass(slots=True)
class RaceLine:
    race_id: str | None
    name: str
    gender: str = ""
    total: int = 0
    outcomes: dict[str, int] = field(default_factory=dict)
    # One cell for each outcome that occurs anywhere in the import: the columns of the table.
    cells: list[tuple[str, int]] = field(default_factory=list)


def ledger_of(import_: Import) -> Ledger:
    total = sum(int(rows) for rows in import_.outcomes.values())
    meaning = PREVIEW_MEANING if import_.mode == Mode.PREVIEW else MEANING
    lines = tuple(
        LedgerLine(
            outcome=outcome.value,
            label=outcome.label,
            rows=int(import_.outcomes.get(outcome.value, 0)),
            percent=100 * int(import_.outcomes.get(outcome.value, 0)) / total if total else 0.0,
            meaning=meaning[outcome],
        )
        for outcome in Outcome
    )
    return Ledger(lines=lines, total=total, counted=int(import_.lines))


def races_of(import_: Import) -> list[RaceLine]:
    """Rows per race and outcome, as the import counted them before its commit (a preview's too)."""
    lines = [
        RaceLine(race["race_id"], race["name"], race["gender"] or "", sum(race["outcomes"].values()), race["outcomes"])
        for race in import_.report.get("races") or []
    ]
    columns = [outcome.value for outcome in Outcome if any(line.outcomes.get(outcome) for line in lines)]
    for line in lines:
        line.cells = [(column, line.outcomes.get(column, 0)) for column in columns]
    return sorted(lines, key=lambda line: (line.race_id is None, line.gender, line.name))
