"""Pairs the lines and the results of one race and time by folded name, as many as can be paired."""

from reconciliation.compare.query import CsvLine, DbResult, Finish

Pair = tuple[CsvLine, DbResult]


def pair(lines: list[CsvLine], results: list[DbResult]) -> list[Pair]:
    """A largest possible set of pairs, equal names first.

    A result can answer to several names, so that taking the first that fits may leave a line alone that could
    have been paired: each further line may push earlier ones to another of their results (Kuhn's method).
    """
    owner: dict[int, int] = {}
    # Lines that a reviewer set aside come last: they take only what nobody else needs.
    for aside in (False, True):
        part = [index for index, line in enumerate(lines) if (line.outcome == "dismissed") is aside]
        for index in _pair_equal_names(part, lines, results, owner):
            _place(index, lines, results, owner, set())
    by_line = sorted(owner.items(), key=lambda item: item[1])
    return [(lines[line], results[result]) for result, line in by_line]


def folded(finish: Finish, *, before: bool) -> tuple[int, int]:
    """How many lines and how many results of a finish stay alone; a line set aside is never missing."""
    results = [result for result in finish.results if not (before and result.ours)]
    pairs = pair(finish.lines, results)
    wanted = sum(line.outcome != "dismissed" for line in finish.lines)
    found = sum(line.outcome != "dismissed" for line, _ in pairs)
    return wanted - found, len(results) - len(pairs)


def _pair_equal_names(
    part: list[int], lines: list[CsvLine], results: list[DbResult], owner: dict[int, int]
) -> list[int]:
    """Fills `owner` with the pairs of exactly equal name; returns the lines that found none."""
    free: dict[str, list[int]] = {}
    for index in reversed(range(len(results))):
        if index not in owner:
            free.setdefault(results[index].name, []).append(index)
    waiting = []
    for index in part:
        line = lines[index]
        same = free.get(line.name)
        if same:
            owner[same.pop()] = index
        else:
            waiting.append(index)
    return waiting


def _place(index: int, lines: list[CsvLine], results: list[DbResult], owner: dict[int, int], tried: set[int]) -> bool:
    line = lines[index]
    for candidate, result in enumerate(results):
        if candidate in tried or not (line.key in result.keys or line.name == result.name):
            continue
        tried.add(candidate)
        if candidate not in owner or _place(owner[candidate], lines, results, owner, tried):
            owner[candidate] = index
            return True
    return False
