"""Which files of an upload belong together: one bundle for each folder with a results.csv."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from meets.bundles.archive import Entry
from meets.bundles.kinds import METADATA, RESULTS, meet_id_of
from meets.bundles.problems import BadBundle, Problem

_DULL = frozenset({"csv", "csvs", "data", "files", "export", "output", "bundle"})
_SHEETS = (".xlsx", ".xls", ".ods", ".numbers")


@dataclass(slots=True)
class Group:
    """One bundle to be: its files by kind, a name, and the meet's id if the folder tells it."""

    folder: tuple[str, PurePosixPath]
    files: dict[str, Entry] = field(default_factory=dict)

    @property
    def parts(self) -> list[str]:
        """Folder names from the inside out; the ZIP's own name last."""
        archive, folder = self.folder
        stem = PurePosixPath(archive).name
        stem = stem[:-4] if stem.lower().endswith(".zip") else stem
        return [part for part in (*reversed(folder.parts), stem) if part]

    @property
    def meet_id(self) -> str:
        return next(filter(None, map(meet_id_of, self.parts)), "")

    @property
    def name(self) -> str:
        named = [part for part in self.parts if meet_id_of(part)]
        telling = [part for part in self.parts if part.lower() not in _DULL]
        return (named or telling or self.parts or [""])[0]


def group_entries(entries: Sequence[Entry]) -> tuple[list[Group], list[str]]:
    """Bundles, and the files that belong to none. BadBundle with every reason why these are no bundles."""
    found: dict[tuple[str, PurePosixPath], list[Entry]] = defaultdict(list)
    ignored = []
    for entry in entries:
        if entry.kind:
            found[entry.archive, entry.path.parent].append(entry)
        else:
            ignored.append(entry.shown)
    problems: list[Problem] = []
    groups = {key: _group(key, files, problems) for key, files in found.items()}
    bundles = {key: group for key, group in groups.items() if RESULTS in group.files}
    for key, group in groups.items():
        if key in bundles:
            continue
        home = _home(key, bundles)
        if home is not None and not home.files.keys() & group.files.keys():
            home.files |= group.files
        elif set(group.files) - {METADATA}:
            problems.append(_no_results(group, bool(bundles), ignored))
    if not bundles and not problems:
        problems.append(_nothing(ignored))
    if problems:
        raise BadBundle(problems)
    return list(bundles.values()), ignored


def _group(key: tuple[str, PurePosixPath], files: Iterable[Entry], problems: list[Problem]) -> Group:
    group = Group(key)
    for entry in files:
        kind = str(entry.kind)
        if kind in group.files:
            problems.append(_twice(group.files[kind], entry))
        group.files[kind] = entry
    return group


def _home(key: tuple[str, PurePosixPath], bundles: dict[tuple[str, PurePosixPath], Group]) -> Group | None:
    """The bundle above or below a folder that has files but no results.csv, if there is exactly one."""
    archive, folder = key
    near = [
        group
        for (other, where), group in bundles.items()
        if other == archive and (where.is_relative_to(folder) or folder.is_relative_to(where))
    ]
    return near[0] if len(near) == 1 else None


def _twice(first: Entry, second: Entry) -> Problem:
    return Problem(
        "bundle.file_twice",
        second.shown,
        f"The folder has two files of one kind: {first.path.name} and {second.path.name}.",
        "Keep one of them, or put the other into a folder of its own.",
    )


def _no_results(group: Group, others: bool, ignored: list[str]) -> Problem:
    archive, folder = group.folder
    where = f"the folder {folder}" if folder.parts else (archive or "the upload")
    names = ", ".join(sorted(entry.path.name for entry in group.files.values()))
    also = " The other bundles of this upload were not taken either." if others else ""
    return Problem(
        "bundle.no_results",
        archive or str(folder),
        f"There is no results.csv in {where}, only {names}.{also}",
        _rename(ignored) or "Add results.csv; it is the one file that an import always needs.",
    )


def _nothing(ignored: list[str]) -> Problem:
    shown = ", ".join(ignored[:5]) + (", …" if len(ignored) > 5 else "")
    return Problem(
        "bundle.no_results",
        "",
        f"There is no results.csv in the upload{f', only {shown}' if shown else ''}.",
        _rename(ignored) or "Upload the folder or ZIP that the scraper wrote, or its results.csv.",
    )


def _rename(ignored: list[str]) -> str:
    if any(name.lower().endswith(_SHEETS) for name in ignored):
        return "Save the spreadsheet as CSV (UTF-8) under the name results.csv and upload that."
    near = [name for name in ignored if "result" in name.lower() and name.lower().endswith((".csv", ".txt", ".tsv"))]
    return f"If {near[0]} holds the results, rename it to results.csv." if near else ""
