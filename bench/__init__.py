"""Measures what an import costs, as multiples of a plain COPY of the same results. See import_speed.py."""
