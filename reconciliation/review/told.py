"""A preview in sentences: what an answer, a merge or an undo would change."""

from typing import Any

from importadmin.templatetags.words import outcome_label, race_time
from reconciliation.actions.preview import Preview, RecordChange, ResultLine, UndoPreview

SHOWN = 5


def told(preview: Preview) -> list[str]:
    """What will be different afterwards, the weightiest first. A refusal is said alone."""
    if preview.refused:
        return [preview.refused]
    found = [f"Makes {one.name}, who graduates {one.grad_year}, at {one.slug}." for one in preview.creates]
    found += _results(preview.writes, "Adds {what} to {athlete}.")
    found += _results(preview.moves, "Moves {what} from {was} to {athlete}.")
    found += _results(preview.collapses, "{what} of both become one result.")
    found += _results(preview.removes, "Takes away {what} of {athlete}.")
    found += _some([record_told(one) for one in preview.records], "records")
    found += [f"The address {old} will lead to {new}." for old, new in preview.redirects]
    if not preview.writes and preview.outcomes:
        found += [
            f"{n:,} line{'' if n == 1 else 's'} of the CSV: {outcome_label(one)}."
            for one, n in preview.outcomes.items()
        ]
    if preview.cases > 1:
        meets = f" in {preview.meets} meets" if preview.meets > 1 else ""
        found.append(f"Answers {_many(preview.cases - 1, 'more question')} about the very same{meets}.")
    found += [f"Asks anew: {question}" for question in preview.new_cases]
    found += [f"Needs a reason: {veto}." for veto in preview.vetoes]
    return found


def undo_told(preview: UndoPreview) -> list[str]:
    found = list(preview.restores)
    found += _results(preview.writes, "Puts back {what} of {athlete}.")
    found += _results(preview.moves, "Moves {what} from {was} back to {athlete}.")
    found += _results(preview.removes, "Takes away {what} of {athlete}.")
    found += _some([record_told(one) for one in preview.records], "records")
    if preview.reopens:
        found.append(f"Opens {_many(preview.reopens, 'question')} again.")
    return found


def record_told(change: RecordChange) -> str:
    return (
        f"No. {change.rank} of {change.of} ({change.list}, {'boys' if change.gender == 'M' else 'girls'}): "
        f"{_holder(change.before)} → {_holder(change.after)}."
    )


def _holder(record: dict[str, Any] | None) -> str:
    return f"{record.get('athlete', '–')} {race_time(record.get('time_cs'))}" if record else "nobody"


def _results(lines: list[ResultLine], sentence: str) -> list[str]:
    told = [
        sentence.format(
            what=f"{race_time(line.time_cs)} ({line.meet}{', ' + line.race if line.race else ''})",
            athlete=line.athlete,
            was=line.was or "–",
        )
        for line in lines
    ]
    return _some([text[0].upper() + text[1:] for text in told], "results")


def _many(n: int, thing: str) -> str:
    return f"{n:,} {thing}{'' if n == 1 else 's'}"


def _some(sentences: list[str], what: str) -> list[str]:
    more = len(sentences) - SHOWN
    return [*sentences[:SHOWN], *([f"And {more:,} more {what}."] if more > 0 else [])]
