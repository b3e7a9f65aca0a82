"""Observations as bytes, a column after the other, and back."""

import struct
import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from newsspider.errors import SiteMemoryError
from newsspider.site_memory.observations import Observation, SeenContainer, SeenText, SeenValue

FORMAT = b"NSM1"  # changes with every change of the format or of the hashes
_COUNTS = struct.Struct(">IiHHH")  # template, day, texts, containers, values
_KEPT, _SURE = 0x80, 0x40
Excerpts = dict[int, str]


def pack_plain(site: str, observations: Sequence[Observation]) -> bytes:
    """Return observations of a site as bytes, without excerpts: what two memories are compared by."""
    texts = [each for observation in observations for each in observation.texts]
    containers = [each for observation in observations for each in observation.containers]
    values = [each for observation in observations for each in observation.values]
    numbers = _numbered(texts, containers)
    fields = sorted({each.field for each in values})
    place = {name: number for number, name in enumerate(fields)}
    columns = [
        struct.pack(">HHH", len(observations), len(numbers), len(fields)),
        _pack_strings([site, *fields]),
        struct.pack(f">{len(observations)}Q", *(each.article for each in observations)),
        *(
            _COUNTS.pack(each.template, each.day, len(each.texts), len(each.containers), len(each.values))
            for each in observations
        ),
        struct.pack(f">{len(numbers)}I", *numbers),
        *(bytes(each.text >> shift & 0xFF for each in texts) for shift in (16, 8, 0)),
        struct.pack(f">{len(texts)}H", *(numbers[each.container] for each in texts)),
        bytes(each.kept * _KEPT | each.sure * _SURE | each.words for each in texts),
        struct.pack(f">{len(containers)}H", *(numbers[each.container] for each in containers)),
        bytes(each.kept for each in containers),
        bytes(each.dropped for each in containers),
        bytes(place[each.field] for each in values),
        struct.pack(f">{len(values)}I", *(each.value for each in values)),
    ]
    return b"".join(columns)


def pack(site: str, observations: Sequence[Observation]) -> bytes:
    """Return observations of a site as bytes, with their excerpts."""
    texts = {each.text: each.excerpt for item in observations for each in item.texts if each.excerpt}
    paths = {each.container: each.path for item in observations for each in item.containers if each.path}
    values = {each.value: each.excerpt for item in observations for each in item.values if each.excerpt}
    plain = pack_plain(site, observations)
    parts = [struct.pack(">I", len(plain)), plain, *(_pack_excerpts(each) for each in (texts, paths, values))]
    return FORMAT + zlib.compress(b"".join(parts), 6)


def unpack(content: bytes) -> tuple[str, tuple[Observation, ...]]:
    """Return the site and the observations in some bytes.

    Raises:
        SiteMemoryError: they are damaged, or another version wrote them.
    """
    if not content.startswith(FORMAT):
        raise SiteMemoryError("not a site's memory, or one of another version")
    try:
        reader = _Reader(zlib.decompress(content[len(FORMAT) :]))
        reader.take(4)
        site, observations = _read_plain(reader)
        texts, paths, values = (_read_excerpts(reader) for _ in range(3))
    except (zlib.error, struct.error, ValueError, IndexError) as error:
        raise SiteMemoryError(f"a site's memory is damaged: {error}") from error
    return site, tuple(each.with_excerpts(texts, paths, values) for each in observations)


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


def _read_plain(reader: _Reader) -> tuple[str, list[Observation]]:
    many, paths, fields = reader.unpack(">HHH")
    site, *names = reader.strings(1 + fields)
    articles = reader.unpack(f">{many}Q")
    rows = [_COUNTS.unpack(reader.take(_COUNTS.size)) for _ in range(many)]
    known = reader.unpack(f">{paths}I")
    texts = iter(_read_texts(reader, sum(row[2] for row in rows), known))
    containers = iter(_read_containers(reader, sum(row[3] for row in rows), known))
    values = iter(_read_values(reader, sum(row[4] for row in rows), names))
    return site, [
        Observation(
            site,
            template,
            article,
            day,
            tuple(islice(texts, count)),
            tuple(islice(containers, places)),
            tuple(islice(values, facts)),
        )
        for article, (template, day, count, places, facts) in zip(articles, rows, strict=True)
    ]


def _read_texts(reader: _Reader, number: int, known: Sequence[int]) -> Iterator[SeenText]:
    high, middle, low = (reader.take(number) for _ in range(3))
    places = reader.unpack(f">{number}H")
    flags = reader.take(number)
    for a, b, c, place, flag in zip(high, middle, low, places, flags, strict=True):
        yield SeenText(a << 16 | b << 8 | c, known[place], flag >= _KEPT, bool(flag & _SURE), flag & 0x3F)


def _read_containers(reader: _Reader, number: int, known: Sequence[int]) -> Iterator[SeenContainer]:
    places = reader.unpack(f">{number}H")
    for place, kept, dropped in zip(places, reader.take(number), reader.take(number), strict=True):
        yield SeenContainer(known[place], kept, dropped)


def _read_values(reader: _Reader, number: int, names: Sequence[str]) -> Iterator[SeenValue]:
    fields = reader.take(number)
    for field, value in zip(fields, reader.unpack(f">{number}I"), strict=True):
        yield SeenValue(names[field], value)


def _numbered(texts: Iterable[SeenText], containers: Iterable[SeenContainer]) -> dict[int, int]:
    """Return a number for each container, in the order of their hashes."""
    found = {each.container for each in texts} | {each.container for each in containers}
    return {container: number for number, container in enumerate(sorted(found))}


def _pack_strings(strings: Iterable[str]) -> bytes:
    encoded = [each.encode() for each in strings]
    return b"".join(struct.pack(">H", len(each)) + each for each in encoded)


def _pack_excerpts(excerpts: Excerpts) -> bytes:
    ordered = sorted(excerpts)
    head = struct.pack(f">I{len(ordered)}I", len(ordered), *ordered)
    return head + _pack_strings(excerpts[each] for each in ordered)


def _read_excerpts(reader: _Reader) -> Excerpts:
    (number,) = reader.unpack(">I")
    keys = reader.unpack(f">{number}I")
    return dict(zip(keys, reader.strings(number), strict=True))
