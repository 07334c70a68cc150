"""Adopting the site's existing database: what fits stays, what is missing is added, only triggers are dropped.

`plan.examine()` reads the catalogue and says what there is to do; `apply.apply()` does it. Both work from what the
catalogue says now and remember nothing, so whoever is killed is simply run again, and a second run finds nothing to do.
"""
