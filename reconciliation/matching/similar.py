"""Plain and safe similarity of two names of one school: enough to ask, never enough to link.

Every rule only says "this may be the same person". What no rule finds is somebody new.
"""

from rapidfuzz.distance import JaroWinkler, Levenshtein

# A typo in a name of ten letters is 0.9 alike; two different surnames seldom reach this.
TYPO_RATIO = 0.85
NICKNAME_RATIO = 0.75


def alike(left: str, right: str, same_year: bool) -> tuple[float, list[str]]:
    """How alike two name keys are (0 to 1) and why in words; (0, []) when nothing speaks for one person.

    `same_year`: whether the grad years are equal. One year apart is a slip of the pen only if the name is nearly equal.
    """
    if left == right:
        return (0.95, ["same name", "grad year one apart"]) if not same_year else (0.99, ["same name"])
    one, two = left.split(), right.split()
    if sorted(one) == sorted(two):
        return 0.95, ["same names in another order"]
    if left.replace(" ", "") == right.replace(" ", ""):
        return 0.95, ["same letters, other spaces"]
    if len(one) > 1 and len(two) > 1 and (set(one) < set(two) or set(two) < set(one)):
        return 0.9, ["one name has a middle name or second surname more"]
    whole = Levenshtein.normalized_similarity(left, right)
    if whole >= TYPO_RATIO:
        return whole, ["names differ in a letter or two"]
    if len(one) > 1 and len(two) > 1 and same_year:
        return _parts(one, two)
    return 0.0, []


def _parts(one: list[str], two: list[str]) -> tuple[float, list[str]]:
    """Same surname, first names that may be one name: initial, short form, nickname."""
    first, second = one[0], two[0]
    if not (one[-1] == two[-1] or Levenshtein.normalized_similarity(one[-1], two[-1]) >= TYPO_RATIO):
        return 0.0, []
    if first.startswith(second) or second.startswith(first):
        return 0.85, ["same surname", "one first name is an initial or short form of the other"]
    closeness = JaroWinkler.normalized_similarity(first, second)
    if first[0] == second[0]:
        return max(0.6, closeness * 0.8), ["same surname", "first names begin alike"]
    if closeness >= NICKNAME_RATIO:
        return closeness * 0.8, ["same surname", "first names look alike"]
    return 0.0, []
