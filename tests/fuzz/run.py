"""Coverage-guided fuzzing of all code that reads strangers' bytes: `make fuzz`, `make fuzz-glance`, or `run.py --help`.

Targets called `made_…` read the fuzzer's bytes as decisions of a grammar (tests/fuzz/grammar): their inputs are pages,
lists and archives nearly as they are on the web, so that few executions are lost on bytes that no parser takes.

An input that breaks a property (tests/properties.py), hangs or needs too much memory stops the run and is left in the
folder that is named; make a test of it. With seed 0 each run is another. Corpora grow in .fuzz/, from inputs of our
own; they are not kept.
"""

import argparse
import bz2
import gzip
import lzma
import os
import random
import shutil
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import atheris
import brotli
import zstandard

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
with atheris.instrument_imports(include=["newsspider"]):
    from tests import archives, properties
    from tests.fuzz.grammar import made

CORPORA = ROOT / ".fuzz"
SLOW_SECONDS = 20  # an input that takes longer is a hang; a page of that size takes 0.1 s
MEMORY_MIB = 2048
ENVIRONMENT = os.environ | {"PYTHONHASHSEED": "0"}  # sets in one order, or a glance would not be the same each time
# Compared values are kept by addresses in memory, and the corpus is read again by the clock: two runs would differ.
REPEATABLE = ("-use_cmp=0", "-reload=0")
TWICE_EVERY = 8  # pages are extracted a second time, which takes as long as the first


def check_page(body: bytes) -> None:
    """Check a page; whether it is extracted twice, its bytes decide."""
    properties.check_page(body, twice=zlib.crc32(body) % TWICE_EVERY == 0)


@dataclass(frozen=True)
class Target:
    """What a target checks, its longest input in bytes, the seeds it begins with, and the executions of a glance."""

    check: Callable[[bytes], None]
    longest: int
    seeds: tuple[str, ...] = ()
    glance: int = 20_000  # some seconds' worth


