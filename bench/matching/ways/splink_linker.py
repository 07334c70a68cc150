"""Splink 5 on DuckDB, tuned on the tuning seeds, one-to-one.

What the tuning settled (seed 1, a fifth newcomers): names cleaned beforehand (accents, marks, comma order,
suffixes); one comparison for the whole name, since given name and surname apart count a swapped name twice (R@P99
.79 against .86 at 20,000); rarity by term frequencies; grad year within one; blocking within a school and across; EM
on pairs of one school, year and gender and on equal names; links taken greedily, best first, each record once.
"""

import logging
from pathlib import Path
from typing import Any

from bench.matching.ways.files import arguments, write_pairs

CLEAN = """
CREATE TABLE {table} AS
WITH plain AS (
    SELECT *, regexp_replace(
        strip_accents(lower(name)), '[\\x{{200B}}-\\x{{200F}}\\x{{AD}}\\x{{FEFF}}]', '', 'g') AS n
    FROM read_csv('{path}', all_varchar = true, header = true)
), ordered AS (
    SELECT *, CASE WHEN n LIKE '%,%' THEN split_part(n, ',', 2) || ' ' || split_part(n, ',', 1) ELSE n END AS o
    FROM plain
), words AS (
    SELECT *, list_filter(
        string_split(trim(regexp_replace(regexp_replace(o, '[''’‘`ʼ´.]', '', 'g'), '[^a-z0-9]+', ' ', 'g')), ' '),
        lambda w: w NOT IN ('jr', 'ii', 'iii', 'iv', '')) AS w
    FROM ordered
)
SELECT id AS unique_id, w AS words, array_to_string(list_sort(w), ' ') AS whole,
    array_to_string(list_sort([w[1], w[len(w)]]), ' ') AS pair,
    w[1] AS given, w[len(w)] AS surname, left(w[1], 1) AS initial,
    nullif(gender, '') AS gender, try_cast(grad_year AS INT) AS grad_year, nullif(school_id, '') AS school
FROM words
"""
INITIAL = "(initial_l = initial_r AND (len(given_l) = 1 OR len(given_r) = 1))"
CLOSE_GIVEN = "jaro_winkler_similarity(given_l, given_r) >= 0.8"


def main() -> None:
    args = arguments()
    from splink.backends.duckdb import DuckDBAPI

    logging.getLogger("splink").setLevel(logging.ERROR)
    api = DuckDBAPI()
    write_pairs(args.out, one_to_one(predict(api, args.first, args.second)))


def predict(api: object, first: Path, second: Path) -> list[tuple[str, str, float]]:
    from splink import Linker, block_on

    connection = api.duckdb_con  # type: ignore[attr-defined]
    for table, path in (("first_file", first), ("second_file", second)):
        connection.execute(CLEAN.format(table=table, path=str(path).replace("'", "''")))
    frames = [
        api.register(connection.table(table), dataset_display_name=f"{table}_cleaned")  # type: ignore[attr-defined]
        for table in ("first_file", "second_file")
    ]
    linker = Linker(frames, settings(), log_level=logging.ERROR)
    training = linker.training
    training.estimate_probability_two_random_records_match([block_on("school", "whole", "grad_year")], recall=0.5)
    training.estimate_u_using_random_sampling(max_pairs=3e6)
    training.estimate_parameters_using_expectation_maximisation(block_on("school", "grad_year", "gender"))
    training.estimate_parameters_using_expectation_maximisation(block_on("pair"))
    found = linker.inference.predict(threshold_match_weight=-15)
    rows = found.as_duckdbpyrelation().select("unique_id_l, unique_id_r, match_weight").fetchall()
    firsts = {row[0] for row in connection.execute("SELECT unique_id FROM first_file").fetchall()}
    return [(one, two, weight) if one in firsts else (two, one, weight) for one, two, weight in rows]


def rare(level: Any, column: str) -> Any:
    """A rare name that agrees says more: adjusted by the column's own exact level further down."""
    return level.configure(tf_adjustment_column=column)


def settings() -> object:
    import splink.comparison_level_library as cll
    import splink.comparison_library as cl
    from splink import SettingsCreator, block_on

    name = cl.CustomComparison(
        output_column_name="name",
        comparison_levels=[
            cll.NullLevel("pair"),
            cll.ExactMatchLevel("whole").configure(tf_adjustment_column="whole"),
            cll.ExactMatchLevel("pair").configure(tf_adjustment_column="pair"),
            rare(cll.CustomLevel("len(list_intersect(words_l, words_r)) >= 2", "two words"), "surname"),
            cll.JaroWinklerLevel("whole", 0.94),
            rare(cll.CustomLevel(f"surname_l = surname_r AND ({INITIAL} OR {CLOSE_GIVEN})", "close given"), "surname"),
            rare(
                cll.CustomLevel("given_l = given_r AND jaro_winkler_similarity(surname_l, surname_r) >= 0.85"), "given"
            ),
            cll.JaroWinklerLevel("whole", 0.88),
            rare(cll.ExactMatchLevel("surname"), "surname"),
            rare(cll.ExactMatchLevel("given"), "given"),
            cll.CustomLevel("len(list_intersect(words_l, words_r)) >= 1", "a word"),
            cll.ElseLevel(),
        ],
    )
    year = cl.CustomComparison(
        output_column_name="grad_year",
        comparison_levels=[
            cll.NullLevel("grad_year"),
            cll.ExactMatchLevel("grad_year"),
            cll.AbsoluteDifferenceLevel("grad_year", 1),
            cll.ElseLevel(),
        ],
    )
    return SettingsCreator(
        link_type="link_only",
        comparisons=[name, year, cl.ExactMatch("gender"), cl.ExactMatch("school")],
        blocking_rules_to_generate_predictions=[
            block_on("school", "surname"),
            block_on("school", "given"),
            "l.school = r.school AND l.given = r.surname",
            "l.school = r.school AND l.surname = r.given",
            block_on("whole"),
            block_on("school", "grad_year", "gender"),
            block_on("given", "surname"),
            "l.given = r.surname AND l.surname = r.given",
        ],
        additional_columns_to_retain=[],
        retain_intermediate_calculation_columns=False,
    )


def one_to_one(pairs: list[tuple[str, str, float]]) -> list[tuple[str, str, float]]:
    taken: set[str] = set()
    kept = []
    for one, two, weight in sorted(pairs, key=lambda pair: (-pair[2], pair[1], pair[0])):
        if one not in taken and two not in taken:
            taken |= {one, two}
            kept.append((one, two, weight))
    return kept


if __name__ == "__main__":
    main()
