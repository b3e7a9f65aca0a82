"""Compressed bodies: whole, cut, damaged, lying, and larger than they look."""

import gzip
import os
import zlib
from typing import Any

import brotli
import pytest
import zstandard

from newsspider.pages.unpacking import (
    MAX_MEMBERS,
    READ_BYTES,
    TooManyMembers,
    Unpacked,
    UnpackedTooLarge,
    split_encodings,
    unpack,
)

PAGE = b"<p>The old ferry sails again</p>" * 500 + os.urandom(3000)
LIMIT = 1_000_000
PACKED = {
    "gzip": gzip.compress(PAGE),
    "x-gzip": gzip.compress(PAGE),
    "deflate": zlib.compress(PAGE),
    "br": brotli.compress(PAGE),
    "zstd": zstandard.compress(PAGE),
}
MEMBERS = ["gzip", "zstd"]  # several streams after each other are one
EMPTY_MEMBERS = {
    "gzip": gzip.compress(b"", mtime=0),
    "zstd": zstandard.ZstdCompressor(write_content_size=False).compress(b""),
}
RAW_DEFLATE = zlib.compress(PAGE)[2:-4]


@pytest.mark.parametrize("encoding", PACKED)
def test_whole_body_is_unpacked(encoding: str) -> None:
    assert unpack(PACKED[encoding], [encoding], LIMIT).body == PAGE
    assert unpack(PACKED[encoding], [encoding], LIMIT).problem is None


@pytest.mark.parametrize("encoding", PACKED)
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
def test_cut_body_is_said_to_be_cut(encoding: str, share: float) -> None:
    unpacked = unpack(PACKED[encoding][: int(share * len(PACKED[encoding]))], [encoding], LIMIT)
    assert unpacked.problem == f"{encoding} data that ends early"
    assert PAGE.startswith(unpacked.body)


def test_damaged_body_gives_what_came_before_the_damage() -> None:
    damaged = bytearray(PACKED["gzip"])
    damaged[-6] ^= 0xFF
    unpacked = unpack(bytes(damaged), ["gzip"], LIMIT)
    assert (unpacked.problem or "").startswith("damaged gzip data")
    assert len(unpacked.body) > len(PAGE) // 2


@pytest.mark.parametrize("encoding", MEMBERS)
def test_several_streams_are_one_body(encoding: str) -> None:
    assert unpack(PACKED[encoding] * 2, [encoding], LIMIT).body == PAGE * 2
    assert unpack(PACKED[encoding] * 2, [encoding], LIMIT).problem is None
    assert unpack((PACKED[encoding] * 2)[:-9], [encoding], LIMIT).problem is not None


def test_deflate_without_its_header_is_read_too() -> None:
    assert unpack(RAW_DEFLATE, ["deflate"], LIMIT).body == PAGE


@pytest.mark.parametrize(
    ("packed", "body"),
    [
        pytest.param(b"SPHK\xcc\x04\x00", b"  fai", id="divisible as a header is, another method"),
        pytest.param(b"K\xce\x01\x00", b"cl", id="divisible as a header is, a method that is higher"),
        pytest.param(b"\x08\x05\x00\xfa\xffferry\x03\x00", b"ferry", id="zlib's method, not divisible"),
    ],
)
def test_deflate_that_begins_much_like_a_header_is_read_as_what_it_is(packed: bytes, body: bytes) -> None:
    assert unpack(packed, ["deflate"], LIMIT) == Unpacked(body)


def test_padding_after_gzip_is_passed_over() -> None:
    assert unpack(PACKED["gzip"] + bytes(100), ["gzip"], LIMIT).body == PAGE


@pytest.mark.parametrize("encoding", PACKED)
def test_markup_that_was_never_packed_is_taken_as_it_is(encoding: str) -> None:
    assert unpack(b" <p>Ferry</p>", [encoding], LIMIT).body == b" <p>Ferry</p>"
    assert unpack(b" <p>Ferry</p>", [encoding], LIMIT).problem is None


@pytest.mark.parametrize("encoding", PACKED)
def test_bomb_is_ended_at_the_limit(encoding: str) -> None:
    with pytest.raises(UnpackedTooLarge):
        unpack(PACKED[encoding], [encoding], 10_000)


def test_layers_are_undone_from_the_last_to_the_first() -> None:
    assert unpack(gzip.compress(PACKED["br"]), ["br", "gzip"], LIMIT).body == PAGE


def test_packing_nobody_knows_is_left() -> None:
    assert unpack(b"abc", ["rot13"], LIMIT).body == b"abc"
    assert unpack(PACKED["gzip"], ["rot13", "gzip"], LIMIT).body == PAGE
    assert unpack(PACKED["gzip"], ["gzip", "rot13"], LIMIT) == Unpacked(PACKED["gzip"])  # what is below it is not known


def test_headers_are_split() -> None:
    assert split_encodings(["GZIP , br", "identity", "", "none,zstd"]) == ["gzip", "br", "zstd"]


class CountedBytes(bytes):
    """Bytes that count how many of them are copied."""

    copied = 0

    def __getitem__(self, place: Any) -> Any:
        """Count a slice."""
        part = super().__getitem__(place)
        self.copied += len(part) if isinstance(place, slice) else 0
        return part


@pytest.mark.parametrize(("encoding", "member"), EMPTY_MEMBERS.items())
def test_work_grows_with_the_number_of_members_and_no_faster(encoding: str, member: bytes) -> None:
    body = CountedBytes(member * 4_000)
    assert unpack(body, [encoding], LIMIT) == Unpacked(b"")
    assert body.copied <= 4_000 * READ_BYTES  # at most


@pytest.mark.parametrize(("encoding", "member"), EMPTY_MEMBERS.items())
def test_more_members_than_anybody_needs_are_refused(encoding: str, member: bytes) -> None:
    assert unpack(member * MAX_MEMBERS, [encoding], LIMIT) == Unpacked(b"")
    with pytest.raises(TooManyMembers, match="more than 10,000 members"):
        unpack(member * (MAX_MEMBERS + 1), [encoding], LIMIT)


def test_members_may_lie_behind_long_ones() -> None:
    body = gzip.compress(os.urandom(5000)) + gzip.compress(b"") * 3 + gzip.compress(b"ferry")
    assert unpack(body, ["gzip"], LIMIT).body.endswith(b"ferry")


def test_content_that_is_much_larger_than_its_brotli_data_is_whole() -> None:
    ferries = bytes(20_000_000)
    assert unpack(brotli.compress(ferries), ["br"], len(ferries)) == Unpacked(ferries)
