"""HTTP's content encodings in kept responses: bombs and broken data."""

from collections.abc import Callable
from functools import partial

import brotli
import pytest
import zstandard

from newsspider.inputs.content_encodings import decode_content

BOMB_BYTES = 100_000_000


@pytest.mark.parametrize(
    ("encoding", "compress"), [("br", partial(brotli.compress, quality=5)), ("zstd", zstandard.compress)]
)
def test_bomb_is_too_large_and_is_not_unpacked(encoding: str, compress: Callable[[bytes], bytes]) -> None:
    with pytest.raises(ValueError, match="larger than 20 MiB"):
        decode_content(compress(bytes(BOMB_BYTES)), encoding)


def test_body_that_breaks_off_gives_what_came_and_says_it() -> None:
    cut = decode_content(zstandard.compress(b"<p>Ferry")[:-1], "zstd")
    assert cut.problem == "zstd data that ends early"


def test_several_encodings_are_undone() -> None:
    assert decode_content(zstandard.compress(brotli.compress(b"<p>Ferry")), "br, zstd").body == b"<p>Ferry"
