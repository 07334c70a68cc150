"""The comparison's figures before and after one import, for its report."""

from dataclasses import dataclass
from typing import Any

from reconciliation.compare import query
from reconciliation.compare.pairing import folded


@dataclass(frozen=True, slots=True)
class Figures:
    """One side-by-side of CSV and database: by exact name (sets) and by folded name (multisets)."""

    csv_total: int
    db_total: int
    strict_missing: int
    strict_extra: int
    folded_missing: int
    folded_extra: int

    @property
    def net(self) -> int:
        return self.strict_missing - self.strict_extra

    @property
    def sentence(self) -> str:
        """Why the two ways of counting differ, in one sentence."""
        missing, extra = self.strict_missing, self.strict_extra
        if not (missing or extra or self.folded_missing or self.folded_extra):
            return "Nothing is missing and nothing is extra."
        if not self.folded_extra and self.net == self.folded_missing:
            return f"{missing:,} missing − {extra:,} extra = {self.folded_missing:,} truly missing"
        return (
            f"By exact name {missing:,} missing and {extra:,} extra; with other spellings looked through, "
            f"{self.folded_missing:,} truly missing and {self.folded_extra:,} truly extra"
        )

    def as_dict(self) -> dict[str, Any]:
        return {
            "csv_total": self.csv_total,
            "db_total": self.db_total,
            "strict": {"missing": self.strict_missing, "extra": self.strict_extra},
            "folded": {"missing": self.folded_missing, "extra": self.folded_extra},
            "net": self.net,
            "truly_missing": self.folded_missing,
            "sentence": self.sentence,
        }


def before_and_after(cursor: Any, meet_id: str, import_id: str | None) -> tuple[Figures, Figures]:
    counted = query.figures(cursor, meet_id, import_id)
    before = [counted["missing_before_settled"], counted["extra_before_settled"]]
    after = [counted["missing_settled"], counted["extra_settled"]]
    if counted["contested"]:
        for finish in query.contested(cursor, meet_id, import_id, counted):
            for total, when in ((before, True), (after, False)):
                missing, extra = folded(finish, before=when)
                total[0] += missing
                total[1] += extra
    return _figures(counted, "_before", before), _figures(counted, "", after)


def _figures(counted: dict[str, Any], when: str, folded_counts: list[int]) -> Figures:
    return Figures(
        csv_total=counted["csv_total"],
        db_total=counted[f"db_total{when}"],
        strict_missing=counted[f"strict_missing{when}"],
        strict_extra=counted[f"strict_extra{when}"],
        folded_missing=folded_counts[0],
        folded_extra=folded_counts[1],
    )


class SqlComparer:
    """What the import's reconcile stage calls, through meets.pipeline.ports."""

    def summary(self, cursor: Any, *, meet_id: str, import_id: str) -> dict[str, Any]:
        before, after = before_and_after(cursor, meet_id, import_id)
        return {"before": before.as_dict(), "after": after.as_dict(), "sentence": after.sentence}
