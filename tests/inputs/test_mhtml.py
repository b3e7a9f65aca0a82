"""MHTML, as Chromium and Internet Explorer save pages."""

from email.message import EmailMessage
from pathlib import Path

import pytest

from newsspider.inputs import page_bytes
from newsspider.inputs.reading import is_single, iter_pages
from newsspider.pages.page import parse_raw
from newsspider.pages.raw_page import RawPage
from tests.archives import FERRY

TEXT = "<html><body><p>Переправа снова открыта.</p></body></html>"
CHROMIUM = b"""From: <Saved by Blink>\r
Snapshot-Content-Location: https://herald.example/2026/\r
 ferry\r
Subject: Ferry\r
Date: Tue, 24 Mar 2026 09:30:00 +0100\r
MIME-Version: 1.0\r
Content-Type: multipart/related;\r
\ttype="text/html";\r
\tboundary="----MultipartBoundary--x----"\r
\r
\r
------MultipartBoundary--x----\r
Content-Type: text/html\r
Content-Transfer-Encoding: quoted-printable\r
Content-Location: https://herald.example/2026/ferry\r
\r
<p>The ferry =\r
sails=20again.</p>\r
------MultipartBoundary--x----\r
Content-Type: text/html\r
Content-Location: cid:frame@mhtml.blink\r
\r
<p>An advertisement.</p>\r
------MultipartBoundary--x------\r
"""


def read(path: Path, content: bytes) -> RawPage:
    path.write_bytes(content)
    (page,) = iter_pages([str(path)])
    return page


def test_page_is_its_first_part(tmp_path: Path) -> None:
    page = read(tmp_path / "x.mhtml", CHROMIUM)
    assert (page.body, page.problem) == (FERRY, None)
    assert page.url == "https://herald.example/2026/ferry"
    assert page.fetched_at == "2026-03-24T08:30:00+00:00"
    assert is_single([str(tmp_path / "x.mhtml")])


@pytest.mark.parametrize("charset", ["utf-8", "windows-1251", "koi8-r"])
@pytest.mark.parametrize("encoding", ["base64", "quoted-printable"])
def test_charset_of_the_part_decodes_it(charset: str, encoding: str, tmp_path: Path) -> None:
    message = EmailMessage()
    message.make_related()
    message.add_related(TEXT, subtype="html", charset=charset, cte=encoding)
    message.add_related(b"\x89PNG", maintype="image", subtype="png")
    page = read(tmp_path / "a page", b"MIME-Version: 1.0\r\n" + message.as_bytes())
    assert "Переправа снова открыта." in parse_raw(page).html


def test_file_cut_short_is_reported(tmp_path: Path) -> None:
    page = read(tmp_path / "x.mht", CHROMIUM[: CHROMIUM.index(b"again")])
    assert page.problem == "can't be read: the file was cut short before the page ended"


def test_page_over_the_limit_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_bytes, "MAX_PAGE_BYTES", 1000)
    page = read(tmp_path / "x.mht", CHROMIUM.replace(b"<p>The", b"<p>" + b"The ferry\r\n" * 500))
    assert page.problem == "larger than 0 MiB"


def test_message_without_a_page_is_reported(tmp_path: Path) -> None:
    page = read(tmp_path / "x.mht", CHROMIUM.replace(b"text/html", b"image/png"))
    assert page.problem == "can't be read: MHTML without a page"
