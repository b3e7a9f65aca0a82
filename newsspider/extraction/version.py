"""The extraction version: a digest of everything that decides the record of a page.

A changed docstring or comment changes it too. Leaving those out means parsing all sources, which
takes a hundred times as long, and the two mistakes don't cost the same: a version that changed for
nothing costs each page one download without conditional headers, when the page is due anyway. A
version that did not change hides better extraction behind a 304.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from importlib.resources import files
from importlib.resources.abc import Traversable

from newsspider.errors import UsageError
from newsspider.extraction.model.locating import LANGUAGE_MODEL, MODEL_FILE, locate, own_folder

# Modules outside of `extraction` that a record depends on; a test compares the list with the
# imports.
MODULES = frozenset(
    """clock.py domains.py errors.py kinds.py markdown_text.py mending/field_types.py mending/mends.py
    mending/warnings.py pages/article_parts.py pages/charsets.py pages/html.py
    pages/mojibake.py pages/page.py pages/page_numbers.py pages/raw_page.py
    pages/robots_directives.py pages/ruby.py pages/shadow_roots.py pool/extract_job.py
    record/__init__.py record/article_record.py record/cards.py record/fields.py record/mapping.py record/schema.py
    record/values.py site_memory/counting.py site_memory/lookup.py site_memory/memory.py
    site_memory/observations.py site_memory/packing.py site_memory/wrappers.py text.py url_syntax.py
    urls.py""".split()
)
PACKAGES = ("trafilatura", "lxml", "fasttext-predict")
_VERSION_LINE = re.compile(r"^Version: .*$", re.M)
DIGEST_BYTES = 4  # one accidental match in four billion; a reader compares eight digits at a glance


def extraction_version(mends: tuple[str, ...] = ()) -> str:
    """Return the version of the model, rules and packages in use, eight hexadecimal digits.

    It is the same in every process with the same code, model and packages. The first call reads all
    sources, which takes some milliseconds; later calls take none.

    Args:
        mends: the sources of the user's own code that corrects the record.

    Raises:
        UsageError: the model that NEWSSPIDER_MODEL names can't be read.
    """
    return _version_with(own_folder(), mends)


@cache
def _version_with(model_folder: str | None, mends: tuple[str, ...]) -> str:
    if mends:
        return _digest(("", each.encode()) for each in (_version_with(model_folder, ()), *mends))

    models = [
        (MODEL_FILE, _model(model_folder)),
        (LANGUAGE_MODEL.name, LANGUAGE_MODEL.read_bytes()),
    ]
    return _digest([*_iter_packages(), *iter_sources(), *models])


@cache
def listing_version() -> str:
    """Return the version of the rules for links, feeds and sitemaps, eight hexadecimal digits."""
    return _digest(_iter_folder(files("newsspider").joinpath("discovery"), "discovery"))


def _digest(contents: Iterable[tuple[str, bytes]]) -> str:
    digest = hashlib.blake2b(digest_size=DIGEST_BYTES)
    for name, content in contents:
        # With lengths: nothing can move from one file to the next.
        digest.update(f"{name} {len(content)}\n".encode())
        digest.update(content)

    return digest.hexdigest()


def iter_sources() -> Iterator[tuple[str, bytes]]:
    """Yield the sources of the modules that make records, with their paths, in a fixed order."""
    package = files("newsspider")
    for name in sorted(MODULES):
        yield (name, package.joinpath(name).read_bytes())

    yield from _iter_folder(package.joinpath("extraction"), "extraction")


def _iter_folder(folder: Traversable, path: str) -> Iterator[tuple[str, bytes]]:
    for each in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if each.name.endswith(".py"):
            yield f"{path}/{each.name}", each.read_bytes()
        elif each.is_dir() and each.name != "__pycache__":
            yield from _iter_folder(each, f"{path}/{each.name}")


def _iter_packages() -> Iterator[tuple[str, bytes]]:
    for name in PACKAGES:
        try:
            metadata = distribution(name).read_text("METADATA") or ""
        except PackageNotFoundError:  # packed into one file with the program, without its metadata
            metadata = ""

        # `version(name)` parses all of the metadata as a mail, which takes a third of all the time
        # here.
        yield name, "".join(_VERSION_LINE.findall(metadata)[:1]).encode()


def _model(folder: str | None) -> bytes:
    """Return the bytes of the model file.

    Raises:
        UsageError: it can't be read.
    """
    path = locate(MODEL_FILE, folder)
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}") from error
