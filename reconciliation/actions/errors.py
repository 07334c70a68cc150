"""How a decision can fail. Each carries the sentence that the page shows."""

from typing import TYPE_CHECKING

from meets.actions.refused import Refused

if TYPE_CHECKING:
    from reconciliation.models import Case, Decision

__all__ = ["AlreadyDecided", "CaseChanged", "Contradicts", "Refused", "VetoNeedsReason"]


class AlreadyDecided(Refused):
    """Somebody else decided first. `decision` is None where the question went away without one."""

    def __init__(self, case: "Case", decision: "Decision | None") -> None:
        if decision is None:
            super().__init__("This question is no longer asked.")
        else:
            who = decision.user_name or "the command line"
            super().__init__(
                f"{who} has answered this already: {decision.get_answer_display()} "
                f"({decision.at:%d %b %Y %H:%M} UTC). {decision.summary}".strip()
            )
        self.case = case
        self.decision = decision


class CaseChanged(Refused):
    """The facts changed since the case was shown: nothing was done, look again."""

    def __init__(self, case: "Case") -> None:
        super().__init__("Something about this case changed since it was shown. Nothing was done; please look again.")
        self.case = case


class VetoNeedsReason(Refused):
    """Proof speaks against it. It can be done all the same, with a written reason."""

    def __init__(self, vetoes: list[str]) -> None:
        super().__init__(f"This speaks against it: {'; '.join(vetoes)}. If it is right all the same, write down why.")
        self.vetoes = vetoes


class Contradicts(Refused):
    """A later decision rests on the one that was to be taken back."""

    def __init__(self, decision: "Decision") -> None:
        who = decision.user_name or "the command line"
        super().__init__(
            f"A later decision rests on this one: {decision.summary} ({who}, {decision.at:%d %b %Y %H:%M} UTC). "
            "Take that one back first."
        )
        self.decision = decision
