"""`manage.py import_bundle PATH`: the same import as the upload's, run here and now, for operators and scripts."""

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from importadmin.commands import JsonCommand
from meets.actions.answer_questions import answer_questions
from meets.actions.receive_bundle import receive_path
from meets.actions.refused import Refused
from meets.actions.start_import import start_import
from meets.bundles.problems import BadBundle
from meets.jobs.run import run_import
from meets.models import Bundle, Import, Mode, State
from meets.report_json import report_json

SUCCESS, FAILURE, NEEDS_ANSWER = 0, 1, 3


class Command(JsonCommand):
    help = "Import a meet's bundle: a folder, a ZIP or a results.csv. Exit code 3 when a question needs an answer."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path)
        parser.add_argument("--preview", action="store_true", help="run all of it, then roll back and keep the report")
        parser.add_argument("--meet", default="", help="the meet, by its id or its athletic.net id")
        parser.add_argument("--answers", type=Path, help="a JSON file: {question's key: answer}")

    def handle(self, *args: Any, **options: Any) -> None:
        answers = _answers(options["answers"])
        mode = Mode.PREVIEW if options["preview"] else Mode.IMPORT
        reports, worst = [], SUCCESS
        for report, code in self._run(options["path"], mode, options["meet"], answers):
            reports.append(report)
            worst = max(worst, code)
            if not options["json"]:
                self._print(report)
        if options["json"]:
            # One bundle is one object; a ZIP with several gives a list.
            self.stdout.write(json.dumps(reports[0] if len(reports) == 1 else reports, default=str, indent=1))
        if worst:
            sys.exit(worst)

    def _run(self, path: Path, mode: Mode, meet: str, answers: dict[str, str]) -> Any:
        try:
            bundles = receive_path(path)
        except BadBundle as error:
            yield _refusal("failed", str(error), error.problems), FAILURE
            return
        if len(bundles) > 1 and meet:
            raise CommandError(f"--meet names one meet, but {path} holds {len(bundles)} bundles.")
        for bundle in bundles:
            yield _import(bundle, mode, meet, answers)

    def _print(self, report: dict[str, Any]) -> None:
        self.stdout.write(f"{report.get('bundle', '')}: {report['state']}")
        for name, rows in report.get("outcomes", {}).items():
            self.stdout.write(f"  {name:<16} {rows:>9,}")
        if report["state"] == State.DONE:
            self.stdout.write(f"  {report['lines']:,} lines in {report['seconds']:.2f} s, {report['cases']} cases")
        if report.get("failure"):
            self.stdout.write(f"  {report['failure']}")
        for problem in report.get("problems", []):
            place = ", ".join(str(part) for part in (problem["file"], problem["line"], problem["column"]) if part)
            self.stdout.write(f"  {place}: {problem['message']} {problem['remedy']}".rstrip())
        for question in report.get("questions", []):
            choices = ", ".join(f"{option['value']} ({option['label']})" for option in question.get("options", []))
            self.stdout.write(f"  {question['key']}: {question['text']} {choices}".rstrip())


def _answers(path: Path | None) -> dict[str, str]:
    if path is None:
        return {}
    try:
        found = json.loads(path.read_text())
    except (OSError, ValueError) as error:
        raise CommandError(f"{path} can't be read as JSON: {error}") from error
    if not isinstance(found, dict):
        raise CommandError(f"{path} must be one JSON object: {{question's key: answer}}.")
    return {str(key): str(value) for key, value in found.items()}


def _import(bundle: Bundle, mode: Mode, meet: str, answers: dict[str, str]) -> tuple[dict[str, Any], int]:
    try:
        import_ = start_import(bundle=bundle, mode=mode, answers=answers, meet=meet, enqueue=False)
    except Refused as error:
        return {**_refusal("refused", str(error), error.problems), "bundle": bundle.name}, FAILURE
    run_import(str(import_.pk))
    import_.refresh_from_db()
    if import_.state == State.NEEDS_ANSWER and _answered(import_, answers):
        # The answers were there before the questions; what they teach is remembered all the same.
        answer_questions(import_=import_, answers=answers, user=None, enqueue=False)
        run_import(str(import_.pk))
        import_.refresh_from_db()
    codes = {State.DONE: SUCCESS, State.NEEDS_ANSWER: NEEDS_ANSWER}
    return report_json(import_), codes.get(State(import_.state), FAILURE)


def _answered(import_: Import, answers: dict[str, str]) -> bool:
    """An answer that is none of the choices is none: the question is printed again, with its choices."""
    return all(_fits(asked, answers.get(str(asked["key"]))) for asked in import_.questions)


def _fits(asked: dict[str, Any], answer: str | None) -> bool:
    choices = {str(option["value"]) for option in asked.get("options") or []}
    return answer is not None and (not choices or answer in choices)


def _refusal(state: str, sentence: str, problems: list[Any]) -> dict[str, Any]:
    return {
        "state": state,
        "failure": sentence,
        "problems": [
            {name: getattr(problem, name) for name in ("code", "file", "line", "column", "value", "message", "remedy")}
            for problem in problems
        ],
    }
