"""Addresses of comparison and review."""

from django.urls import path

from reconciliation.views import (
    answers,
    athletes,
    bulk,
    cases,
    comparison,
    decisions,
    differences,
    exports,
    merges,
    races,
    search,
)

urlpatterns = [
    path("meets/<uuid:pk>/comparison/", comparison.comparison, name="comparison"),
    path("meets/<uuid:pk>/comparison.json", comparison.comparison_json, name="comparison-json"),
    path("meets/<uuid:pk>/comparison.csv", comparison.comparison_csv, name="comparison-csv"),
    path("meets/<uuid:pk>/races/", races.meet_races, name="meet-races"),
    path("meets/<uuid:pk>/comparison/missing/", differences.comparison_missing, name="comparison-missing"),
    path("meets/<uuid:pk>/comparison/extra/", differences.comparison_extra, name="comparison-extra"),
    path("meets/<uuid:pk>/comparison/ask/", differences.comparison_ask, name="comparison-ask"),
    path("meets/<uuid:pk>/checklist/", comparison.meet_checklist, name="meet-checklist"),
    path("review/", cases.cases, name="cases"),
    path("review/cases.csv", exports.cases_csv, name="cases-csv"),
    path("review/cases.json", exports.cases_json, name="cases-json"),
    path("review/together/", bulk.cases_bulk, name="cases-bulk"),
    path("review/<uuid:pk>/", cases.case, name="case"),
    path("review/<uuid:pk>/answer/", answers.case_answer, name="case-answer"),
    path("review/<uuid:pk>/skip/", answers.case_skip, name="case-skip"),
    path("review/<uuid:pk>/park/", answers.case_park, name="case-park"),
    path("review/<uuid:pk>/note/", answers.case_note, name="case-note"),
    path("review/<uuid:pk>/claim/", answers.case_claim, name="case-claim"),
    path("review/<uuid:pk>/changes/", answers.case_changes, name="case-changes"),
    path("review/<uuid:pk>/athlete/", search.case_athlete, name="case-athlete"),
    path("athletes/<uuid:pk>/", athletes.athlete, name="athlete"),
    path("athletes/<uuid:pk>/merge/", merges.athlete_merge, name="athlete-merge"),
    path("decisions/", decisions.decisions, name="decisions"),
    path("decisions/decisions.csv", exports.decisions_csv, name="decisions-csv"),
    path("decisions/decisions.json", exports.decisions_json, name="decisions-json"),
    path("decisions/<uuid:pk>/", decisions.decision, name="decision"),
    path("decisions/<uuid:pk>/undo/", decisions.decision_undo, name="decision-undo"),
]
