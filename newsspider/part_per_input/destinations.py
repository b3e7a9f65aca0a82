"""Where parts go: a folder with `articles/` and `quarantine/`, on disks or behind a URL; each part appears whole."""

import os
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from uuid import uuid4

from newsspider.errors import OutputError
from newsspider.files import PRIVATE_FOLDER, mode_of, sync_folder, sync_path
from newsspider.outputs.formats import FORMATS
from newsspider.outputs.writer_choice import quarantine_path
from newsspider.part_per_input.filesystems import describe, local_path, open_filesystem
from newsspider.part_per_input.parts import Attempt, Parts
from newsspider.part_per_input.scratch import (
    ABANDONED_SECONDS,
    iter_dead,
    scratch_folder,
    temporary_folder,
)

ARTICLES, QUARANTINE, UNFINISHED = "articles", "quarantine", ".unfinished"


def open_parts(out: str, form: str) -> Parts:
    """Return the parts in a folder or behind a URL.

    Raises:
        UsageError: the URL's file system can't be opened.
    """
    folder = local_path(out)
    return LocalParts(folder, form) if folder else RemoteParts(out, form)


class LocalParts(Parts):
    """Parts on a file system of this machine, which others may share.

    A part is linked into place: of two processes that finish the same one, the first wins. Its articles appear first;
    their file is the part's mark. A process that dies before its quarantine has followed leaves both files, and whoever
    sweeps next completes the part. Some file systems have no hard links (FAT, some network file systems). On them a
    part is renamed into place: it is always whole, but of two that finish at the same moment the last one wins.
    """

    def __init__(self, folder: Path, form: str) -> None:
        """Use a folder, which is made with the first part."""
        self.name = str(folder.absolute())
        self._form = form
        self._folder = folder
        self._unfinished = folder / UNFINISHED

    def find(self, name: str) -> list[str]:
        """Return the files of a part."""
        articles, quarantine = self._places(name)
        return (
            [str(path) for path in (articles, quarantine) if path.exists()]
            if articles.exists()
            else []
        )

    @contextmanager
    def begin(self, name: str) -> Iterator["LocalAttempt"]:
        """Begin a part in a folder of its own beside the others."""
        with ExitStack() as stack:
            try:
                for place in self._places(name):
                    place.parent.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
                folder = stack.enter_context(scratch_folder(self._unfinished, name))
            except OSError as error:
                raise OutputError(f"{self.name}: {error.strerror}") from error
            yield self._attempt(name, folder)

    def sweep(self) -> None:
        """Remove the leftovers of dead processes, and finish a part that one of them had complete."""
        try:
            for name, folder in iter_dead(self._unfinished):
                self._attempt(name, folder).complete()
            with suppress(OSError):  # it isn't there, or others are in it
                self._unfinished.rmdir()
        except OSError as error:
            raise OutputError(f"{error.filename or self.name}: {error.strerror}") from error

    def _attempt(self, name: str, folder: Path) -> "LocalAttempt":
        return LocalAttempt(
            folder / f"articles{FORMATS[self._form].suffix}", self._form, *self._places(name)
        )

    def _places(self, name: str) -> tuple[Path, Path]:
        """Return where a part's articles and its quarantine go."""
        file = f"{name}{FORMATS[self._form].suffix}"
        return self._folder / ARTICLES / file, self._folder / QUARANTINE / file


class LocalAttempt(Attempt):
    """A part that is being written beside the others."""

    def __init__(
        self, articles: Path, form: str, articles_place: Path, quarantine_place: Path
    ) -> None:
        """Write to `articles`; the two places are where the files go."""
        self.articles = articles
        self._quarantine = quarantine_path(articles, form)
        self._articles_place = articles_place
        self._quarantine_place = quarantine_place

    def place(self, *, replace: bool) -> bool:
        """Let the finished part appear, unless there is one of its name; return whether it did."""
        try:
            sync_path(self.articles)
            sync_path(self._quarantine)
            if not self._place_articles(replace=replace):
                return False
            sync_folder(self._articles_place.parent)
            self.complete()
        except OSError as error:
            raise OutputError(f"{self._articles_place}: {error.strerror}") from error
        return True

    def complete(self) -> None:
        """Let the quarantine follow, if the articles in place are this attempt's.

        Raises:
            OSError: it can't be put into place.
        """
        with suppress(FileNotFoundError):
            if self.articles.samefile(self._articles_place):
                self._place_quarantine()

    def _place_articles(self, *, replace: bool) -> bool:
        """Link the articles into place; return whether no other process was first.

        Raises:
            OSError: it can't be done.
        """
        if replace:
            self.articles.chmod(mode_of(self._articles_place))
        second = self.articles.with_name("second")
        try:
            os.link(self.articles, second)
        except OSError:  # no hard links here
            if self._articles_place.exists() and not replace:
                return False
            return self._rename_articles()
        if replace:
            second.replace(self._articles_place)
            return True
        try:
            os.link(second, self._articles_place)
        except FileExistsError:
            return False
        return True

    def _rename_articles(self) -> bool:
        """Rename the articles into place, after the quarantine."""
        self._place_quarantine()
        self.articles.rename(self._articles_place)
        return True

    def _place_quarantine(self) -> None:
        """Put the quarantine into place; without one, the quarantine of a part that was removed goes."""
        if self._quarantine.exists():
            self._quarantine.replace(self._quarantine_place)
        else:
            self._quarantine_place.unlink(missing_ok=True)
        sync_folder(self._quarantine_place.parent)


