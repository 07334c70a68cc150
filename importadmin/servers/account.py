"""PostgreSQL refuses to run as root. When we are root, the servers run as an account without rights.

That account must be able to pass through the folders above the data folder and to run the programs. Both are checked
by trying, and only what is missing is granted: passage through a folder by an access list entry for this one account.
"""

import errno
import os
import pwd
import shutil
import struct
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from .problem import ServerProblem

NAME = "importadmin"
ACL, ACL_VERSION = "system.posix_acl_access", 2
USER_OBJ, USER, GROUP_OBJ, MASK, OTHER, NOBODY = 0x01, 0x02, 0x04, 0x10, 0x20, 0xFFFFFFFF


@dataclass(frozen=True)
class Account:
    """Who the servers run as; `uid` None means: as we are."""

    uid: int | None = None
    gid: int | None = None

    def for_popen(self) -> dict[str, int | list[int]]:
        if self.uid is None or self.gid is None:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def own(self, path: Path) -> None:
        if self.uid is not None and self.gid is not None:
            os.chown(path, self.uid, self.gid)

    def can_run(self, *command: str | Path) -> bool:
        try:
            done = subprocess.run(command, capture_output=True, cwd="/", **self.for_popen())  # type: ignore[call-overload]
        except OSError:
            return False
        return bool(done.returncode == 0)

    def own_folder(self, path: Path) -> None:
        """Make the folder if need be, for the account alone, and see that the account gets there."""
        path.mkdir(mode=0o700, exist_ok=True)
        self.own(path)
        if self.can_run("/bin/sh", "-c", 'cd "$1"', "sh", path):
            return
        for parent in reversed(path.parents):
            if not self.can_run("/bin/sh", "-c", 'cd "$1"', "sh", parent):
                self._let_through(parent)

    def _let_through(self, folder: Path) -> None:
        print(f"Letting the account {NAME} pass through {folder} (not list or read it).", file=sys.stderr)
        try:
            _grant_passage(folder, self.uid or 0)
        except (OSError, AttributeError) as problem:
            # Without access lists, as on some file systems and on macOS, everybody may pass; reading stays closed.
            if isinstance(problem, OSError) and problem.errno not in (errno.ENOTSUP, errno.EOPNOTSUPP):
                raise ServerProblem(
                    f"{folder} can't be opened for the servers' account ({problem.strerror}): "
                    "set IMPORTADMIN_DATA to a folder such as /var/lib/importadmin."
                ) from None
            folder.chmod(folder.stat().st_mode | 0o001)


def for_folder(server_folder: Path) -> Account:
    """The account for a server's folder: ours, or if we are root its present owner's, or the one made for this."""
    if os.geteuid() != 0:
        return Account()
    if server_folder.exists() and (owner := server_folder.stat()).st_uid != 0:
        return Account(owner.st_uid, owner.st_gid)
    entry = _find_or_make()
    return Account(entry.pw_uid, entry.pw_gid)


def _find_or_make() -> pwd.struct_passwd:
    makers = (
        ["useradd", "--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent", NAME],
        ["adduser", "-S", "-D", "-H", NAME],
    )
    for maker in makers:
        try:
            return pwd.getpwnam(NAME)
        except KeyError:
            if shutil.which(maker[0]):
                subprocess.run(maker, capture_output=True)
    try:
        return pwd.getpwnam(NAME)
    except KeyError:
        raise ServerProblem(
            f"PostgreSQL doesn't run as root and the account '{NAME}' could not be made: "
            "make it, or start the app as another user."
        ) from None


def _grant_passage(folder: Path, uid: int) -> None:
    """Add `user:uid:--x` to the folder's access list. The mask keeps what the group may do as it is."""
    mode = folder.stat().st_mode
    entries = {(USER_OBJ, NOBODY): mode >> 6 & 7, (GROUP_OBJ, NOBODY): mode >> 3 & 7, (OTHER, NOBODY): mode & 7}
    try:
        raw = os.getxattr(folder, ACL)
    except OSError as problem:
        if problem.errno != errno.ENODATA:
            raise
    else:
        entries = {(tag, who): perm for tag, perm, who in struct.iter_unpack("<HHI", raw[4:])}
    entries[(USER, uid)] = entries.get((USER, uid), 0) | 1
    entries[(MASK, NOBODY)] = entries.get((MASK, NOBODY), entries[(GROUP_OBJ, NOBODY)]) | 1
    body = b"".join(struct.pack("<HHI", tag, perm, who) for (tag, who), perm in sorted(entries.items()))
    os.setxattr(folder, ACL, struct.pack("<I", ACL_VERSION) + body)
