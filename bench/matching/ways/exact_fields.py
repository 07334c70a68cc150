"""Exact names, ignoring case, scored by how many of school, gender and grad year agree; one-to-one, best first.

A fairer floor than names alone: what a careful person would do with a spreadsheet.
"""

from collections import defaultdict

from bench.matching.ways.files import Row, arguments, read, write_pairs


def main() -> None:
    args = arguments()
    namesakes: dict[str, list[Row]] = defaultdict(list)
    for row in read(args.first):
        namesakes[row["name"].lower()].append(row)
    possible = [
        (agreeing(mine, theirs), mine["id"], theirs["id"])
        for theirs in read(args.second)
        for mine in namesakes.get(theirs["name"].lower(), ())
    ]
    taken: set[str] = set()
    pairs = []
    for score, id1, id2 in sorted(possible, key=lambda pair: (-pair[0], pair[2], pair[1])):
        if id1 not in taken and id2 not in taken:
            taken |= {id1, id2}
            pairs.append((id1, id2, score))
    write_pairs(args.out, pairs)


def agreeing(mine: Row, theirs: Row) -> float:
    same = [bool(mine[key]) and mine[key] == theirs[key] for key in ("school_id", "grad_year", "gender")]
    return 4 * same[0] + 2 * same[1] + same[2]


if __name__ == "__main__":
    main()
