"""Observations as bytes, a column after the other, and back."""

import struct
import zlib
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import chain, islice, repeat

from newsspider.errors import SiteMemoryError
from newsspider.site_memory.observations import Observation, SeenContainer, SeenText, SeenValue

FORMAT = b"NSM2"  # changes with every change of the format or of the hashes
COMPRESSION = 6  # 9 makes a full memory 0.3 % smaller, 1 makes it 1.4 % larger
STRING_CHARS = 300  # of a path: a page can give an element a name of a megabyte
_COUNTS = struct.Struct(">IiHHH")  # template, day, texts, containers, values
_KEPT, _SURE = 0x80, 0x40
Excerpts = dict[int, str]


def pack_plain(site: str, observations: Sequence[Observation]) -> bytes:
    """Return observations of a site as bytes, without excerpts; two memories are compared by them."""
    texts = list(chain.from_iterable(each.texts for each in observations))
    containers = list(chain.from_iterable(each.containers for each in observations))
    values = list(chain.from_iterable(each.values for each in observations))
    numbers = _numbered(texts, containers)
    fields = sorted({each.field for each in values})
    columns = [
        struct.pack(">HHH", len(observations), len(numbers), len(fields)),
        _pack_strings([site, *fields]),
        struct.pack(f">{len(observations)}Q", *(each.article for each in observations)),
        *map(_pack_counts, observations),
        struct.pack(f">{len(numbers)}I", *numbers),
        *_iter_text_columns(texts, numbers),
        *_iter_container_columns(containers, numbers),
        *_iter_value_columns(values, fields),
    ]
    return b"".join(columns)


def _pack_counts(each: Observation) -> bytes:
    counts = len(each.texts), len(each.containers), len(each.values)
    return _COUNTS.pack(each.template, each.day, *counts)


def _iter_text_columns(texts: Sequence[SeenText], numbers: dict[int, int]) -> Iterator[bytes]:
    hashes = struct.pack(f">{len(texts)}I", *(each.text for each in texts))
    for place in (1, 2, 3):  # a hash has three bytes
        yield hashes[place::4]
    yield struct.pack(f">{len(texts)}H", *(numbers[each.container] for each in texts))
    yield bytes(each.kept * _KEPT | each.sure * _SURE | each.words for each in texts)


def _iter_container_columns(
    containers: Sequence[SeenContainer], numbers: dict[int, int]
) -> Iterator[bytes]:
    yield struct.pack(f">{len(containers)}H", *(numbers[each.container] for each in containers))
    yield bytes(each.kept for each in containers)
    yield bytes(each.dropped for each in containers)


def _iter_value_columns(values: Sequence[SeenValue], fields: Sequence[str]) -> Iterator[bytes]:
    place = {name: number for number, name in enumerate(fields)}
    yield bytes(place[each.field] for each in values)
    yield struct.pack(f">{len(values)}I", *(each.value for each in values))


def pack(plain: bytes, observations: Sequence[Observation]) -> bytes:
    """Return observations as bytes with their excerpts, given the bytes without them."""
    texts: Excerpts = {}
    paths: Excerpts = {}
    values: Excerpts = {}
    for article in observations:
        texts.update((each.text, each.excerpt) for each in article.texts if each.excerpt)
        paths.update((each.container, each.path) for each in article.containers if each.path)
        values.update((each.value, each.excerpt) for each in article.values if each.excerpt)

    excerpts = map(_pack_excerpts, (texts, paths, values))
    content = b"".join([struct.pack(">I", len(plain)), plain, *excerpts])

    return FORMAT + zlib.compress(content, COMPRESSION)


def unpack(content: bytes) -> tuple[str, tuple[Observation, ...], bytes]:
    """Return the site and the observations in some bytes, and their plain bytes as `pack_plain` makes them.

    Raises:
        SiteMemoryError: they are damaged, or another version wrote them.
    """
    if not content.startswith(FORMAT):
        raise SiteMemoryError("not a site's memory, or one of another version")
    try:
        reader = _Reader(zlib.decompress(content[len(FORMAT) :]))
        (size,) = reader.unpack(">I")
        plain = reader.take(size)
        texts, paths, values = (_read_excerpts(reader) for _ in range(3))
        site, observations = _read_plain(_Reader(plain), texts, paths, values)
    except (zlib.error, struct.error, ValueError, IndexError) as error:
        raise SiteMemoryError(f"a site's memory is damaged: {error}") from error
    return site, observations, plain


