"""The sole right to write to an output.

Two processes never write to one output, and no earlier output is lost without permission. The
operating system holds the lock, on the output itself: it ends with the process in any case, and
leaves no file behind.
"""

import errno
import fcntl
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from newsspider.errors import OutputError, UsageError
from newsspider.files import PRIVATE_FILE, PRIVATE_FOLDER
from newsspider.outputs.formats import FORMATS
from newsspider.outputs.parquet import PARTS_SUFFIX, parts_folder
from newsspider.outputs.writer_choice import STANDARD_OUTPUT, is_folder, quarantine_path

# On some network file systems. NFS answers EBADF for a folder: it locks only what is open for
# writing.
UNSUPPORTED = frozenset({errno.EBADF, errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP})


class Claim:
    """The right to write to a file or folder; `with` releases it."""

    def __init__(self, place: Path | None = None) -> None:
        """Lock the place; None locks nothing.

        Raises:
            OutputError: another process has locked it.
        """
        self._place = place
        self._descriptor: int | None = None

        if place is None:
            return

        try:
            self._descriptor = _lock(place)
        except BlockingIOError as error:
            raise OutputError(f"{place}: another process is writing to it") from error
        except OSError as error:
            raise OutputError(f"{place}: {error.strerror}") from error

    def release(self) -> None:
        """Release the lock; an empty folder of parts is removed."""
        if self._place and self._place.suffix == PARTS_SUFFIX:
            with suppress(OSError):
                self._place.rmdir()
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def __enter__(self) -> Self:
        """Return the claim itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Release the lock."""
        self.release()


def claim_output(
    target: str, form: str, *, replace: bool, instead: str = "", quarantine: bool = False
) -> Claim:
    """Return the right to write to an output, which is created if it does not exist.

    Files are added to an existing folder; no file in it is a reason to refuse it.

    Args:
        target: `-`, a file or a folder.
        form: its format.
        replace: whether existing files may be overwritten or appended to.
        instead: an alternative for the error message.
        quarantine: whether the file beside it is written too.

    Raises:
        UsageError: an existing file would be lost.
        OutputError: another process is writing to it, or it can't be created.
    """
    path = Path(target)
    if target == STANDARD_OUTPUT or _keeps_nothing(path):
        return Claim()

    in_folder = FORMATS[form].shape == "folder" and is_folder(target)
    lost: list[Path] = []

    if not replace and not in_folder:
        written = [path, quarantine_path(path, form)] if quarantine else [path]
        lost = [place for each in written for place in (each, parts_folder(each))]

    if not path.exists():
        check_free(lost, instead)  # before anything is created

    in_parts = not FORMATS[form].is_text and not in_folder
    claim = Claim(_make_place(path, in_parts=in_parts, in_folder=in_folder))

    try:
        check_free(lost, instead)
    except UsageError:
        claim.release()
        raise

    return claim


def _keeps_nothing(path: Path) -> bool:
    """Whether a path is a pipe or a device."""
    return path.exists() and not (path.is_file() or path.is_dir())


def check_free(paths: Iterable[Path], instead: str = "") -> None:
    """Refuse to overwrite existing output; an empty file or folder may be overwritten.

    Raises:
        UsageError: one line that names the first.
    """
    for path in paths:
        if _holds_output(path):
            raise UsageError(f"{path}: already exists: --replace overwrites it{instead}")


def _holds_output(path: Path) -> bool:
    if path.is_dir():
        return any(path.iterdir())
    return path.is_file() and path.stat().st_size > 0


def _make_place(path: Path, *, in_parts: bool, in_folder: bool) -> Path:
    """Return the place to lock: the file, the folder, or the folder of the file's parts.

    Raises:
        OutputError: the folder can't be created.
    """
    place = parts_folder(path) if in_parts else path
    if not in_parts and not in_folder:
        return place

    try:
        place.mkdir(mode=PRIVATE_FOLDER, parents=in_folder, exist_ok=True)
    except OSError as error:
        raise OutputError(f"{path}: {error.strerror}") from error

    return place


def _lock(place: Path) -> int:
    """Lock a file or folder and return its descriptor; a missing file is created.

    Raises:
        BlockingIOError: another process has locked it.
        OSError: it can't be opened for writing.
    """
    while True:
        flags = os.O_RDONLY if place.is_dir() else os.O_WRONLY | os.O_CREAT
        descriptor = os.open(place, flags, PRIVATE_FILE)

        try:
            _lock_open(descriptor)
            if os.path.samestat(os.fstat(descriptor), place.stat()):
                return descriptor
        except FileNotFoundError:
            pass  # the process that had locked it has just removed it
        except OSError:
            os.close(descriptor)
            raise

        os.close(descriptor)


def _lock_open(descriptor: int) -> None:
    """Lock an open file, if its file system supports locks.

    Raises:
        BlockingIOError: another process has locked it.
    """
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno not in UNSUPPORTED:
            raise
