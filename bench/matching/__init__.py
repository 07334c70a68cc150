"""How well people are told apart: a labelled generator, and a report on the matcher beside other ways.

Two programs: `python -m bench.matching.generate` writes people, `python -m bench.matching` measures.
The generator knows nothing of the matcher: no module here imports `meets` or `reconciliation`, and the nicknames,
name lists and noises are its own, so that the figures do not flatter.
"""
