"""Everything that refers to an athlete or a result, and what a merge does with it.

A test compares this list with the database's catalog and with the models: a new column without a rule fails it. The
site's own tables that we don't know are asked at each merge; if one of them refers to the loser, the merge is refused
rather than let the row be lost.
"""

from typing import Any

from reconciliation.deciding.work import Work

# (table, column): the rule in words. Rules that do nothing say why.
ATHLETE_RULES: dict[tuple[str, str], str] = {
    (
        "public.results",
        "athlete_id",
    ): "moves to the survivor; one of the same race and time collapses into the survivor's",
    ("public.athlete_best_times", "athlete_id"): "derived: refreshed for both",
    ("public.course_records", "athlete_id"): "derived: refreshed for both",
    ("public.school_hall_of_fame", "athlete_id"): "derived: refreshed for both",
    ("public.school_course_records", "athlete_id"): "derived: refreshed for both",
    ("public.potential_duplicate_athletes", "athlete_id_1"): "moves, or goes where the survivor has the same question",
    ("public.potential_duplicate_athletes", "athlete_id_2"): "moves, or goes where both would be the survivor",
    ("public.potential_duplicates", "athlete_id"): "moves with its results",
    ("importadmin.import_rows", "athlete_id"): "follows its result; a waiting row follows its case",
    ("importadmin.athlete_aliases", "athlete_id"): "moves; the loser's own name becomes one",
    ("importadmin.slug_redirects", "athlete_id"): "leads to the survivor at once, so that redirects stay flat",
    (
        "importadmin.remembered_pairs",
        "left_key",
    ): "carried over: who was told apart from the loser is from the survivor",
    ("importadmin.remembered_pairs", "right_key"): "carried over likewise",
    (
        "importadmin.cases",
        "candidates",
    ): "the survivor stands in the loser's place; a question about the two is answered",
    ("importadmin.cases", "subject"): "likewise",
    ("importadmin.decisions", "athlete_ids"): "stays: it tells what happened, to whom it was then",
    ("importadmin.decision_changes", "old"): "stays: the journal is never rewritten",
    ("importadmin.audit_entries", "athlete_ids"): "stays: the log outlives the rows",
    ("importadmin.import_journal", "row_id"): "stays: it tells what the import made",
}
RESULT_RULES: dict[tuple[str, str], str] = {
    ("public.results", "replaced_by"): "to the survivor's result",
    ("public.potential_duplicates", "result_id_1"): "goes: of two times one is left",
    ("public.potential_duplicates", "result_id_2"): "goes: of two times one is left",
    ("importadmin.record_holds", "result_id"): "to the survivor's result, unless that is held back itself",
    ("importadmin.import_rows", "result_id"): "to the survivor's result; a second line of one file is set aside",
    ("public.athlete_best_times", "season_best_result_id"): "derived: refreshed",
    ("public.athlete_best_times", "alltime_best_result_id"): "derived: refreshed",
    ("public.course_records", "result_id"): "derived: refreshed",
    ("public.school_hall_of_fame", "result_id"): "derived: refreshed",
    ("public.school_course_records", "result_id"): "derived: refreshed",
}
UNKNOWN = """
    SELECT c.conrelid::regclass::text AS table, a.attname AS column, c.confrelid::regclass::text AS target
      FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
     WHERE c.contype = 'f' AND c.confrelid IN ('public.athletes'::regclass, 'public.results'::regclass)
     ORDER BY 1, 2"""


def unknown_references(work: Work, athletes: list[str], results: list[str]) -> list[str]:
    """Tables beyond those above that refer to one of these rows."""
    ours = {(table.partition(".")[2], column) for table, column in (*ATHLETE_RULES, *RESULT_RULES)}
    found = []
    for row in work.rows(UNKNOWN):
        table = row["table"].rpartition(".")[2]
        if (table, row["column"]) in ours:
            continue
        ids: Any = athletes if row["target"].endswith("athletes") else results
        statement = f"SELECT count(*) AS n FROM {row['table']} WHERE {row['column']} = ANY (%s::uuid[])"  # noqa: S608
        if work.rows(statement, [ids])[0]["n"]:
            found.append(f"{row['table']}.{row['column']}")
    return found
