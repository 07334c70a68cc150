"""Exact names, ignoring case. Of namesakes, each line takes the first that no other line has taken."""

from collections import defaultdict, deque

from bench.matching.ways.files import arguments, read, write_pairs


def main() -> None:
    args = arguments()
    namesakes: dict[str, deque[str]] = defaultdict(deque)
    for row in read(args.first):
        namesakes[row["name"].lower()].append(row["id"])
    pairs = []
    for row in read(args.second):
        free = namesakes.get(row["name"].lower())
        if free:
            pairs.append((free.popleft(), row["id"], 1.0))
    write_pairs(args.out, pairs)


if __name__ == "__main__":
    main()
