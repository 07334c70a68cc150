"""The five things that are derived from results, by the names of their rebuild functions, in the order of work."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Derived:
    """`table` holds it; `subject` is whose rows they are, `keys` what one of them is called."""

    name: str
    table: str
    label: str
    what: str

    @property
    def function(self) -> str:
        return f"batch_rebuild_{self.name}"


TABLES = (
    Derived(
        "normalized_times", "results", "Normalised times",
        "Each result's time on a flat mile, for courses with a rating.",
    ),
    Derived(
        "athlete_best_times", "athlete_best_times", "Best times", "Every athlete's best of each season and of all time."
    ),
    Derived(
        "course_records", "course_records", "Course records", "The 100 fastest athletes of each course, boys and girls."
    ),
    Derived(
        "school_hall_of_fame", "school_hall_of_fame", "School halls of fame",
        "The 100 best normalised times of each school.",
    ),
    Derived(
        "school_course_records", "school_course_records", "School course records",
        "The fastest of each school, course and grade.",
    ),
)  # fmt: skip
BY_NAME = {derived.name: derived for derived in TABLES}
# What rests on normalised times, and so is rebuilt along with them.
ON_NORMALIZED = ("athlete_best_times", "school_hall_of_fame")


def with_dependants(names: Iterable[str]) -> list[str]:
    """The names in the order of rebuilding, with what rests on normalised times. Raises KeyError on an unknown one."""
    wanted = {BY_NAME[name].name for name in names}
    if "normalized_times" in wanted:
        wanted.update(ON_NORMALIZED)
    return [derived.name for derived in TABLES if derived.name in wanted]
