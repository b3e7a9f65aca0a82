"""What hostile servers do, one row a behaviour: how it answers, and the record that must come of it."""

import gzip
import json
import os
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, partial

import brotli
import zstandard

from tests.hostile.server import Answer, Conversation, Later, ready, respond

PROSE = "The old ferry left the harbour at nine with forty people on board, as it last did thirty years ago. " * 5
MIB = 1 << 20
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
TRAPS = 5  # the links on each page of the trap, which has no end


@dataclass(frozen=True)
class Behaviour:
    """One thing that a server does.

    Attributes:
        answer: does it.
        kinds: of the record that must come of it, parted by spaces.
        reason: stands in the record's reason.
    """

    answer: Answer
    kinds: str = "failed"
    reason: str = ""


def page(title: str, body: str = "", head: str = "") -> bytes:
    """Return a page with an article whose text no other page has: the same text on one site is one article."""
    number = zlib.crc32(f"{title}{body}{head}".encode("utf-8", "surrogatepass"))
    text = f"<p>{PROSE}</p><p>{PROSE} It is the ferry number {number} of this harbour.</p>"
    return (
        f"<!DOCTYPE html><html><head><title>{title}</title>{head}</head>"
        f"<body><article><h1>{title}</h1>{text}{body}</article></body></html>"
    ).encode("utf-8", "surrogatepass")


def raw(data: bytes) -> Answer:
    """Return what sends these bytes and nothing else."""
    return lambda conversation: conversation.send(data)


def redirect(target: str, status: str = "302 Found") -> Answer:
    """Return what leads elsewhere."""
    return respond(b"", {"Location": target}, status=status)


def packed(encoding: str, body: bytes) -> Answer:
    """Return what sends a body under a Content-Encoding."""
    return respond(body, {"Content-Encoding": encoding})


def slow_head(conversation: Conversation) -> None:
    """Send a head that takes minutes."""
    conversation.drip(HEAD * 20)


def slow_body(conversation: Conversation) -> None:
    """Send a body that takes minutes."""
    conversation.send(HEAD + b"Content-Length: 100000\r\n\r\n")
    conversation.drip(page("Slow") * 20)


def slow_chunks(conversation: Conversation) -> None:
    """Send chunks of a byte each, for minutes."""
    conversation.send(CHUNKED)
    conversation.drip(b"1\r\nx\r\n" * 1000)


def then_pour(head: bytes, data: bytes) -> Answer:
    """Return what sends a beginning and then the same for ever."""

    def answer(conversation: Conversation) -> None:
        conversation.send(head)
        conversation.pour(data)

    return answer


def endless_redirect(conversation: Conversation) -> None:
    """Lead one further, always."""
    number = int(conversation.path.rpartition("-")[2] or 0)
    redirect(f"/2026/03/24/endless-redirect-of-a-hostile-server-{number + 1}")(conversation)


BROKEN_GZIP = gzip.compress(page("Cut by gzip") + os.urandom(2000))
DAMAGED_GZIP = bytearray(gzip.compress(page("Damaged")))
DAMAGED_GZIP[-8] ^= 0xFF  # the checksum
ZEROS_BYTES = 300 * MIB
PACK: dict[str, Callable[[bytes], bytes]] = {
    "gzip": partial(gzip.compress, compresslevel=9),
    "gzip, gzip": lambda zeros: gzip.compress(gzip.compress(zeros, 9)),
    "br": partial(brotli.compress, quality=5),
    "zstd": zstandard.compress,
    "deflate": partial(zlib.compress, level=9),
}


@cache
def bomb(encoding: str) -> bytes:
    """Return a small body that is large when it is unpacked."""
    return PACK[encoding](bytes(ZEROS_BYTES))


def bombing(encoding: str) -> Answer:
    """Return what sends a bomb."""
    return Later(lambda: packed(encoding, bomb(encoding)))


JSON_LD = '<script type="application/ld+json">{}</script>'
ARTICLES = "article"
ANY_READ = "article index empty failed truncated soft_404 gallery"  # what matters is that it ends in a record

