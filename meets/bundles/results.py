"""The lines of results.csv, one tuple each, in the order in which they are copied into the database.

A line without anything odd takes the short way (about 3 µs); everything else goes to OddLines, which explains.
"""

import re
from collections.abc import Iterator
from operator import itemgetter
from typing import BinaryIO

from meets.bundles.format import FileFormat, header_key, is_blank
from meets.bundles.odd_lines import OddLines
from meets.bundles.staged import FIELDS_READ, OK, REJECTED, SKIPPED, StagedLine
from meets.bundles.text import records
from meets.bundles.times import plain_time
from meets.bundles.values import GRAD_YEARS, clean_id

__all__ = ["OK", "REJECTED", "SKIPPED", "StagedLine", "read_results"]

# Names that need no second look. Left out are the letters with which twice converted text begins (Ã Â â Å).
_PLAIN_NAME = re.compile("[A-Za-zÀÁÄÆ-ÖØ-áã-öø-ÿĀ-ž][A-Za-zÀÁÄÆ-ÖØ-áã-öø-ÿĀ-ž .'’-]*")
_GRADES: dict[str, int | None] = {"": None} | {str(grade): grade for grade in range(1, 13)}
_YEARS: dict[str, int | None] = {"": None} | {str(year): year for year in GRAD_YEARS}
# No name or id can be too long in a line as short as this.
_SHORT_LINE = 250
_GENDERS = frozenset({"", "M", "F"})


class _References(dict[str, str]):
    """Ids as written to ids as meant. Races and schools are few; a hostile file must not fill the memory."""

    def __missing__(self, text: str) -> str:
        if len(self) > 50_000:
            self.clear()
        found = self[text] = clean_id(text)
        return found


def read_results(stream: BinaryIO, fmt: FileFormat) -> Iterator[StagedLine]:
    """Every data line of the file; blank lines and repeated headers are left out, as in `data_lines`."""
    width, skip, delimiter = len(fmt.header), fmt.header_line_last, fmt.delimiter
    header = header_key(fmt.header, delimiter)
    # An absent column reads the '' that is appended to each line's fields.
    pick = itemgetter(*(fmt.columns.get(name, -1) for name in FIELDS_READ))
    odd, references = OddLines(fmt), _References()
    grades, years, genders = _GRADES, _YEARS, _GENDERS
    plain, make, short = _PLAIN_NAME.fullmatch, tuple.__new__, _SHORT_LINE
    for record in records(stream, fmt.encoding, delimiter, fmt.name):
        line, last, raw, fields, had_nul, unclosed = record
        if line <= skip:
            continue
        if len(fields) == width and line == last and len(raw) < short and not had_nul and not unclosed:
            fields.append("")
            race, name, first, second, school, time, place, grade, athlete, year, gender = pick(fields)
            if (
                (cs := plain_time(time))
                and (not place or (place.isdecimal() and place[0] != "0" and len(place) < 8))
                and grade in grades
                and year in years
                and gender in genders
                and (race := references[race])
                and (school := references[school])
                and (not athlete or athlete.isdecimal())
                and plain(name)
                and first.isprintable()
                and second.isprintable()
            ):
                name, first, second = " ".join(name.split()), " ".join(first.split()), " ".join(second.split())
                person = (athlete, years[year], gender)
                number = int(place) if place else None
                row = (line, last, raw, race, name, first, second, school, cs, number, grades[grade], *person, OK, ())
                yield make(StagedLine, row)
                continue
            fields.pop()
        blank = is_blank(raw, delimiter)
        if not blank and (fields[0][:1].isdigit() or header_key(fields, delimiter) != header):
            yield odd.read(record)
