"""The sole right to write an output: nobody else writes to it at the same time, and no earlier one is lost unasked.

The operating system holds the lock, on the output itself: it ends with the process, however that
ends, and leaves no file behind.
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
    """The right to write to a file or folder; `with` gives it back."""

    def __init__(self, place: Path | None = None) -> None:
        """Lock the place; None locks nothing.

        Raises:
            OutputError: another process has it.
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
        """Unlock it; a folder of parts that nothing was written to goes."""
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
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Unlock it."""
        self.release()


def claim_output(target: str, form: str, *, replace: bool, instead: str = "", quarantine: bool = False) -> Claim:
    """Return the right to write an output, which is made where it is not there.

    A folder is added to, and is refused for no file in it.

    Args:
        target: `-`, a file or a folder.
        form: its format.
        replace: whether files that are there may be lost, or be added to.
        instead: what else the user can do, for the message.
        quarantine: whether the file beside it is written too.

    Raises:
        UsageError: a file is there that would be lost.
        OutputError: another process is writing to it, or it can't be made.
    """
    path = Path(target)
    if target == STANDARD_OUTPUT or not (path.is_file() or path.is_dir() or not path.exists()):
        return Claim()  # a pipe or a device keeps nothing

    in_folder = FORMATS[form].shape == "folder" and is_folder(target)
    beside = quarantine_path(path, form)
    lost = [] if replace or in_folder else [path, parts_folder(path)]

    if lost and quarantine:
        lost += [beside, parts_folder(beside)]
    if not path.exists():
        check_free(lost, instead)  # before anything is made

    in_parts = not FORMATS[form].is_text and not in_folder
    claim = Claim(_make_place(path, in_parts=in_parts, in_folder=in_folder))

    try:
        check_free(lost, instead)
    except UsageError:
        claim.release()
        raise

    return claim


def check_free(paths: Iterable[Path], instead: str = "") -> None:
    """Refuse to write over what is there; an empty file or folder is nothing.

    Raises:
        UsageError: one line that names the first.
    """
    for path in paths:
        if any(path.iterdir()) if path.is_dir() else path.is_file() and path.stat().st_size:
            raise UsageError(f"{path}: already exists: --replace overwrites it{instead}")


def _make_place(path: Path, *, in_parts: bool, in_folder: bool) -> Path:
    """Return what is locked for an output: the file, the folder, or the folder of the file's parts.

    Raises:
        OutputError: the folder can't be made.
    """
    place = parts_folder(path) if in_parts else path
    try:
        if in_parts or in_folder:
            place.mkdir(mode=PRIVATE_FOLDER, parents=in_folder, exist_ok=True)
    except OSError as error:
        raise OutputError(f"{path}: {error.strerror}") from error

    return place


def _lock(place: Path) -> int:
    """Lock a file or folder and return its descriptor; a file that is not there is made.

    Raises:
        BlockingIOError: another process has it.
        OSError: it can't be opened to be written to.
    """
    while True:
        descriptor = os.open(place, os.O_RDONLY if place.is_dir() else os.O_WRONLY | os.O_CREAT, PRIVATE_FILE)
        try:
            _lock_open(descriptor)
            if os.path.samestat(os.fstat(descriptor), place.stat()):
                return descriptor
        except FileNotFoundError:
            pass  # the process that had it has just removed it
        except OSError:
            os.close(descriptor)
            raise

        os.close(descriptor)


def _lock_open(descriptor: int) -> None:
    """Lock an open file, where its file system can do that.

    Raises:
        BlockingIOError: another process has it.
    """
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno not in UNSUPPORTED:
            raise