BEHAVIOURS: dict[str, Behaviour] = {
    # Time
    "slow-head": Behaviour(slow_head, reason="took longer than"),
    "slow-body": Behaviour(slow_body, reason="took longer than"),
    "silence": Behaviour(Conversation.wait, reason="took longer than"),
    "slow-chunks": Behaviour(slow_chunks, reason="took longer than"),
    # Connections and status lines
    "reset": Behaviour(Conversation.reset, reason="connection failed"),
    "hang-up": Behaviour(raw(b""), reason="connection failed"),
    "half-a-status": Behaviour(raw(b"HTTP/1."), reason="connection failed"),
    "garbage": Behaviour(raw(os.urandom(4096)), reason="connection failed"),
    "another-protocol": Behaviour(raw(b"SSH-2.0-OpenSSH_9.2\r\n"), reason="connection failed"),
    "no-status": Behaviour(raw(page("HTTP/0.9")), reason="connection failed"),
    "status-of-letters": Behaviour(raw(b"HTTP/1.1 abc OK\r\n\r\n"), reason="connection failed"),
    "status-999": Behaviour(respond(b"", status="999 Denied"), reason="HTTP 999"),
    "switching-protocols": Behaviour(raw(b"HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\n"), reason=""),
    "not-modified-unasked": Behaviour(respond(b"", status="304 Not Modified"), reason="HTTP 304"),
    "no-content": Behaviour(respond(b"", status="204 No Content"), "empty", "0 bytes"),
    "partial-unasked": Behaviour(respond(page("Partial"), status="206 Partial Content"), "truncated", "a part of it"),
    "server-error": Behaviour(respond(page("Error"), status="500 Oops"), reason="HTTP 500"),
    # Lengths and chunks
    "length-too-long": Behaviour(respond(page("Long"), length=1_000_000), "truncated", "of 1000000 bytes came"),
    "length-too-short": Behaviour(respond(page("Short"), length=700), "article truncated"),
    "length-negative": Behaviour(respond(page("Negative"), length=-5), reason="connection failed"),
    "length-of-letters": Behaviour(respond(page("Letters"), length="many"), reason="connection failed"),
    "length-of-terabytes": Behaviour(respond(page("Terabytes"), length=10**13), reason="larger than 20 MiB"),
    "two-lengths": Behaviour(respond(page("Two"), {"Content-Length": "7"}), reason="connection failed"),
    "length-and-chunks": Behaviour(respond(b"5\r\nhello\r\n0\r\n\r\n", {"Transfer-Encoding": "chunked"}), ANY_READ),
    "chunks-cut": Behaviour(raw(CHUNKED + b"500\r\n" + page("Chunks")[:600]), "truncated", "bytes came"),
    "chunks-without-end": Behaviour(raw(CHUNKED + b"%x\r\n%b\r\n" % (len(page("End")), page("End"))), "truncated"),
    "chunk-of-letters": Behaviour(raw(CHUNKED + b"ZZZ\r\nhello\r\n"), "failed truncated"),
    "chunk-extensions": Behaviour(
        raw(CHUNKED + b"5;" + b"x" * 200_000 + b"\r\nhello\r\n0\r\n\r\n"), "failed truncated"
    ),
    "trailers": Behaviour(raw(CHUNKED + b"5\r\nhello\r\n0\r\n" + b"X: y\r\n" * 200_000 + b"\r\n"), "failed truncated"),
    "endless-chunks": Behaviour(then_pour(CHUNKED, b"10000\r\n" + b"x" * 65536 + b"\r\n"), reason="larger than 20 MiB"),
    "endless-body": Behaviour(then_pour(HEAD + b"\r\n", b"<p>word " * 8192), reason="larger than 20 MiB"),
    # Heads
    "endless-head": Behaviour(then_pour(HEAD, b"X-Flood: yes\r\n" * 1000), reason="headers of more than"),
    "endless-continue": Behaviour(
        then_pour(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 500), reason="headers of more than"
    ),
    "long-header-line": Behaviour(raw(HEAD + b"X: " + b"y" * MIB + b"\r\n\r\n"), reason="connection failed"),
    "cookie-flood": Behaviour(respond(page("Cookies"), {f"Set-Cookie: c{n}=x; a": "b" for n in range(1000)}), ARTICLES),
    "header-of-bytes": Behaviour(respond(page("Bytes"), {"X-Bytes": "\x80\xff", "Content-Language": "\xa0"}), ARTICLES),
    # Packing
    "gzip-bomb": Behaviour(bombing("gzip"), reason="when unpacked"),
    "gzip-bomb-twice": Behaviour(bombing("gzip, gzip"), reason="when unpacked"),
    "brotli-bomb": Behaviour(bombing("br"), reason="when unpacked"),
    "zstd-bomb": Behaviour(bombing("zstd"), reason="when unpacked"),
    "deflate-bomb": Behaviour(bombing("deflate"), reason="when unpacked"),
    "packed-ten-times": Behaviour(
        Later(lambda: packed(", ".join(["gzip"] * 10), bomb("gzip"))), reason="compressed 10 times over"
    ),
    "gzip-cut": Behaviour(
        packed("gzip", BROKEN_GZIP[: len(BROKEN_GZIP) // 2]), "truncated", "gzip data that ends early"
    ),
    "gzip-damaged": Behaviour(packed("gzip", bytes(DAMAGED_GZIP)), "truncated", "damaged gzip data"),
    "brotli-cut": Behaviour(
        packed("br", brotli.compress(page("Cut") + os.urandom(500))[:-100]), "truncated", "ends early"
    ),
    "zstd-cut": Behaviour(packed("zstd", zstandard.compress(page("Cut"))[:-5]), "truncated", "ends early"),
    "deflate-cut": Behaviour(packed("deflate", zlib.compress(page("Cut"))[:-20]), "truncated", "ends early"),
    "gzip-that-is-none": Behaviour(packed("gzip", page("Plain under gzip")), ARTICLES),
    "packing-nobody-knows": Behaviour(packed("rot13", page("Rot13")), ARTICLES),
    # Redirects
    "redirect-to-itself": Behaviour(
        redirect("/2026/03/24/redirect-to-itself-of-a-hostile-server"), reason="in a circle"
    ),
    "redirect-for-ever": Behaviour(redirect("/2026/03/24/endless-redirect-of-a-hostile-server-0"), reason="more than"),
    "redirect-inside": Behaviour(redirect("http://127.0.6.1:8000/"), reason="127.0.6.1 is a loopback address"),
    "redirect-to-metadata": Behaviour(redirect("http://169.254.169.254/latest/"), reason="a link-local address"),
    "redirect-to-ipv6": Behaviour(redirect("http://[::1]/"), reason="::1 is a loopback address"),
    "redirect-to-a-file": Behaviour(redirect("file:///etc/hostname"), reason="HTTP 302"),
    "redirect-to-a-script": Behaviour(redirect("javascript:alert(1)"), reason="javascript:alert(1)"),
    "redirect-to-a-password": Behaviour(redirect("http://ann:secret@127.0.0.1/"), reason="came with a user name"),
    "redirect-to-redis": Behaviour(redirect("http://herald.example:6379/"), reason="port 6379"),
    "redirect-nowhere": Behaviour(respond(b"", status="302 Found"), reason="HTTP 302"),
    "redirect-to-nonsense": Behaviour(redirect("http://[half"), reason=""),
    "redirect-too-far": Behaviour(redirect("/" + "a" * 5000), reason="characters"),
    "refresh-inside": Behaviour(
        respond(page("Refresh", head='<meta http-equiv="refresh" content="0;url=http://127.0.6.1:8001/">')),
        reason="127.0.6.1 is a loopback address",
    ),
    "refresh-to-itself": Behaviour(
        respond(
            page("Again", head='<meta http-equiv="refresh" content="0;url=refresh-to-itself-of-a-hostile-server">')
        ),
        reason="in a circle",
    ),
    "refresh-in-a-minute": Behaviour(
        respond(page("Later", head='<meta http-equiv="refresh" content="60;url=/">')), ARTICLES
    ),
    # Formats and charsets
    "pdf-as-html": Behaviour(respond(b"%PDF-1.7\n" + os.urandom(9000)), "not_html", "PDF"),
    "image-as-html": Behaviour(respond(b"\x89PNG\r\n\x1a\n" + os.urandom(9000)), "not_html", "PNG"),
    "archive-as-html": Behaviour(respond(b"PK\x03\x04" + os.urandom(9000)), "not_html", "ZIP"),
    "html-as-pdf": Behaviour(respond(page("Html as pdf"), content_type="application/pdf"), ARTICLES),
    "html-as-nothing": Behaviour(respond(page("Html as nothing"), content_type="\x00/;;=\xff"), ARTICLES),
    "attachment": Behaviour(
        respond(page("Attachment"), {"Content-Disposition": "attachment; filename=../../../etc/cron.d/x"}), ARTICLES
    ),
    "random-bytes": Behaviour(respond(os.urandom(20_000)), "not_html failed empty"),
    "nothing": Behaviour(respond(b""), "empty", "0 bytes"),
    "white-space": Behaviour(respond(b" \n" * 10_000), "empty", "white space"),
    "charset-nobody-knows": Behaviour(respond(page("Charset"), content_type="text/html; charset=klingon"), ARTICLES),
    "charset-lie": Behaviour(respond(page("Lüge"), content_type="text/html; charset=utf-16"), ARTICLES),
    "utf-7": Behaviour(respond(page("+ADw-script+AD4-"), content_type="text/html; charset=utf-7"), ARTICLES),
    # Texts
    "nul-bytes": Behaviour(respond(page("Nul \0 bytes").replace(b"harbour", b"har\0bour")), ARTICLES),
    "terminal-escapes": Behaviour(respond(page("Red \x1b[31m\x1b]0;owned\x07 alert \x9b2J")), ARTICLES),
    "escapes-as-entities": Behaviour(respond(page("Red &#27;[31m &#x9b;2J &#x7f; alert")), ARTICLES),
    "half-characters": Behaviour(
        respond(
            page(
                "Half", head=JSON_LD.format('{"@type":"NewsArticle","headline":"Half \\ud83d","author":"A \\udc00 B"}')
            )
        ),
        ARTICLES,
    ),
    "right-to-left": Behaviour(respond(page("Invoice \u202egpj.exe")), ARTICLES),
    "script-in-title": Behaviour(respond(page("&lt;script&gt;alert(1)&lt;/script&gt; ferry")), ARTICLES),
    "formula-in-title": Behaviour(
        respond(page("=HYPERLINK(&quot;http://evil.example&quot;,&quot;Ferry&quot;)")), ARTICLES
    ),
    "endless-title": Behaviour(respond(page("Ferry " * 300_000)), ANY_READ),
    # Markup
    "entity-bomb": Behaviour(
        respond(
            b'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a "aaaaaaaaaa">'
            + b"".join(
                b'<!ENTITY %c "%b">' % (letter, b"&%c;" % (letter - 1) * 10) for letter in range(ord("b"), ord("k"))
            )
            + b"]>"
            + page("Bomb &j;").removeprefix(b"<!DOCTYPE html>")
        ),
        ARTICLES,
    ),
    "outer-entity": Behaviour(
        respond(
            b'<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
            + page("Outer &x;").removeprefix(b"<!DOCTYPE html>")
        ),
        ARTICLES,
    ),
    "feed-bomb": Behaviour(
        respond(b'<?xml version="1.0"?><rss>' + b"<channel><item>" * 100_000, content_type="application/rss+xml"),
        "not_html",
        "rss",
    ),
    "deep": Behaviour(respond(b"<div>" * 200_000 + page("Deep")), ANY_READ),
    "many-attributes": Behaviour(
        respond(b"<p " + b" ".join(b"a%d=1" % n for n in range(200_000)) + b">" + page("Attributes")),
        reason="took longer than 5 s",
    ),
    "million-breaks": Behaviour(respond(b"<p>" + b"word<br>" * 1_000_000), "failed article truncated"),
    "huge-class": Behaviour(respond(b'<p class="' + b"news " * 1_000_000 + b'">' + page("Class")), ANY_READ),
    "json-ld-deep": Behaviour(respond(page("Json", head=JSON_LD.format("[" * 100_000))), ARTICLES),
    "json-ld-number": Behaviour(
        respond(page("Number", head=JSON_LD.format('{"@type":"NewsArticle","wordCount":' + "9" * 100_000 + "}"))),
        ARTICLES,
    ),
    "json-ld-circle": Behaviour(
        respond(
            page("Circle", head=JSON_LD.format(json.dumps({"@type": "NewsArticle", "author": {"name": [[[[{}]]]]}})))
        ),
        ARTICLES,
    ),
    "canonical-elsewhere": Behaviour(
        respond(page("Canonical", head='<link rel="canonical" href="https://herald.example/other">')), ARTICLES
    ),
    "canonical-script": Behaviour(
        respond(page("Canonical script", head='<link rel="canonical" href="javascript:alert(1)">')), ARTICLES
    ),
    "bad-base": Behaviour(respond(page("Base", '<a href="hostname">x</a>', '<base href="file:///etc/">')), ARTICLES),
    "bad-links": Behaviour(
        respond(
            page(
                "Links",
                '<a href="file:///etc/passwd">The file of all passwords here</a> <a href="javascript:x">x</a>'
                '<a href="http://127.0.6.1/2026/03/24/inside-by-link/">Inside by a link here</a>'
                '<a href="http://[half">Half an address is none</a> <a href="//ann:secret@127.0.6.1/">x</a>',
            )
        ),
        ARTICLES,
    ),
    "link-flood": Behaviour(
        respond(
            page(
                "Flood",
                "".join(f'<a href="/2026/03/24/flooding-the-crawl-{n}/">Four words in link</a>' for n in range(5000)),
            )
        ),
        ANY_READ,
    ),
    "bot-wall": Behaviour(
        respond(
            b"<title>Just a moment...</title><div id=cf-wrapper><h1>Checking your browser</h1>"
            b'<script src="/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1"></script></div>',
            {"Server": "cloudflare", "cf-mitigated": "challenge"},
            status="403 Forbidden",
        ),
        "bot_wall",
    ),
    "trap": Behaviour(respond(page("Trap", '<a href="/trap/0/">Four words in trap</a>')), ANY_READ),
}


def address_of(name: str) -> str:
    """Return the path at which a behaviour is met."""
    return f"/2026/03/24/{name}-of-a-hostile-server"


def good_page(number: int) -> bytes:
    """Return one of the pages that must not suffer."""
    sentence = (
        f"The keeper of lighthouse number {number} counted {number * 7} ships that night, which was a good night. "
    )
    return page(f"Lighthouse number {number} reports", f"<p>{sentence * 4}</p>")


def good_path(number: int) -> str:
    """Return the path of a good page."""
    return f"/2026/03/25/lighthouse-number-{number}-reports/"


def front_page(good: int) -> bytes:
    """Return the page that links to all: hostile and good ones by turns."""
    hostile = [address_of(name) for name in BEHAVIOURS]
    kind = [good_path(number) for number in range(good)]
    paths = (
        [path for pair in zip(kind, hostile, strict=False) for path in pair]
        + kind[len(hostile) :]
        + hostile[len(kind) :]
    )
    links = "".join(f'<li><a href="{path}">Four words of a link</a>' for path in paths)
    return f"<title>Herald</title><h1>Herald</h1><ul>{links}</ul>".encode()


ROBOTS = b"User-agent: *\nDisallow: /private/\n"


def answers_of(good: int) -> Mapping[str, Answer]:
    """Return the answers by path of a site with so many good pages."""
    return {
        "/": respond(front_page(good)),
        "/robots.txt": then_pour(
            b"HTTP/1.1 200 OK\r\nContent-Length: 50000000\r\n\r\n" + ROBOTS, b"Disallow: /private/again/\n" * 1000
        ),
        **{address_of(name): ready(behaviour.answer) for name, behaviour in BEHAVIOURS.items()},
        **{good_path(number): respond(good_page(number)) for number in range(good)},
    }


def find_answer(path: str) -> Answer | None:
    """Return the answer of a path that no table holds."""
    if "endless-redirect" in path:
        return endless_redirect
    if path.startswith("/trap/"):
        links = "".join(f'<a href="{path}{number}/">Four words in trap</a>' for number in range(TRAPS))
        return respond(f"<title>Trap</title><p>Nothing here</p>{links}".encode())
    if "flooding-the-crawl" in path:
        return respond(b"", status="410 Gone")
    return None