class _Reader:
    """Bytes and the place up to which they are read."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._place = 0

    def take(self, size: int) -> bytes:
        end = self._place + size
        if end > len(self._content):
            raise ValueError("it ends too early")
        taken = self._content[self._place : end]
        self._place = end
        return taken

    def unpack(self, form: str) -> tuple[int, ...]:
        return struct.unpack(form, self.take(struct.calcsize(form)))

    def strings(self, number: int) -> list[str]:
        return [self.take(*self.unpack(">H")).decode() for _ in range(number)]


def _read_plain(
    reader: _Reader, excerpts: Excerpts, paths: Excerpts, shown: Excerpts
) -> tuple[str, tuple[Observation, ...]]:
    """Return a site and its observations with their excerpts.

    A memory has thousands of texts, and an archive thousands of memories: columns are made into rows
    at once, without the check of `_make`.
    """
    many, places, fields = reader.unpack(">HHH")
    site, *names = reader.strings(1 + fields)
    articles = reader.unpack(f">{many}Q")
    rows = [_COUNTS.unpack(reader.take(_COUNTS.size)) for _ in range(many)]
    known = reader.unpack(f">{places}I")
    texts = _read_texts(reader, sum(row[2] for row in rows), known, excerpts)
    containers = _read_containers(reader, sum(row[3] for row in rows), known, paths)
    values = _read_values(reader, sum(row[4] for row in rows), names, shown)
    return site, tuple(
        Observation(
            site,
            template,
            article,
            day,
            tuple(islice(texts, count)),
            tuple(islice(containers, boxes)),
            tuple(islice(values, facts)),
        )
        for article, (template, day, count, boxes, facts) in zip(articles, rows, strict=True)
    )


def _read_texts(
    reader: _Reader, number: int, known: Sequence[int], excerpts: Excerpts
) -> Iterator[SeenText]:
    """Return the texts of all observations."""
    high, middle, low = (reader.take(number) for _ in range(3))
    texts = [a << 16 | b << 8 | c for a, b, c in zip(high, middle, low, strict=True)]
    containers = [known[place] for place in reader.unpack(f">{number}H")]
    flags = reader.take(number)
    kept = [flag >= _KEPT for flag in flags]
    sure = [flag & _SURE > 0 for flag in flags]
    words = [flag & 0x3F for flag in flags]
    shown = map(excerpts.get, texts, repeat(""))
    return map(
        partial(tuple.__new__, SeenText),
        zip(texts, containers, kept, sure, words, shown, strict=False),
    )


def _read_containers(
    reader: _Reader, number: int, known: Sequence[int], paths: Excerpts
) -> Iterator[SeenContainer]:
    """Return the containers of all observations."""
    containers = [known[place] for place in reader.unpack(f">{number}H")]
    kept, dropped = reader.take(number), reader.take(number)
    shown = map(paths.get, containers, repeat(""))
    return map(
        partial(tuple.__new__, SeenContainer), zip(containers, kept, dropped, shown, strict=False)
    )


def _read_values(
    reader: _Reader, number: int, names: Sequence[str], excerpts: Excerpts
) -> Iterator[SeenValue]:
    """Return the values of all observations."""
    fields = [names[place] for place in reader.take(number)]
    values = reader.unpack(f">{number}I")
    shown = map(excerpts.get, values, repeat(""))
    return map(partial(tuple.__new__, SeenValue), zip(fields, values, shown, strict=False))


def _numbered(texts: Iterable[SeenText], containers: Iterable[SeenContainer]) -> dict[int, int]:
    """Return a number for each container, in the order of their hashes."""
    found = {each.container for each in texts} | {each.container for each in containers}
    return {container: number for number, container in enumerate(sorted(found))}


def _pack_strings(strings: Iterable[str]) -> bytes:
    encoded = [each[:STRING_CHARS].encode("utf-8", "replace") for each in strings]
    return b"".join(struct.pack(">H", len(each)) + each for each in encoded)


def _pack_excerpts(excerpts: Excerpts) -> bytes:
    ordered = sorted(excerpts)
    head = struct.pack(f">I{len(ordered)}I", len(ordered), *ordered)
    return head + _pack_strings(excerpts[each] for each in ordered)


def _read_excerpts(reader: _Reader) -> Excerpts:
    (number,) = reader.unpack(">I")
    keys = reader.unpack(f">{number}I")
    return dict(zip(keys, reader.strings(number), strict=True))
