"""The other ways, each a program of its own: FIRST.csv SECOND.csv --out PAIRS.csv, as link_people is called."""
