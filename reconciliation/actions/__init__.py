"""What a reviewer can do. One module a mutation; pages and commands call them alike.

    answer_case     answer_case(...) -> Decision            preview_answer(...) -> Preview
    answer_many     answer_cases(...) -> list[Decision]     preview_answers(...) -> ManyPreview   (one undo: undo_batch)
    merge_athletes  merge_athletes(...) -> Decision         preview_merge(...) -> MergePreview
    undo_decision   undo_decision(...) -> Decision          preview_undo(...) -> UndoPreview
    differences     add_missing / preview_missing, answer_extra / preview_extra: the comparison's rows
    queue           claim_case, release_case, skip_case, park_case, note_case

Each is one transaction under the identity lock (meets.pipeline.lock): look again, check, change, record. Every row
changed is in the journal (`decision_changes`), every decision in the audit log too. Roles: reviewers decide, only an
admin removes a result; `user` None is a command on the machine itself and may.

What can go wrong (reconciliation.actions.errors), each with a sentence for the page:
    Refused          it can't be done; also a wrong role
    AlreadyDecided   somebody was faster: `.decision`
    CaseChanged      the facts changed since the case was shown: `.case`; show it anew
    VetoNeedsReason  `.vetoes` speak against it; a written reason overrides them
    Contradicts      (undo) `.decision` came later and rests on it: take that one back first
"""
