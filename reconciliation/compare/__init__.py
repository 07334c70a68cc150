"""A meet's CSV against the database: what is missing, what is extra, what is merely spelled otherwise.

How each figure is defined: docs/comparison.md.
"""
