"""How two people compare: one level a field. The levels are the language of weights and of the evidence shown."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import OSA, JaroWinkler
from rapidfuzz.process import cpdist

from reconciliation.matching.people import (
    BAG,
    GIVEN,
    GIVEN2,
    GIVEN_ALL,
    INITIALS,
    SURNAME,
    SURNAME2,
    SURNAME_ALL,
    Ints,
    People,
    Small,
    Vocabulary,
)

GIVEN_LEVELS = ("same", "nickname", "typo", "middle", "initial", "alike", "different", "blank")
SURNAME_LEVELS = ("same", "part", "typo", "half", "part_typo", "initial", "alike", "different", "blank")
ORDER_LEVELS = ("as_written", "swapped")
MIDDLE_LEVELS = ("unknown", "same", "initial", "different")
SUFFIX_LEVELS = ("unknown", "same", "different")
YEAR_LEVELS = ("same", "one_apart", "far", "blank")
GENDER_LEVELS = ("same", "different", "blank")
SCHOOL_LEVELS = ("same", "other", "blank")
(G_SAME, G_NICK, G_TYPO, G_MIDDLE, G_INITIAL, G_ALIKE, G_DIFFERENT, G_BLANK) = range(8)
(S_SAME, S_PART, S_TYPO, S_HALF, S_PART_TYPO, S_INITIAL, S_ALIKE, S_DIFFERENT, S_BLANK) = range(9)
# Only where two words share most letters is it worth to look at them letter by letter.
_TYPO, _ALIKE = 0.92, 0.83
Bools = npt.NDArray[np.bool_]
# Preference between the two orders of a name, before any weight is learned.
_GIVEN_WORTH = np.array([9, 7, 6, 5, 3, 2, 0, 1], np.int8)
_SURNAME_WORTH = np.array([9, 7, 7, 4, 5, 2, 2, 0, 1], np.int8)


@dataclass(slots=True)
class Levels:
    """One row a pair. `given_word` and `surname_word` are the words that agree (0: none), for their rarity."""

    given: Small
    surname: Small
    order: Small
    middle: Small
    suffix: Small
    year: Small
    gender: Small
    school: Small
    given_word: Ints
    surname_word: Ints

    def __len__(self) -> int:
        return len(self.given)

    @property
    def name_cell(self) -> npt.NDArray[np.int16]:
        """Given, surname and order as one number below NAME_CELLS."""
        return (self.given.astype(np.int16) * len(SURNAME_LEVELS) + self.surname) * 2 + self.order


NAME_CELLS = len(GIVEN_LEVELS) * len(SURNAME_LEVELS) * 2


class Words:
    """Compares words of a vocabulary, many at once."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._words = vocabulary.words
        self._size = np.int64(len(vocabulary.words))
        self._length, self._first, self._mask = vocabulary.shapes()
        self._related = vocabulary.related()
        self.count = np.zeros(len(vocabulary.words), np.int32)

    def related(self, left: Ints, right: Ints) -> Bools:
        if not len(self._related):
            return np.zeros(len(left), bool)
        keys = left * self._size + right
        at = np.minimum(np.searchsorted(self._related, keys), len(self._related) - 1)
        return (self._related[at] == keys) & (left > 0)

    def initial(self, left: Ints, right: Ints) -> Bools:
        """One is a single letter, the other begins with it."""
        short = (self._length[left] == 1) | (self._length[right] == 1)
        return short & (self._first[left] == self._first[right]) & (left > 0) & (right > 0)

    def closeness(self, left: Ints, right: Ints, wanted: Bools) -> npt.NDArray[np.float32]:
        """Above _TYPO a slip or two, above 0 alike; 0 where not wanted or clearly far apart."""
        found = np.zeros(len(left), np.float32)
        apart = np.abs(self._length[left] - self._length[right])
        letters = np.bitwise_count(self._mask[left] ^ self._mask[right])
        at = np.flatnonzero(
            wanted & (self._length[left] > 2) & (self._length[right] > 2) & (apart <= 4) & (letters <= 5)
        )
        if not len(at):
            return found
        keys, back = np.unique(left[at] * self._size + right[at], return_inverse=True)
        ones = [self._words[key] for key in keys // self._size]
        twos = [self._words[key] for key in keys % self._size]
        slips = cpdist(ones, twos, scorer=OSA.distance, score_cutoff=2, dtype=np.int32)
        alike = cpdist(ones, twos, scorer=JaroWinkler.normalized_similarity, score_cutoff=_ALIKE, dtype=np.float32)
        shorter = np.minimum(self._length[keys // self._size], self._length[keys % self._size])
        scores = np.where(slips == 1, 1.0, np.where((slips == 2) & (shorter >= 8), 0.95, alike * 0.9))
        scores = np.where((slips == 2) & (shorter >= 5) & (scores == 0), 0.75, scores)
        found[at] = scores[back]
        return found

    def short_forms(self, left: Ints, right: Ints, wanted: Bools) -> tuple[Bools, Bools]:
        """Where one word holds the other (Xander, Alexander), and where both begin with the same three letters."""
        holds, begins = np.zeros(len(left), bool), np.zeros(len(left), bool)
        at = np.flatnonzero(wanted & (self._length[left] > 2) & (self._length[right] > 2))
        if not len(at):
            return holds, begins
        keys, back = np.unique(left[at] * self._size + right[at], return_inverse=True)
        words = self._words
        pairs = [(words[key], words[other]) for key, other in zip(keys // self._size, keys % self._size, strict=True)]
        holds[at] = np.fromiter((a in b or b in a for a, b in pairs), bool, len(pairs))[back]
        begins[at] = np.fromiter((a[:3] == b[:3] for a, b in pairs), bool, len(pairs))[back]
        return holds, begins

    def rarer(self, left: Ints, right: Ints) -> Ints:
        """Of two spellings the one that fewer people have: a slip of the pen makes a word that nobody is called."""
        return np.where(self.count[left] <= self.count[right], left, right)


def _given(words: Words, one: Ints, two: Ints) -> tuple[Small, Ints]:
    """Level of the given names of rows `one` and `two` (n, 8), and the word that agrees."""
    a, b = one[:, GIVEN], two[:, GIVEN]
    level = np.full(len(a), G_DIFFERENT, np.int8)
    word = np.zeros(len(a), np.int32)
    level[(a == 0) | (b == 0)] = G_BLANK

    def mark(where: Bools, value: int, which: Ints | None = None) -> None:
        where &= level >= G_DIFFERENT
        where &= level != G_BLANK
        level[where] = value
        if which is not None:
            word[where] = which[where]

    mark((a == b) | (one[:, GIVEN_ALL] == two[:, GIVEN_ALL]), G_SAME, a)
    # "Marykate" is "Mary Kate".
    mark((one[:, GIVEN_ALL] == b) | (a == two[:, GIVEN_ALL]), G_SAME, a)
    mark(words.related(a, b), G_NICK, b)
    close = words.closeness(a, b, level == G_DIFFERENT)
    mark(close >= _TYPO, G_TYPO, words.rarer(a, b))
    for x, y in ((one, two), (two, one)):
        # "Carlos" of "Juan Carlos Perez", wherever the file put the boundary.
        second_surname = (y[:, SURNAME2] > 0) & (x[:, SURNAME2] == 0) & (x[:, SURNAME] != y[:, SURNAME])
        for other, there in ((GIVEN2, y[:, GIVEN2] > 0), (SURNAME, second_surname)):
            mark(there & (x[:, GIVEN] == y[:, other]), G_MIDDLE, x[:, GIVEN])
            mark(there & words.related(x[:, GIVEN], y[:, other]), G_MIDDLE, x[:, GIVEN])
    mark(words.initial(a, b), G_INITIAL)
    mark(((a == two[:, INITIALS]) & (a > 0)) | ((b == one[:, INITIALS]) & (b > 0)), G_INITIAL)
    mark(words.closeness(one[:, GIVEN_ALL], two[:, GIVEN_ALL], level == G_DIFFERENT) >= _TYPO, G_TYPO, a)
    holds, begins = words.short_forms(a, b, level == G_DIFFERENT)
    mark(holds, G_NICK, words.rarer(a, b))
    mark((close > 0) | begins, G_ALIKE, words.rarer(a, b))
    return level, word


def _surname(words: Words, one: Ints, two: Ints) -> tuple[Small, Ints]:
    a, b, a2, b2 = one[:, SURNAME], two[:, SURNAME], one[:, SURNAME2], two[:, SURNAME2]
    level = np.full(len(a), S_DIFFERENT, np.int8)
    word = np.zeros(len(a), np.int32)
    level[(a == 0) | (b == 0)] = S_BLANK

    def mark(where: Bools, value: int, which: Ints | None = None) -> None:
        where &= level == S_DIFFERENT
        level[where] = value
        if which is not None:
            word[where] = which[where]

    all_a, all_b = one[:, SURNAME_ALL], two[:, SURNAME_ALL]
    double_a, double_b = a2 > 0, b2 > 0
    both, single = double_a & double_b, double_a ^ double_b
    mark((all_a == all_b) | (both & (a == b2) & (a2 == b)), S_SAME, np.where(double_a, all_a, a))
    mark(~single & ~both & words.related(a, b), S_PART, a)
    crosses = ((a, b), (a2, b), (a, b2))
    for x, y in crosses:
        mark(single & (x == y) & (x > 0), S_PART, x)
    close = words.closeness(all_a, all_b, level == S_DIFFERENT)
    mark(close >= _TYPO, S_TYPO, words.rarer(all_a, all_b))
    first = words.closeness(a, b, (level == S_DIFFERENT) & (single | both))
    second = words.closeness(a2, b2, (level == S_DIFFERENT) & both)
    mark(both & ((a == b) & (second >= _TYPO) | (a2 == b2) & (first >= _TYPO)), S_TYPO, a)
    mark(both & ((a == b) | (a2 == b2) | (a == b2) | (a2 == b)), S_HALF, np.where((a == b) | (a == b2), a, a2))
    mark(single & (first >= _TYPO), S_PART_TYPO, a)
    for x, y in crosses[1:]:
        mark(single & (words.closeness(x, y, (level == S_DIFFERENT) & single) >= _TYPO), S_PART_TYPO, x)
    mark(words.initial(a, b), S_INITIAL)
    mark((close > 0) | (first > 0), S_ALIKE, words.rarer(all_a, all_b))
    return level, word


_SWAP = [SURNAME, SURNAME2, SURNAME_ALL, GIVEN, GIVEN2, GIVEN_ALL, BAG, INITIALS]


def _names(words: Words, one: Ints, two: Ints) -> tuple[Small, Small, Small, Ints, Ints]:
    given, given_word = _given(words, one, two)
    surname, surname_word = _surname(words, one, two)
    order = np.zeros(len(given), np.int8)
    doubtful = np.flatnonzero((_GIVEN_WORTH[given] < 4) | (_SURNAME_WORTH[surname] < 4))
    if len(doubtful):
        other = two[doubtful][:, _SWAP]
        left = one[doubtful]
        g, g_word = _given(words, left, other)
        s, s_word = _surname(words, left, other)
        better = (
            _GIVEN_WORTH[g] + _SURNAME_WORTH[s] > _GIVEN_WORTH[given[doubtful]] + _SURNAME_WORTH[surname[doubtful]] + 3
        )
        # Read crosswise, the two must be the very words, or slips of them.
        better &= (g == G_SAME) | (s == S_SAME) | ((g == G_TYPO) & (s == S_TYPO))
        better &= (g <= G_INITIAL) & (s <= S_TYPO)
        # The same words in any order ("Lopez Juan Garcia") are the whole name, whatever the columns say.
        bag = one[doubtful, BAG] == two[doubtful, BAG]
        g[bag], s[bag] = G_SAME, S_SAME
        g_word[bag], s_word[bag] = left[bag, GIVEN], left[bag, SURNAME]
        better |= bag & (left[:, GIVEN] > 0)
        at = doubtful[better]
        given[at], surname[at], order[at] = g[better], s[better], 1
        given_word[at], surname_word[at] = g_word[better], s_word[better]
    return given, surname, order, given_word, surname_word


def _middle(words: Words, one: Ints, two: Ints, given: Small, order: Small) -> Small:
    a, b = one[:, GIVEN2], two[:, GIVEN2]
    level = np.zeros(len(a), np.int8)
    both = (a > 0) & (b > 0) & (order == 0) & (given != G_MIDDLE)
    level[both] = 3
    level[both & (words.initial(a, b) | words.related(a, b))] = 2
    level[both & (a == b)] = 1
    return level


def compare(words: Words, first: People, second: People, left: Ints, right: Ints) -> Levels:
    """Levels of the pairs (first[left[k]], second[right[k]])."""
    one, two = first.words[left], second.words[right]
    given, surname, order, given_word, surname_word = _names(words, one, two)
    suffixes = first.suffix[left], second.suffix[right]
    suffix = np.where((suffixes[0] == 0) | (suffixes[1] == 0), 0, np.where(suffixes[0] == suffixes[1], 1, 2))
    years = first.year[left], second.year[right]
    apart = np.abs(years[0] - years[1])
    year = np.where((years[0] == 0) | (years[1] == 0), 3, np.minimum(apart, 2))
    sexes = first.gender[left], second.gender[right]
    gender = np.where((sexes[0] == 0) | (sexes[1] == 0), 2, sexes[0] != sexes[1])
    schools = first.school[left], second.school[right]
    school = np.where((schools[0] == 0) | (schools[1] == 0), 2, schools[0] != schools[1])
    small = np.int8
    return Levels(
        given,
        surname,
        order,
        _middle(words, one, two, given, order),
        suffix.astype(small),
        year.astype(small),
        gender.astype(small),
        school.astype(small),
        given_word,
        surname_word,
    )
