from reconciliation.models.cases import Case, CaseKind, CaseNote, CaseRow, CaseStatus
from reconciliation.models.decisions import Answer, Decision, DecisionChange
from reconciliation.models.matching import MatchingWeights, Scan, ScanState
from reconciliation.models.memory import RememberedPair
from reconciliation.models.site import PotentialDuplicate, PotentialDuplicateAthlete

__all__ = [
    "Answer",
    "Case",
    "CaseKind",
    "CaseNote",
    "CaseRow",
    "CaseStatus",
    "Decision",
    "DecisionChange",
    "PotentialDuplicate",
    "PotentialDuplicateAthlete",
    "MatchingWeights",
    "RememberedPair",
    "Scan",
    "ScanState",
]