class RemoteParts(Parts):
    """Parts behind a URL, by fsspec.

    A part is uploaded under a temporary name and then moved, first its quarantine, then its articles. It is always
    whole. Object stores have no way to move only if nothing is there: of two processes that finish the same part at the
    same moment, the last one wins, and the articles and the quarantine may be of different ones.
    """

    def __init__(self, url: str, form: str) -> None:
        """Use a URL.

        Raises:
            UsageError: its file system can't be opened.
        """
        self.name = url
        self._form = form
        self._system, self._root = open_filesystem(url.rstrip("/"))

    def find(self, name: str) -> list[str]:
        """Return the files of a part.

        Raises:
            OutputError: the file system does not answer.
        """
        try:
            self._system.invalidate_cache()
            files = [self._path(folder, name) for folder in (ARTICLES, QUARANTINE)]
            found = [file for file in files if self._system.exists(file)]
        except Exception as error:  # the client library's own errors
            raise OutputError(f"{self.name}: {describe(error)}") from error
        return (
            [str(self._system.unstrip_protocol(file)) for file in found]
            if files[0] in found
            else []
        )

    @contextmanager
    def begin(self, name: str) -> Iterator["RemoteAttempt"]:
        """Begin a part in a temporary folder of this machine."""
        with ExitStack() as stack:
            try:
                folder = stack.enter_context(temporary_folder(name))
            except OSError as error:
                raise OutputError(f"{error.filename}: {error.strerror}") from error
            yield RemoteAttempt(self, name, folder / f"articles{FORMATS[self._form].suffix}")

    def sweep(self) -> None:
        """Remove uploads that were cut short a day ago or earlier, where the file system says how old they are."""
        try:
            self._system.invalidate_cache()
            unfinished = self._system.ls(f"{self._root}/{UNFINISHED}", detail=False)
            for file in unfinished:
                if time.time() - self._system.modified(file).timestamp() > ABANDONED_SECONDS:
                    self._system.rm_file(file)
        except (FileNotFoundError, NotImplementedError):
            return
        except Exception as error:  # the client library's own errors
            raise OutputError(f"{self.name}: {describe(error)}") from error

    def upload(self, name: str, articles: Path, *, replace: bool) -> bool:
        """Upload a part's files and move them into place, unless it is there; return whether it was done.

        Raises:
            OutputError: the file system does not answer, or refuses.
        """
        quarantine = quarantine_path(articles, self._form)
        if self.find(name) and not replace:
            return False
        try:
            self._upload(quarantine, self._path(QUARANTINE, name))
            self._upload(articles, self._path(ARTICLES, name))
        except Exception as error:  # the client library's own errors
            raise OutputError(f"{self.name}: {describe(error)}") from error
        return True

    def _remove(self, place: str) -> None:
        if self._system.exists(place):
            self._system.rm_file(place)

    def _upload(self, file: Path, place: str) -> None:
        """Upload a file under a temporary name and move it; a part without this file loses its earlier one."""
        if not file.exists():
            self._remove(place)
            return

        unfinished = f"{self._root}/{UNFINISHED}/{uuid4().hex[:8]}-{place.rpartition('/')[2]}"
        for folder in (f"{self._root}/{UNFINISHED}", place.rpartition("/")[0]):
            self._system.makedirs(folder, exist_ok=True)
        self._system.put_file(str(file), unfinished)
        self._system.mv(unfinished, place)

    def _path(self, folder: str, name: str) -> str:
        return f"{self._root}/{folder}/{name}{FORMATS[self._form].suffix}"


class RemoteAttempt(Attempt):
    """A part that is being written on this machine."""

    def __init__(self, parts: RemoteParts, name: str, articles: Path) -> None:
        """Write to `articles`."""
        self.articles = articles
        self._name = name
        self._parts = parts

    def place(self, *, replace: bool) -> bool:
        """Upload the finished part, unless there is one of its name; return whether it was uploaded."""
        return self._parts.upload(self._name, self.articles, replace=replace)
