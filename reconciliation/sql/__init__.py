"""The database's own code for reviewing. Migrations run these files; each says in its head what it holds and why."""

from pathlib import Path

HERE = Path(__file__).parent


def read(*names: str) -> str:
    """The text of the named files (relative to this folder), in the order given."""
    return "\n".join((HERE / name).read_text(encoding="utf-8") for name in names)
