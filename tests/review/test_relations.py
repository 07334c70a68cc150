"""Whatever refers to an athlete or a result has a rule for merges: a new column without one fails here."""

import re
from collections.abc import Iterable

import pytest
from django.apps import apps
from django.db import connection, models

from meets.models import Athlete, Result
from reconciliation.deciding.relations import ATHLETE_RULES, RESULT_RULES

pytestmark = pytest.mark.django_db
RULES = {*ATHLETE_RULES, *RESULT_RULES}
# By name, as nothing else tells it of our own tables, which outlive the rows.
BY_NAME = r"(^|_)(athlete|result)_ids?(_[12])?$|^replaced_by$"
# A count of results is no reference.
NO_REFERENCE = {("public.meets", "result_count")}


def query(statement: str) -> set[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return {(table, column) for table, column in cursor.fetchall()}


def without_rule(found: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    return set(found) - RULES - NO_REFERENCE


def test_every_foreign_key_to_athletes_or_results_has_a_rule():
    keys = query(
        """SELECT n.nspname || '.' || t.relname, a.attname FROM pg_constraint c
             JOIN pg_class t ON t.oid = c.conrelid JOIN pg_namespace n ON n.oid = t.relnamespace
             JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = ANY (c.conkey)
            WHERE c.contype = 'f' AND c.confrelid IN ('public.athletes'::regclass, 'public.results'::regclass)"""
    )
    assert len(keys) >= 8
    assert without_rule(keys) == set()


def columns_by_name() -> set[tuple[str, str]]:
    every = query(
        """SELECT c.table_schema || '.' || c.table_name, c.column_name FROM information_schema.columns c
             JOIN information_schema.tables t USING (table_schema, table_name)
            WHERE c.table_schema IN ('public', 'importadmin') AND t.table_type = 'BASE TABLE'"""
    )
    return {(table, column) for table, column in every if re.search(BY_NAME, column)}


def test_every_column_that_is_named_so_has_a_rule():
    assert without_rule(columns_by_name()) == set()


def test_every_relation_of_the_models_has_a_rule():
    found = set()
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, models.ForeignKey) and field.related_model in (Athlete, Result):
                schema = "public" if model._meta.app_label == "meets" else "importadmin"
                found.add((f"{schema}.{model._meta.db_table}", field.column))
    assert found
    assert without_rule(found) == set()


def test_a_new_column_without_a_rule_is_noticed():
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE public.awards (athlete_id uuid REFERENCES public.athletes)")
    assert without_rule(columns_by_name()) == {("public.awards", "athlete_id")}


def test_no_rule_is_about_a_column_that_is_gone():
    every = query("SELECT table_schema || '.' || table_name, column_name FROM information_schema.columns")
    assert RULES - every == set()
