"""Take results away, with everything that points to them (reconciliation/deciding/relations.py says what does)."""

from reconciliation.deciding.identity import set_aside
from reconciliation.deciding.work import Row, Work

CLAIMS = """
    SELECT i.import_id, i.line, i.race_id, i.time_cs, i.place, i.athlete_name, i.school_id, i.outcome, m.meet_id
      FROM importadmin.import_rows i JOIN importadmin.imports m ON m.id = i.import_id
     WHERE i.result_id = ANY (%s::uuid[]) ORDER BY i.import_id, i.line FOR UPDATE OF i"""


def remove_results(work: Work, ids: list[str], reason: str) -> list[Row]:
    """The lines that claimed them are set aside, or the next import of the meet would bring the results back."""
    if not ids:
        return []
    set_aside(work, work.rows(CLAIMS, [ids]), reason)
    forget_pointers(work, ids)
    return work.delete("results", [{"id": one} for one in ids])


def forget_pointers(work: Work, ids: list[str]) -> None:
    """Pairs of which one goes are no pairs any more; a result that it replaced stands for itself again."""
    pairs = work.rows(
        "SELECT id::text FROM public.potential_duplicates WHERE result_id_1 = ANY (%s::uuid[]) "
        "OR result_id_2 = ANY (%s::uuid[])",
        [ids, ids],
    )
    work.delete("potential_duplicates", pairs)
    replaced = work.rows("SELECT id::text FROM public.results WHERE replaced_by = ANY (%s::uuid[])", [ids])
    work.update("results", [{**row, "replaced_by": None} for row in replaced])
