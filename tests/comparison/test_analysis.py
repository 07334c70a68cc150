"""Row by row: where a missing athlete stands, and what belongs together."""

import pytest

from meets.models import ImportRow, Outcome, School
from reconciliation.compare.analysis import analyse
from reconciliation.compare.labels import label
from reconciliation.models import Case, CaseRow
from tests.comparison.conftest import SmallMeet, _slug


def test_an_athlete_of_that_name_exists(small: SmallMeet) -> None:
    small.athlete("Ada Lind")
    small.line("Ada Lind")
    assert analyse(small.meet.pk).missing[0].standing.kind == "athlete_exists"


def test_an_athlete_of_that_name_exists_under_another_spelling(small: SmallMeet) -> None:
    small.athlete("ADA LIND")
    small.line("Ada Lind")
    assert analyse(small.meet.pk).missing[0].standing.db_name == "ADA LIND"


def test_an_athlete_at_another_school_exists_too(small: SmallMeet) -> None:
    small.athlete("Ada Lind", school=School.objects.create(name="Elsewhere High"))
    small.line("Ada Lind")
    assert "at another school" in analyse(small.meet.pk).missing[0].standing.note


def test_of_two_namesakes_the_one_at_the_same_school_is_shown(small: SmallMeet) -> None:
    small.athlete("Ada Lind", school=School.objects.create(name="Elsewhere High"))
    here = small.athlete("Ada Lind", slug=_slug())
    small.line("Ada Lind")
    assert analyse(small.meet.pk).missing[0].standing.athlete_id == here.pk


def test_nobody_of_that_name_is_not_found(small: SmallMeet) -> None:
    small.athlete("Liz Lind")
    small.line("Elizabeth Lind")
    assert analyse(small.meet.pk).missing[0].standing.kind == "athlete_not_found"


def test_a_held_line_is_held_whoever_exists(small: SmallMeet) -> None:
    small.athlete("Ada Lind")
    small.line("Ada Lind", outcome=Outcome.HELD)
    assert analyse(small.meet.pk).missing[0].standing.kind == "held"


@pytest.mark.parametrize(
    ("left", "right", "why"),
    [
        ("Ada De La Cruz", "Ada de la Cruz", "case"),
        ("José Ek", "Jose Ek", "accent"),
        ("JOSÉ EK", "Jose Ek", "accent"),
        ("Ada O'Brien", "Ada O’Brien", "punctuation"),
        ("Ada Lind-Ek", "Ada Lind Ek", "punctuation"),
        ("Ada Maria Lind", "Ada Lind", "middle name"),
        ("Adriana Lind", "Adriana Lnid", "typo"),
        ("Elizabeth Lind", "Liz Lind", "other name"),
        ("Jo Ek", "Bo Ok", "other name"),
    ],
)
def test_the_label_says_how_two_spellings_differ(left: str, right: str, why: str) -> None:
    assert label(left, right) == why


def test_a_folded_pair_is_a_variant_with_its_label(small: SmallMeet) -> None:
    small.line("Ada Lind")
    small.result("ADA LIND")
    found = analyse(small.meet.pk)
    assert [(pair.line.name, pair.result.name, pair.label) for pair in found.variants] == [
        ("Ada Lind", "ADA LIND", "case")
    ]


def test_a_variant_by_the_name_the_csv_wrote_is_a_known_spelling(small: SmallMeet) -> None:
    small.line("Elizabeth Lind")
    small.result("Liz Lind", source_name="Elizabeth Lind")
    assert analyse(small.meet.pk).variants[0].label == "known spelling"


def test_a_typo_of_the_same_time_is_suggested_and_changes_no_figure(small: SmallMeet) -> None:
    small.line("Adriana Lind")
    small.result("Adriana Lnid")
    found = analyse(small.meet.pk)
    assert (found.missing[0].label, found.extra[0].label, found.figures.folded_missing) == ("typo", "typo", 1)


def test_another_time_of_the_same_name_is_suggested(small: SmallMeet) -> None:
    small.line("Ada Lind", 95_000)
    small.result("ADA LIND", 96_000)
    assert analyse(small.meet.pk).missing[0].label == "other time"


def test_the_same_place_and_time_is_suggested_whatever_the_name(small: SmallMeet) -> None:
    small.line("Elizabeth Lind", place=7)
    small.result("Liz Lind", place_overall=7)
    assert analyse(small.meet.pk).missing[0].label == "other name"


def test_a_tie_alone_suggests_nothing(small: SmallMeet) -> None:
    small.line("Elizabeth Lind", place=7)
    small.result("Bo Ek", place_overall=8)
    assert analyse(small.meet.pk).missing[0].likely is None


def test_an_extra_is_suggested_to_one_line_only(small: SmallMeet) -> None:
    small.line("Adriana Lind")
    small.line("Adriana Linx")
    small.result("Adriana Lint")
    assert sum(missing.likely is not None for missing in analyse(small.meet.pk).missing) == 1


def test_figures_of_the_analysis_equal_those_of_the_summary(small: SmallMeet) -> None:
    small.both("Ada Lind")
    small.line("Bo Ek")
    small.line("Cy Oh", 90_000)
    small.result("CY OH", 90_000)
    small.result("Di Um", 91_000)
    small.line("Ed Av", 92_000, Outcome.DISMISSED)
    assert analyse(small.meet.pk).figures.as_dict() == small.summary()["after"]


def test_a_meet_of_another_tool_has_no_csv_side(small: SmallMeet) -> None:
    small.result("Ada Lind")
    small.import_.delete()
    found = analyse(small.meet.pk)
    assert (found.import_, found.figures.db_total, found.extra) == (None, 1, [])


def test_a_preview_is_not_the_csv_side(small: SmallMeet) -> None:
    type(small.import_).objects.update(mode="preview")
    assert analyse(small.meet.pk).import_ is None


def test_held_and_repeated_lines_are_listed_apart(small: SmallMeet) -> None:
    small.line("Ada Lind", outcome=Outcome.HELD)
    small.both("Bo Ek")
    small.line("Bo Ek", outcome=Outcome.REPEATED)
    found = analyse(small.meet.pk)
    counts = [found.lines(outcome).count() for outcome in (Outcome.HELD, Outcome.REPEATED)]
    assert counts == [1, 1]


def hold(small: SmallMeet, row: ImportRow) -> Case:
    case = Case.objects.create(
        kind="similar_athlete", fingerprint=_slug(), question=f"Is {row.athlete_name} new?", meet_id=small.meet.pk
    )
    case.refresh_from_db()
    CaseRow.objects.create(case=case, import_id=small.import_.pk, line=row.line)
    return case
