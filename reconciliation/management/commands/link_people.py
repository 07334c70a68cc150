"""`manage.py link_people FIRST.csv SECOND.csv --out pairs.csv`: who of the second list is who of the first."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from reconciliation.matching.link import match_people
from reconciliation.matching.people import Reader
from reconciliation.matching.shipped import shipped_weights
from reconciliation.matching.tables import BadTable, barred_by, read_rows, write_links, write_outcomes
from reconciliation.matching.verdicts import Thresholds, decide
from reconciliation.matching.weights import Weights

# Below this a pair is not worth a look, not even a reviewer's.
LEAST = 0.01


class Command(BaseCommand):
    help = "Link the people of two CSV files with the import's matcher, without a database."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "first", type=Path, metavar="FIRST.csv", help="id,name,first_name,last_name,gender,grad_year,school_id"
        )
        parser.add_argument("second", type=Path, metavar="SECOND.csv", help="the same columns")
        parser.add_argument("--out", type=Path, required=True, metavar="PAIRS.csv", help="id1,id2,score, best first")
        parser.add_argument(
            "--outcomes", type=Path, metavar="FILE", help="also write id2,outcome,id1,score: what the import would do"
        )
        parser.add_argument("--least", type=float, default=LEAST, help="leave out links below this score (%(default)s)")
        parser.add_argument("--weights", type=Path, metavar="FILE", help="use these weights as they are, learn nothing")
        parser.add_argument("--save-weights", type=Path, metavar="FILE", help="write the weights that were used")
        parser.add_argument("--json", action="store_true", help="print the figures as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        weights = _weights(options["weights"]) if options["weights"] else shipped_weights()
        reader = Reader()
        try:
            first = reader.read(read_rows(options["first"]))
            second = reader.read(read_rows(options["second"]))
        except BadTable as problem:
            raise CommandError(str(problem)) from None
        matches = match_people(reader, first, second, weights, learn=not options["weights"])
        links = write_links(options["out"], matches, first, second, options["least"])
        if options["save_weights"]:
            options["save_weights"].write_text(json.dumps(weights.to_json(), indent=1) + "\n", encoding="utf-8")
        if options["outcomes"]:
            thresholds = Thresholds(settings.MATCH_SAME, settings.MATCH_DOUBTFUL)
            verdicts = decide(matches, barred_by(matches), thresholds, lines=len(second))
            write_outcomes(options["outcomes"], matches, verdicts, first, second)
        same = int((matches.score[matches.linked(settings.MATCH_SAME)] >= settings.MATCH_SAME).sum())
        told = {
            "first": len(first),
            "second": len(second),
            "links": links,
            "same": same,
            "match_share": weights.match_share,
        }
        if options["json"]:
            self.stdout.write(json.dumps(told))
            return
        self.stdout.write(
            f"{len(second):,} people looked for among {len(first):,}: {links:,} links, {same:,} of them at or above "
            f"{settings.MATCH_SAME} (same person). Written to {options['out']}."
        )


def _weights(path: Path) -> Weights:
    try:
        return Weights.from_json(json.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise CommandError(f"{path} can't be read: {error.strerror}. Check the path.") from None
    except (ValueError, KeyError, TypeError) as error:
        raise CommandError(f"{path} holds no weights ({error}). Make one with --save-weights.") from None