PAGES = "fixtures/pages/*/page.html"
LISTINGS = "fixtures/site/*.xml"
SEEDS = "tests/fuzz/seeds"
TARGETS = {
    "page": Target(lambda data: check_page(data), 8192, (PAGES, LISTINGS), glance=300),
    "made_page": Target(lambda data: check_page(made.page(data)), 1024, glance=300),
    "made_listing": Target(lambda data: properties.check_listing(made.listing(data)), 512, glance=2_000),
    "made_robots": Target(lambda data: properties.check_robots(made.robots(data)), 512),
    "made_warc": Target(lambda data: properties.check_input(made.warc(data)), 256, glance=3_000),
    "made_line": Target(lambda data: properties.check_line(made.line(data)), 256, glance=8_000),
    "charset": Target(
        lambda data: properties.check_page(data[32:], data[:32].decode("latin-1")), 2048, (PAGES,), glance=200
    ),
    "markup": Target(
        lambda data: properties.check_page(b"<html><body>" + data, None), 1024, (f"{SEEDS}/markup/*",), glance=200
    ),
    "json_ld": Target(
        lambda data: properties.check_page(b'<script type="application/ld+json">' + data + b"</script><p>Ferry"),
        2048,
        (f"{SEEDS}/json_ld/*",),
        glance=200,
    ),
    "listing": Target(
        lambda data: properties.check_listing(data), 4096, (LISTINGS, f"{SEEDS}/listing/*"), glance=3_000
    ),
    "sites": Target(lambda data: properties.check_sites(data), 1024, (f"{SEEDS}/sites/*",)),
    "input": Target(lambda data: properties.check_input(data), 4096, glance=8_000),
    "unpacking": Target(lambda data: properties.check_unpacking(data), 1024),
    "robots": Target(
        lambda data: properties.check_robots(data), 1024, ("fixtures/site/robots.txt", f"{SEEDS}/robots/*")
    ),
    "flat_text": Target(lambda data: properties.check_flat_text(data), 2048, (f"{SEEDS}/text/*",), glance=200),
    "text": Target(
        lambda data: properties.check_text(data[: len(data) // 2 * 2].decode("utf-16-le", "surrogatepass")), 256
    ),
    "url": Target(lambda data: properties.check_url(data.decode("utf-8", "surrogateescape")), 256, (f"{SEEDS}/url/*",)),
    "address": Target(lambda data: properties.check_address(data.decode("latin-1")), 64, (f"{SEEDS}/url/*",)),
    "date": Target(
        lambda data: properties.check_date(data.decode("utf-8", "replace")), 128, (f"{SEEDS}/date/*",), glance=8_000
    ),
    "arguments": Target(
        lambda data: properties.check_arguments(data.decode("utf-8", "replace")), 128, (f"{SEEDS}/url/*",)
    ),
}


MHTML = (
    b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n"
    b"--b\r\nContent-Type: text/html\r\nContent-Location: https://herald.example/a\r\n\r\n<p>Ferry\r\n--b--\r\n"
)


def made_inputs() -> Iterator[bytes]:
    """Yield a saved file of every sort."""
    ferry, storm = archives.FERRY, archives.STORM
    record = archives.response("https://herald.example/one", ferry)
    with TemporaryDirectory() as folder:
        yield archives.write_zip(Path(folder, "x.zip"), {"a.html": ferry, "b/c.html": storm}).read_bytes()
    yield archives.tar_bytes({"a.html": ferry})
    yield from (record, gzip.compress(record, mtime=0), archives.zstd_warc(record, dictionary=record * 8))
    yield b"filedesc://x.arc 0.0.0.0 20260324093000 text/plain 76\n1 0 Test\n"
    yield MHTML
    yield b'{"url": "https://herald.example/a", "html": "<p>The ferry sails again."}\n'
    yield from (ferry, bz2.compress(ferry), lzma.compress(ferry), zstandard.compress(ferry))


def made_bodies() -> Iterator[bytes]:
    """Yield a body in every encoding."""
    compress = (partial(gzip.compress, mtime=0), zlib.compress, brotli.compress, zstandard.compress)
    yield from (each(archives.FERRY * 5) for each in compress)


def made_decisions() -> Iterator[bytes]:
    """Yield decisions for a grammar: the same ones in each run."""
    chance = random.Random(1)
    yield from (chance.randbytes(length) for length in (16, 32, 64, 64, 128, 128, 256, 256, 512, 1024))


MADE: dict[str, Callable[[], Iterator[bytes]]] = {"input": made_inputs, "unpacking": made_bodies}
MADE |= {name: made_decisions for name in TARGETS if name.startswith("made_")}


def main() -> int:
    """Fuzz one target, or each in turn."""
    arguments = read_arguments()
    if arguments.target:
        fuzz(arguments.target, arguments.seconds, arguments.seed)
        return 0
    failed = [name for name in TARGETS if not passes_alone(name)]
    sys.stdout.write(f"failed: {', '.join(failed)}\n" if failed else f"{len(TARGETS)} targets, nothing found\n")
    return bool(failed)


def read_arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Fuzz what reads strangers' bytes.")
    parser.add_argument("--target", choices=TARGETS, help="fuzz this one only")
    parser.add_argument("--seconds", type=int, help="seconds for each target; without it, a fixed number of executions")
    parser.add_argument("--seed", type=int, default=1, help="0: another run each time")
    return parser.parse_args()


def passes_alone(name: str) -> bool:
    """Whether a target finds nothing in a process of its own, with the same options."""
    return subprocess.run([sys.executable, *sys.argv, "--target", name], env=ENVIRONMENT, check=False).returncode == 0


def fuzz(name: str, seconds: int | None, seed: int) -> None:
    """Fuzz a target for some seconds, or for a glance: a fixed number of executions from our own seeds alone.

    A glance tries as many inputs on a loaded machine as on a quick one, and nearly the same ones each time, so that it
    fails for the change that it judges and not by chance.
    """
    target = TARGETS[name]
    corpus, found = CORPORA / name, CORPORA / f"{name}-found"
    if seconds is None:
        corpus = CORPORA / f"{name}-glance"
        shutil.rmtree(corpus, ignore_errors=True)
    for folder in (corpus, found):
        folder.mkdir(parents=True, exist_ok=True)
    for number, content in enumerate(iter_seeds(name)):
        (corpus / f"seed-{number}").write_bytes(content[: target.longest])
    extent = [f"-runs={target.glance}", *REPEATABLE] if seconds is None else [f"-max_total_time={seconds}"]
    atheris.Setup(
        [
            sys.argv[0],
            str(corpus),
            f"-artifact_prefix={found}/",
            f"-dict={ROOT / 'tests/fuzz/words.dict'}",
            f"-max_len={target.longest}",
            *extent,
            f"-seed={seed}",
            f"-timeout={SLOW_SECONDS}",
            f"-rss_limit_mb={MEMORY_MIB}",
            "-print_final_stats=1",
            "-verbosity=0",
        ],
        target.check,
    )
    atheris.Fuzz()


def iter_seeds(name: str) -> Iterator[bytes]:
    """Yield a target's seeds: those of ours that are made are archives and compressed pages."""
    if name in MADE:
        yield from MADE[name]()
    for pattern in TARGETS[name].seeds:
        for path in sorted(ROOT.glob(pattern)):
            yield path.read_bytes()


if __name__ == "__main__":
    sys.exit(main())
