"""Made-up schools: the i-th one is computed, so that a bundle of 60,000 schools needs no list of them."""

from dataclasses import dataclass


def words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


HEADS = words(
    """
    Alder Birch Cedar Dove Elm Fern Glen Hazel Iron Jasper Kestrel Lark Maple North Oak Pine Quail Raven
    Stone Thorn Umber Vine Willow Yarrow Amber Bright Clear Deer Eagle Falcon Golden Heron Ivy Juniper
    Knoll Laurel Mill Nut Orchard Pebble Quarry Red Silver Timber Upland Valley Wheat Copper Spring Sun
    Moon River Meadow Winter Summer Autumn Black White Green Gray Blue
    """
)
TAILS = words(
    """
    brook field ford wood crest dale mont view haven ridge ton ville bury more gate well bank moor hurst
    land worth stead holm mere spring cliff shire ham port lea
    """
)
SPANISH_HEADS = words(
    """
    Rio Loma Vista Sierra Mesa Monte Casa Agua Arroyo Rancho
    """
)
SPANISH_TAILS = words(
    """
    Mesa Verde Alta Grande Linda Dorada Serena Clara Bonita Seca
    """
)
SAINTS = words(
    """
    Brendan Colman Damian Edith Fabian Gemma Hilda Kilian Ludmila Odile Perpetua Rupert
    """
)
KINDS = (
    "",
    *(f" {kind}" for kind in words("High Prep Christian Charter Union Catholic Academy Tech Day Arts")),
)
SIDES = ("", " North", " South", " East", " West", " Central")
LEAGUES = words("Valley Coastal Foothill Delta Desert Mission Orchard Sequoia Tri-River")

COMPOUNDS = len(HEADS) * len(TAILS)
PLAIN = COMPOUNDS * len(KINDS) * len(SIDES)
SPANISH = len(SPANISH_HEADS) * len(SPANISH_TAILS)


@dataclass(frozen=True, slots=True)
class School:
    index: int
    name: str

    @property
    def ref(self) -> str:
        """The scraper's made-up id: apostrophes stay in, spaces become underscores."""
        return "school_" + self.name.lower().replace(" ", "_")

    @property
    def short_name(self) -> str:
        return "".join(word[0] for word in self.name.split())[:4].upper()

    @property
    def city(self) -> str:
        # The curly twin is the same school: in another city it would rightly be asked about.
        index = self.index - 1 if "’" in self.name else self.index
        return HEADS[index * 7 % len(HEADS)] + TAILS[index * 11 % len(TAILS)]

    @property
    def league(self) -> str:
        return LEAGUES[self.index % len(LEAGUES)]


def school(index: int, *, curly_twin: bool = True) -> School:
    """The index-th school. Number 13 is number 12 again with a curly apostrophe, as real files have it."""
    if curly_twin and index == 13:
        return School(index, _name(12).replace("'", "’"))
    return School(index, _name(index))


def _name(index: int) -> str:
    if index % 12 == 0 and index // 12 < 2 * len(SAINTS):
        turn, saint = divmod(index // 12, len(SAINTS))
        return f"St {SAINTS[saint]}'s" + (" College" if turn == 0 else "")
    if index % 6 == 2 and index // 6 < SPANISH:
        # 37 and 100 share no factor: every pair comes once, neighbours differ.
        head, tail = divmod(index // 6 * 37 % SPANISH, len(SPANISH_TAILS))
        if SPANISH_HEADS[head] != SPANISH_TAILS[tail]:
            return f"{SPANISH_HEADS[head]} {SPANISH_TAILS[tail]}"
    lap, place = divmod(index, PLAIN)
    rest, compound = divmod(place, COMPOUNDS)
    head, tail = divmod(compound * 757 % COMPOUNDS, len(TAILS))
    # The first lap of names is not all of one kind: the kind turns with the compound as well.
    kind = (rest + compound) % len(KINDS)
    side = SIDES[(rest // len(KINDS)) % len(SIDES)]
    number = f" No {lap + 1}" if lap else ""
    return f"{HEADS[head]}{TAILS[tail]}{side}{KINDS[kind]}{number}"
