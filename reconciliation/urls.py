"""Addresses of comparison and review."""

from django.urls import path

from reconciliation.views import cases

urlpatterns = [
    path("review/", cases.cases, name="cases"),
    path("review/<uuid:pk>/", cases.case, name="case"),
]
