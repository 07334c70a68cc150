"""Addresses of comparison and review."""

from django.urls import path

from reconciliation.views import cases, comparison, races

urlpatterns = [
    path("meets/<uuid:pk>/comparison/", comparison.comparison, name="comparison"),
    path("meets/<uuid:pk>/comparison.json", comparison.comparison_json, name="comparison-json"),
    path("meets/<uuid:pk>/comparison.csv", comparison.comparison_csv, name="comparison-csv"),
    path("meets/<uuid:pk>/races/", races.meet_races, name="meet-races"),
    path("meets/<uuid:pk>/checklist/", comparison.meet_checklist, name="meet-checklist"),
    path("review/", cases.cases, name="cases"),
    path("review/<uuid:pk>/", cases.case, name="case"),
]
