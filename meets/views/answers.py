"""Answers to questions as the forms send them: one field a question, `answer-` and the question's key."""

from collections.abc import Mapping

PREFIX = "answer-"


def answers_from(posted: Mapping[str, str]) -> dict[str, str]:
    return {
        name.removeprefix(PREFIX): value.strip()
        for name, value in posted.items()
        if name.startswith(PREFIX) and value.strip()
    }
