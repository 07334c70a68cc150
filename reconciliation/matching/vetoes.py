"""Proof that two are different people: one list for the import, the scan and the review's evidence.

No score overrides a veto; a reviewer can, with a written reason. sql/20_vetoes.sql finds them between lines and
athletes, sql/62_scan_vetoes.sql between athletes.
"""

SAME_RACE = "both finished the same race"
OTHER_VENUE = "ran at another venue on the same day"
OTHER_GENDER = "different gender"
YEARS_APART = "grad years more than one apart"
TOLD_APART = "a reviewer told them apart before"
VETOES = {
    "same_race": SAME_RACE,
    "other_venue": OTHER_VENUE,
    "other_gender": OTHER_GENDER,
    "years_apart": YEARS_APART,
    "told_apart": TOLD_APART,
}
