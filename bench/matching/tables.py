"""The report's tables, as Markdown; each figure the mean over the seeds, R@P99 "never" if one seed has no such cut."""

from collections import Counter
from collections.abc import Sequence

from bench.matching.measure import AtDefaults, mean
from bench.matching.run import ByKind, Measured


def text(by_way: dict[str, list[Measured]]) -> str:
    by_way = {way: all_seeds for way, all_seeds in by_way.items() if all_seeds}
    parts = [_ways(by_way)]
    for all_seeds in by_way.values():
        defaults = [each.defaults for each in all_seeds if each.defaults]
        if defaults:
            parts += [_defaults(defaults), _outcomes_by_kind(defaults)]
    parts.append(_recall_by_kind(by_way))
    return "\n\n".join(parts)


def _ways(by_way: dict[str, list[Measured]]) -> str:
    rows = []
    for way, all_seeds in by_way.items():
        curves = [each.curve for each in all_seeds]
        rows.append(
            (
                way,
                _number(mean([curve.precision for curve in curves])),
                _number(mean([curve.recall for curve in curves])),
                _number(mean([curve.best_f1 for curve in curves])),
                _number(mean([curve.r_at_p99 for curve in curves])) or "never",
                f"{mean([each.seconds for each in all_seeds]):.1f} s",
                f"{mean([each.cpu_seconds for each in all_seeds]):.1f} s",
                f"{max(each.peak_mb for each in all_seeds):.0f} MB",
            )
        )
    return _table(("way", "precision", "recall", "best F1", "R@P99", "time", "CPU", "peak memory"), rows)


def _defaults(found: Sequence[AtDefaults]) -> str:
    figures = (
        ("*same* that are right", mean([each.same_right for each in found])),
        ("true links among *same*", mean([each.same_recall for each in found])),
        ("lines *doubtful*", mean([each.doubtful for each in found])),
        ("of these, the best candidate is right (person exists)", mean([each.doubtful_best_right for each in found])),
        ("existing called *new*", mean([each.existing_new for each in found])),
    )
    rows = [(name, "-" if value is None else f"{100 * value:.2f} %") for name, value in figures]
    rows.append(("newcomers called *same*, all seeds", str(sum(each.newcomers_same for each in found))))
    return _table(("at the default thresholds", ""), rows)


def _outcomes_by_kind(found: Sequence[AtDefaults]) -> str:
    total: dict[str, Counter[str]] = {}
    for each in found:
        for kind, counts in each.by_kind.items():
            total.setdefault(kind, Counter()).update(counts)
    rows = []
    for kind, counts in sorted(total.items(), key=lambda item: -item[1]["new"]):
        shares = [f"{100 * counts[told] / counts.total():.2f} %" for told in ("same", "wrong", "doubtful", "new")]
        rows.append((kind, str(counts.total()), *shares))
    return _table(("noise (existing people)", "lines", "same", "same but wrong", "doubtful", "new"), rows)


def _recall_by_kind(by_way: dict[str, list[Measured]]) -> str:
    ways = list(by_way)
    kinds = sorted({kind for all_seeds in by_way.values() for each in all_seeds for kind in each.kinds_at_best})
    rows = []
    for kind in kinds:
        cells = []
        for way in ways:
            best = _share([each.kinds_at_best for each in by_way[way]], kind)
            never = any(each.curve.safe_cut is None for each in by_way[way])
            safe = "never" if never else _share([each.kinds_at_safe for each in by_way[way]], kind)
            cells.append(f"{best} / {safe}")
        rows.append((kind, *cells))
    return _table(("recall at best F1 / at 99 % right", *ways), rows)


def _share(found: Sequence[ByKind], kind: str) -> str:
    right = sum(each.get(kind, (0, 0))[0] for each in found)
    all_ = sum(each.get(kind, (0, 0))[1] for each in found)
    return f"{right / all_:.3f}" if all_ else "-"


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.4f}"


def _table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)
