"""The site's old rule: the slug is taken, so take the first athlete of that school, year and gender.

A line whose slug (first-last-school-gradyear, as the site's trigger makes it) is free is somebody new.
"""

import re

from bench.matching.ways.files import Row, arguments, read, write_pairs


def main() -> None:
    args = arguments()
    first = read(args.first)
    slugs = {slug(row) for row in first}
    team: dict[tuple[str, str, str], str] = {}
    for row in first:
        team.setdefault(key(row), row["id"])
    taken = [row for row in read(args.second) if slug(row) in slugs]
    write_pairs(args.out, [(team[key(row)], row["id"], 1.0) for row in taken if key(row) in team])


def slug(row: Row) -> str:
    text = "-".join((row["first_name"], row["last_name"], row["school_id"], row["grad_year"]))
    return re.sub("[^a-z0-9]+", "-", text.lower()).strip("-")


def key(row: Row) -> tuple[str, str, str]:
    return row["school_id"], row["grad_year"], row["gender"]


if __name__ == "__main__":
    main()
