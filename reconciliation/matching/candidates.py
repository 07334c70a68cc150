"""Which pairs are worth comparing: everybody else is surely somebody else.

Within a school: a shared word (or nickname), or letters much alike. Across schools: a given name (or nickname) and a
surname in common, or names that differ in one letter; a pair of initials never leads to another school.
"""

from array import array
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import Indel
from rapidfuzz.process import cdist

from reconciliation.matching.nicknames import related_names
from reconciliation.matching.people import GIVEN, GIVEN2, SURNAME, SURNAME2, SURNAME_ALL, Ints, People, Vocabulary

# Of the letters of both sorted names, the share in common: "bob smtih" and "robert smith" reach 0.67.
ALIKE = 0.58
# A key that so many pairs share (first × second) tells nobody apart across schools.
_COMMON_ACROSS = 2_000
_LARGE_SCHOOL = 4_000_000
Keys = npt.NDArray[np.int64]


@dataclass(slots=True)
class Pairs:
    """Positions in the first and the second list, sorted, each pair once."""

    left: Ints
    right: Ints


def _unique(left: list[Ints], right: list[Ints], size: int) -> Pairs:
    if not left:
        return Pairs(np.zeros(0, np.int32), np.zeros(0, np.int32))
    keys = np.unique(np.concatenate([a.astype(np.int64) * size + b for a, b in zip(left, right, strict=True)]))
    return Pairs((keys // size).astype(np.int32), (keys % size).astype(np.int32))


def _join(left_keys: Keys, left: Ints, right_keys: Keys, right: Ints, most: int | None = None) -> tuple[Ints, Ints]:
    """All (left, right) with equal keys; with `most`, keys that more pairs share are left out."""
    order = np.argsort(right_keys, kind="stable")
    sorted_keys = right_keys[order]
    start = np.searchsorted(sorted_keys, left_keys, "left")
    count = np.searchsorted(sorted_keys, left_keys, "right") - start
    if most is not None:
        _, back, repeats = np.unique(left_keys, return_inverse=True, return_counts=True)
        count = np.where(count * repeats[back] > most, 0, count)
    total = int(count.sum())
    if not total:
        return np.zeros(0, np.int32), np.zeros(0, np.int32)
    rows = np.repeat(np.arange(len(left_keys)), count)
    inside = np.arange(total) - np.repeat(np.cumsum(count) - count, count)
    return left[rows], right[order[start[rows] + inside]]


class Canonical:
    """For every word the one that stands for its nicknames: two nicknames of one name meet there."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        names = related_names()
        self.words = list(vocabulary.words)
        ids = dict(vocabulary.ids)
        self.of = np.arange(len(self.words), dtype=np.int32)
        for at, word in enumerate(vocabulary.words):
            others = names.get(word)
            if others:
                # The longest is mostly the full name ("robert" of rob, bob, bobby); ties by the alphabet.
                best = max((*others, word), key=lambda name: (len(name), name))
                known = ids.get(best)
                if known is None:
                    known = ids[best] = len(self.words)
                    self.words.append(best)
                self.of[at] = known


def _school_groups(people: People) -> dict[int, Ints]:
    if not len(people):
        return {}
    order = np.argsort(people.school, kind="stable").astype(np.int32)
    schools, starts = np.unique(people.school[order], return_index=True)
    parts = np.split(order, starts[1:])
    return {int(school): part for school, part in zip(schools, parts, strict=True) if school}


def _letters(people: People, vocabulary: Vocabulary, canonical: Canonical) -> list[str]:
    """Of everybody the canonical given name and the surnames, in alphabetical order, as one text."""
    words = canonical.words
    of = canonical.of
    return [
        " ".join(sorted((words[of[given]], words[surname])))
        for given, surname in zip(people.words[:, GIVEN].tolist(), people.words[:, SURNAME_ALL].tolist(), strict=True)
    ]


def within(first: People, second: People, vocabulary: Vocabulary) -> Pairs:
    """Candidates of one school."""
    canonical = Canonical(vocabulary)
    size = np.int64(len(canonical.words))
    lefts: list[Ints] = []
    rights: list[Ints] = []
    sides = []
    for people in (first, second):
        keys, who = [], []
        known = people.school > 0
        for field in (GIVEN, GIVEN2, SURNAME, SURNAME2):
            word = people.words[:, field]
            if field in (GIVEN, GIVEN2):
                word = canonical.of[word]
            at = np.flatnonzero(known & (word > 0)).astype(np.int32)
            keys.append(people.school[at].astype(np.int64) * size + word[at])
            who.append(at)
        sides.append((np.concatenate(keys), np.concatenate(who)))
    left, right = _join(*sides[0], *sides[1])
    lefts.append(left)
    rights.append(right)
    texts = _letters(first, vocabulary, canonical), _letters(second, vocabulary, canonical)
    there = _school_groups(first)
    for school, here in _school_groups(second).items():
        if school in there:
            for part in _parts(there[school], len(here)):
                one, two = [texts[0][at] for at in part], [texts[1][at] for at in here]
                scores = cdist(one, two, scorer=Indel.normalized_similarity, score_cutoff=ALIKE, dtype=np.float32)
                a, b = np.nonzero(scores)
                lefts.append(part[a])
                rights.append(here[b])
    return _unique(lefts, rights, len(second))


def _parts(rows: Ints, width: int) -> list[Ints]:
    """Rows in batches: a table of similarities never holds more than four million numbers."""
    step = max(1, _LARGE_SCHOOL // max(width, 1))
    return [rows[at : at + step] for at in range(0, len(rows), step)]


def across(first: People, second: People, vocabulary: Vocabulary, left_wanted: Ints, right_wanted: Ints) -> Pairs:
    """Candidates of different or unknown schools, among the wanted positions of either side."""
    canonical = Canonical(vocabulary)
    lefts: list[Ints] = []
    rights: list[Ints] = []
    for name_keys in (_names_and_years, _deletions):
        left_keys, left = name_keys(first, left_wanted, canonical, vocabulary)
        right_keys, right = name_keys(second, right_wanted, canonical, vocabulary)
        a, b = _join(left_keys, left, right_keys, right, _COMMON_ACROSS)
        fits = first.school[a] != second.school[b]
        fits |= first.school[a] == 0
        lefts.append(a[fits])
        rights.append(b[fits])
    return _unique(lefts, rights, len(second))


def _names_and_years(people: People, wanted: Ints, canonical: Canonical, vocabulary: Vocabulary) -> tuple[Keys, Ints]:
    """Given name or nickname with surname, in both orders; a bare initial is no given name."""
    size = np.int64(len(canonical.words))
    long = np.fromiter((len(word) > 1 for word in canonical.words), bool, len(canonical.words))
    words = people.words[wanted]
    keys, who = [], []
    for given in (GIVEN, GIVEN2):
        for surname in (SURNAME, SURNAME2):
            one, two = canonical.of[words[:, given]], canonical.of[words[:, surname]]
            at = np.flatnonzero((one > 0) & (two > 0) & long[one] & long[two])
            # The order is forgotten, for "Last First": the lesser number comes first.
            keys.append(np.minimum(one[at], two[at]) * size + np.maximum(one[at], two[at]))
            who.append(wanted[at])
    return np.concatenate(keys), np.concatenate(who)


def _deletions(people: People, wanted: Ints, canonical: Canonical, vocabulary: Vocabulary) -> tuple[Keys, Ints]:
    """Keys that two names share when they differ in one letter: each name with each of its letters left out."""
    keys = array("q")
    who = array("i")
    words, of = canonical.words, canonical.of
    givens = of[people.words[wanted, GIVEN]].tolist()
    surnames = people.words[wanted, SURNAME_ALL].tolist()
    for at, one, two in zip(wanted.tolist(), givens, surnames, strict=True):
        given, surname = words[one], vocabulary.words[two]
        if len(given) < 2 or len(surname) < 2 or len(given) + len(surname) < 8:
            continue
        text = given + " " + surname if given < surname else surname + " " + given
        found = {text[:cut] + text[cut + 1 :] for cut in range(len(text))}
        found.add(text)
        # Equal texts have equal hashes in one run; which number that is matters to nothing.
        keys.extend(map(hash, found))
        who.extend([at] * len(found))
    return np.frombuffer(keys, np.int64), np.frombuffer(who, np.int32)
