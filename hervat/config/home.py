"""The data home: the one folder on this machine where the demo keeps its things.

For root that is /var/lib/hervat/<checkout>, because the account PostgreSQL runs under
cannot enter a folder under /root; otherwise ~/.local/share/hervat/<checkout>. Must never
change the mode or the owner of a folder it did not make, nor settle in somebody else's.
Read next: `postgres.py`, which lives in it.
"""

import contextlib
import errno
import fcntl
import hashlib
import os
import secrets
import time
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from hervat.config.environment import text

CHECKOUT = Path(__file__).resolve().parent.parent.parent
_OURS = "dit-is-van-hervat"


class CannotStart(ImproperlyConfigured):
    """A reason not to start: one Dutch line with what is wrong and what to do."""


def data_home() -> Path:
    """Return where the data of this checkout belongs, so that two clones do not collide."""
    given = text("HERVAT_HOME", default="")
    if given:
        return Path(given).expanduser().absolute()
    checkout = hashlib.sha256(os.fsencode(CHECKOUT)).hexdigest()[:12]
    if os.geteuid() == 0:
        return Path("/var/lib/hervat", checkout)
    return Path("~/.local/share/hervat", checkout).expanduser()


def open_home(home: Path) -> Path:
    """Make the data home, or recognise it; a folder with other things in it is refused."""
    try:
        _make(home)
        mark = home / _OURS
        if not mark.exists() and any(home.iterdir()):
            raise CannotStart(
                f"De map {home} is niet van Hervat en niet leeg. Kies met HERVAT_HOME een lege map."
            )
        mark.touch(mode=0o600)
    except OSError as error:
        raise unusable(home, error) from None
    return home


def make_folder(folder: Path, *, mode: int = 0o700) -> Path:
    """Make a folder with exactly this mode, whatever the umask; one that exists stays as it is."""
    with contextlib.suppress(FileExistsError):
        folder.mkdir(mode=mode)
        folder.chmod(mode)
    return folder


def write_private(path: Path, content: str) -> None:
    """Write a file that only its owner can read, whole or not at all."""
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(content)
    draft.replace(path)


def own_secret(home: Path) -> str:
    """Return the secret of this data home's demo, made the first time."""
    return _kept(home / "secret", secrets.token_urlsafe(64))


def own_keys(home: Path) -> dict[str, str]:
    """Return the keys of this data home's demo by variable, each made the first time."""
    return {
        variable: _kept(home / file, first + secrets.token_urlsafe(32))
        for variable, file, first in (
            ("HERVAT_KEYS_ORDINARY", "keys-ordinary", "1:"),
            ("HERVAT_KEYS_MEDICAL", "keys-medical", "1:"),
            ("HERVAT_INDEX_KEY", "key-index", ""),
            ("HERVAT_DOOR_KEY", "key-door", ""),
        )
    }


def take_lock(path: Path, *, patience: float = 0) -> int | None:
    """Take a lock and return its file descriptor, or None when another process holds it.

    The kernel lets go when the last process that has the descriptor open is gone, however
    it died; a child that inherits the descriptor keeps the lock.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    until = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return descriptor
        except OSError as error:
            if error.errno not in {errno.EWOULDBLOCK, errno.EACCES}:
                os.close(descriptor)
                raise
        if time.monotonic() >= until:
            os.close(descriptor)
            return None
        time.sleep(0.05)


def unusable(folder: Path, error: OSError) -> CannotStart:
    return CannotStart(
        f"De map {folder} is niet te gebruiken ({error.strerror}). "
        "Maak haar schrijfbaar of kies een andere met HERVAT_HOME."
    )


def _kept(path: Path, value: str) -> str:
    """Return what the file keeps; the first time, that is this value."""
    if not path.exists():
        write_private(path, value)
    return path.read_text(encoding="utf-8")


def _make(home: Path) -> None:
    for folder in reversed([home, *home.parents]):
        if not folder.exists():
            make_folder(folder, mode=0o755)
            made = folder
        else:
            made = None
    # Other accounts may pass through for root's PostgreSQL, but never list.
    if made == home:
        home.chmod(0o711 if os.geteuid() == 0 else 0o700)
