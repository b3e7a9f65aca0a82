"""`newsspider why`: a page's blocks with their verdicts, in a terminal, as JSON and as a page for a browser."""

import base64
import hashlib
import json
import os
import pty
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import Any

import lxml.html
import pytest

from fixtures.serve import SiteServer, serve_site
from newsspider.extraction.explain import explain_page
from newsspider.extraction.witness_policy import POLICIES, WitnessPolicy
from newsspider.pages.page import parse_page
from newsspider.pages.raw_page import RawPage
from newsspider.pool import Pool
from newsspider.pool.inspect_job import Explained
from tests.crawls import closed_port
from tests.stripping import strip

PAGES = Path(__file__).parents[2] / "fixtures" / "pages"
PAGE = PAGES / "tagdiv-teasers-in-body" / "page.html"
FERRY = "/politics/2026/03/14/harbour-board-votes-to-reopen-the-old-ferry-line/"
LINE = re.compile(r"^[+-] +\d+ % ")
NASTY = "</script><script>boom()</script><!-- <script> ${data} $title \u2028 & < > \" '"

SAID = {None: "", 0.0: "; trafilatura drops it", 1.0: "; trafilatura keeps it"}

RunCommand = Callable[..., "subprocess.CompletedProcess[str]"]


def json_rows(done: "subprocess.CompletedProcess[str]") -> list[dict[str, Any]]:
    assert (done.returncode, done.stderr) == (0, "")
    return [json.loads(line) for line in done.stdout.splitlines()]


def embedded(html: str) -> dict[str, Any]:
    """Return what the written page holds for its script."""
    (text,) = lxml.html.document_fromstring(html).xpath("//script[@id='data']/text()")
    data: dict[str, Any] = json.loads(text)
    return data


def said_of(share: float | None) -> str:
    """Return what follows the reason, by the share of the block that trafilatura keeps."""
    return SAID.get(share, f"; trafilatura keeps {100 * (share or 0):.0f} %")


@pytest.fixture(scope="module")
def site() -> Iterator[SiteServer]:
    with serve_site() as server:
        yield server


def lines_of_blocks(shown: str) -> list[str]:
    """Return the lines after those about the record."""
    return shown.partition("\n\n")[2].splitlines()


def test_first_it_says_what_the_page_is_and_where_its_fields_come_from(call_main: RunCommand) -> None:
    about = call_main("why", PAGES / "tagdiv-teasers-in-body/page.html").stdout.partition("\n\n")[0].splitlines()
    assert re.fullmatch(r"article: \d+ words, fairly sure \(confidence 0\.\d\d\), language en-ZA", about[0])
    assert "authors            Ruth Okonjo-Vale  (JSON-LD)" in about


def test_each_field_that_a_place_gave_or_states_is_shown(call_main: RunCommand, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    said = '<meta name="description" content="At six."><meta name="keywords" content="ferry, harbour">'
    unread = '<meta property="article:modified_time" content="some day">'
    page.write_text(f"<html><head>{said}{unread}</head><body><h2>Ferry back</h2><p>It sails.</p></body></html>")
    about = call_main("why", page).stdout.partition("\n\n")[0].splitlines()
    assert "description        At six.  (meta element)" in about
    assert "tags               ferry, harbour  (meta element)" in about
    unknown = about.index("modified           —")
    assert about[unknown + 1].strip() == "meta article:modified_time: some day"


@pytest.mark.parametrize(
    ("html", "element"),
    [
        ("<title>Ferry sails again | Herald</title><h1>Ferry sails again</h1>", "<h1>"),
        ("<title>Ferry sails again</title><h1>Log in here</h1>", "<title>"),
        ("<title>Quay sold for 0,000 | Tides - Blog</title><h1>Blog</h1><h2>Quay sold for $160,000</h2>", "<h2>"),
    ],
)
def test_element_that_has_the_title_is_named(call_main: RunCommand, tmp_path: Path, html: str, element: str) -> None:
    page = tmp_path / "page.html"
    page.write_text(f"{html}<p>The ferry sailed from the old harbour on Monday, with forty on board.</p>")
    title = call_main("why", page).stdout.splitlines()[1]
    assert title.endswith(f"  (the page's {element})")


def test_values_that_other_places_have_stand_below_a_field(call_main: RunCommand) -> None:
    about = call_main("why", PAGE).stdout.partition("\n\n")[0].splitlines()
    title = next(number for number, line in enumerate(about) if line.startswith("title "))
    assert about[title + 1].strip() == "meta og:title: Dunmorrow Hospital Reopens Night Ward"
    assert about[title + 2].strip().startswith("<title>: Dunmorrow Hospital Reopens Night Ward | ")


def test_long_run_of_dropped_blocks_is_one_line_with_its_reasons(call_main: RunCommand) -> None:
    lines = lines_of_blocks(call_main("why", PAGE).stdout)
    assert lines[0].split() == "- 11 blocks: reads like boilerplate (9), the site's <div> (2)".split()
    assert any(line.startswith("-") and "Must read: Valley road" in line for line in lines)


def test_folded_blocks_come_with_a_hint_at_the_options_that_show_them(call_main: RunCommand) -> None:
    assert "(--all shows every dropped block, --find WORDS those " in call_main("why", PAGE).stdout
    assert "(--all" not in call_main("why", PAGE, "--all").stdout


def test_find_shows_the_blocks_with_the_words_and_their_whole_text(call_main: RunCommand) -> None:
    shown = call_main("why", PAGE, "--find", "MUST  read: valley").stdout.splitlines()
    assert shown[0].startswith("-  57 % Must read: Valley road had 31 accidents")
    assert len(shown) == 2
    (long,) = call_main("why", PAGE, "--find", "police counted").stdout.splitlines()[::2]
    assert long.endswith("police counted more than 900 people.")
    (row,) = json_rows(call_main("why", PAGE, "--find", "Must read: Valley", "--json"))
    assert row["kept"] is False


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("og:title", "no block has “og:title”: the page's HTML has it"),
        ("a b c d", "neither a block nor the page's HTML"),
    ],
)
def test_find_says_where_words_are_that_no_block_has(words: str, said: str, call_main: RunCommand) -> None:
    done = call_main("why", PAGE, "--find", words)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.startswith(said)


def test_queue_names_the_pages_that_can_not_be_read_and_shows_the_others(call_main: RunCommand, tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages/ferry.html").write_text("<h1>Ferry</h1><p>The ferry sails again.")
    (tmp_path / "pages/photo.html").write_bytes(b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01")
    done = call_main("why", tmp_path / "pages", "--html", tmp_path / "review.html")
    assert done.returncode == 1
    assert re.search(r"photo\.html: not HTML: JPEG image", done.stderr)
    assert done.stderr.endswith("with 1 page, the least sure first; 1 page can't be read\n")
    data = embedded((tmp_path / "review.html").read_text(encoding="utf-8"))
    assert [Path(page["page"]).name for page in data["pages"]] == ["ferry.html"]


def test_queue_without_a_page_that_can_be_read_is_an_error(call_main: RunCommand, tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    for name in ("a.html", "b.html"):
        (tmp_path / "pages" / name).write_bytes(b"")
    done = call_main("why", tmp_path / "pages", "--html", tmp_path / "review.html")
    assert (done.returncode, (tmp_path / "review.html").exists()) == (2, False)
    assert done.stderr.splitlines()[-1].endswith("pages: no page that can be read")


def test_wall_is_called_one_with_the_reason(call_main: RunCommand) -> None:
    assert call_main("why", PAGES / "bot-challenge/page.html").stdout.startswith("bot_wall: titled “just a second”")


def test_earlier_page_of_corrections_is_lost_only_when_told(call_main: RunCommand, tmp_path: Path) -> None:
    (tmp_path / "why.html").write_text("earlier")
    done = call_main("why", PAGE, "--html", tmp_path / "why.html")
    assert (done.returncode, (tmp_path / "why.html").read_text()) == (2, "earlier")
    assert call_main("why", PAGE, "--html", tmp_path / "why.html", "--replace").returncode == 0


def test_terminal_has_a_line_for_every_block_and_what_decided(call_main: RunCommand) -> None:
    done = call_main("why", PAGE, "--all")
    blocks = explain_page(parse_page(PAGE.read_bytes()))
    lines = lines_of_blocks(done.stdout)
    assert (done.returncode, done.stderr, len(lines)) == (0, "", 2 * len(blocks))
    for block, line, why in zip(blocks, lines[::2], lines[1::2], strict=True):
        assert LINE.match(line)
        assert line[0] == "+-"[not block.kept]
        assert LINE.sub("", line).rstrip("…") in " ".join(block.text.split())
        assert why.strip().startswith(f"{block.reason}{said_of(block.trafilatura)}")
        assert re.search(r"; (?:for|against): \w", why) or block.kind == "frame"


@pytest.mark.processes
def test_block_of_which_trafilatura_keeps_a_part_says_how_much(
    call_main: RunCommand, monkeypatch: pytest.MonkeyPatch
) -> None:
    def submit(_: Pool, work: Callable[[RawPage], Explained], raw: RawPage) -> "Future[Explained]":
        explained = work(raw)
        future: Future[Explained] = Future()
        blocks = tuple(replace(block, trafilatura=2 / 3) for block in explained.blocks)
        future.set_result(replace(explained, blocks=blocks))
        return future

    monkeypatch.setattr(Pool, "submit", submit)  # in this process, so that what it answers can be changed
    reasons = lines_of_blocks(call_main("why", PAGE, "--all").stdout)[1::2]
    assert all("; trafilatura keeps 67 %" in reason for reason in reasons)


@pytest.mark.parametrize("policy", POLICIES)
def test_policy_decides_whether_trafilatura_is_asked(policy: WitnessPolicy, call_main: RunCommand) -> None:
    rows = json_rows(call_main("why", PAGE, "--json", "--witness", policy))
    blocks = explain_page(parse_page(PAGE.read_bytes()), policy)
    assert rows == json.loads(json.dumps([block.to_dict() for block in blocks]))
    if policy == "never":
        assert "trafilatura" not in call_main("why", PAGE, "--witness", policy).stdout
        assert {row["trafilatura"] for row in rows} == {None}


def test_page_that_takes_too_long_costs_the_deadline_and_is_one_line(call_main: RunCommand, tmp_path: Path) -> None:
    hostile = "<p " + " ".join(f"a{number}=1" for number in range(200_000)) + ">Text</p>"  # a minute of libxml2
    (tmp_path / "page.html").write_text(hostile, encoding="utf-8")
    done = call_main("why", "page.html", "--deadline", "1", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "newsspider: page.html: took longer than 1 s\n"


def test_text_with_square_brackets_is_no_markup(call_main: RunCommand, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<p>[bold]The ferry[/bold] sails [/] again.", encoding="utf-8")
    assert "[bold]The ferry[/bold] sails [/] again." in call_main("why", tmp_path / "page.html").stdout


def test_json_is_an_object_a_block(call_main: RunCommand) -> None:
    rows = json_rows(call_main("why", PAGE, "--json"))
    verdicts = strip(parse_page(PAGE.read_bytes())).verdicts
    weighed = [row for row in rows if row["kind"] != "frame"]
    assert [(row["text"], row["kept"], row["reason"]) for row in weighed] == [
        (verdict.block.text, verdict.kept, verdict.reason) for verdict in verdicts
    ]
    for row in rows:
        names = {"text", "kind", "kept", "probability", "reason", "trafilatura", "evidence", "repeats"}
        assert row.keys() == names
        assert row["repeats"] is None  # without a database
        assert 0 <= row["probability"] <= 1
        assert all(piece.keys() == {"words", "weight"} for piece in row["evidence"])


@pytest.mark.parametrize(
    ("name", "content"),
    [("page.txt", "Ferry\n\nThe ferry sails again."), ("page.htm", "<h1>Ferry</h1><p>The ferry sails again.")],
)
def test_pages_and_texts_are_taken(name: str, content: str, call_main: RunCommand, tmp_path: Path) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    rows = json_rows(call_main("why", tmp_path / name, "--json"))
    assert [row["text"] for row in rows] == ["Ferry", "The ferry sails again."]


def test_standard_input_is_taken(run_command: RunCommand) -> None:
    rows = json_rows(run_command("why", "-", "--json", stdin="<h1>渡轮</h1><p>The ferry sails again.".encode()))
    assert [row["text"] for row in rows] == ["渡轮", "The ferry sails again."]


def test_page_without_text_has_nothing_to_show(call_main: RunCommand, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<img src=x>", encoding="utf-8")
    done = call_main("why", tmp_path / "page.html", "--json")
    assert (done.returncode, done.stdout) == (0, "")


def test_written_page_is_self_contained(call_main: RunCommand, tmp_path: Path) -> None:
    done = call_main("why", PAGES, "--html", tmp_path / "why.html")
    said = f"wrote {tmp_path / 'why.html'} with {len(list(PAGES.iterdir()))} pages, the least sure first\n"
    assert (done.returncode, done.stdout, done.stderr) == (0, "", said)
    html = (tmp_path / "why.html").read_text(encoding="utf-8")
    tree = lxml.html.document_fromstring(html)
    assert tree.xpath("//link | //img | //object | //embed | //base | //@src | //@srcdoc | //@href") == []
    assert [frame.get("sandbox") for frame in tree.xpath("//iframe")] == [""]
    assert len(tree.xpath("//script")) == 2
    (policy,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    script = tree.xpath("string(//script[not(@type)])")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert policy.startswith("default-src 'none';")
    assert f"script-src 'sha256-{digest}'" in policy
    own = html.replace(tree.xpath("string(//script[@id='data'])"), "")
    assert not re.search(r"https?://|url\(|@import|\bfetch\(|XMLHttpRequest", own)
    assert "$" not in re.sub(r"\$\{", "", own)


def test_written_page_holds_the_blocks_and_the_page_itself(call_main: RunCommand, tmp_path: Path) -> None:
    call_main("why", PAGE, "--html", tmp_path / "why.html")
    (data,) = embedded((tmp_path / "why.html").read_text(encoding="utf-8"))["pages"]
    blocks = [{name: value for name, value in block.items() if name != "group"} for block in data["blocks"]]
    assert blocks == json_rows(call_main("why", PAGE, "--json"))
    assert data["html"].split() == PAGE.read_text(encoding="utf-8").split()
    assert data["page"] == "page.html"


def test_page_text_can_not_break_the_written_page(call_main: RunCommand, tmp_path: Path) -> None:
    source = f"<title>{NASTY}</title><p>The ferry sails again. {NASTY.replace('<', '&lt;').replace('>', '&gt;')}"
    path = tmp_path / "a&b<i>$x.html"
    path.write_text(source, encoding="utf-8")
    call_main("why", path, "--html", tmp_path / "why.html")
    html = (tmp_path / "why.html").read_text(encoding="utf-8")
    (data,) = embedded(html)["pages"]
    assert " ".join(NASTY.split()) in data["blocks"][0]["text"]
    assert data["html"] == source
    tree = lxml.html.document_fromstring(html)
    assert len(tree.xpath("//script")) == 2
    assert tree.xpath("string(//title)") == f"Why: {path.name}"
    assert tree.xpath("string(//title)") == f"Why: {path.name}"


def test_address_is_fetched_as_a_crawl_does(site: SiteServer, run_command: RunCommand) -> None:
    rows = json_rows(run_command("why", site.address + FERRY, "--json", no_proxy="127.0.0.1"))
    assert [row["kept"] for row in rows].count(True) > 3
    assert [request.path for request in site.requests] == ["/robots.txt", FERRY]


@pytest.mark.processes
@pytest.mark.parametrize(
    ("path", "words"),
    [
        pytest.param("/private/newsroom-rota.html", "Forbidden by robots.txt", id="robots"),
        pytest.param("/downloads/minutes.pdf", "not HTML: PDF document", id="no page"),
    ],
)
def test_address_that_gives_no_page_is_one_line_and_a_code(
    path: str, words: str, site: SiteServer, call_main: RunCommand
) -> None:
    done = call_main("why", site.address + path, no_proxy="127.0.0.1")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"newsspider: {site.address}{path}: {words}\n"
    assert not [request for request in site.requests if request.path.startswith("/private")]


@pytest.mark.processes
def test_unreachable_address_is_one_line_and_a_code(call_main: RunCommand) -> None:
    address = f"http://127.0.0.1:{closed_port()}/ferry"
    done = call_main("why", address, no_proxy="127.0.0.1")
    (line,) = done.stderr.splitlines()
    assert (done.returncode, done.stdout) == (1, "")
    assert line.startswith(f"newsspider: {address}: ")
    assert "refused" in line


@pytest.mark.processes
def test_redirect_is_followed(site: SiteServer, call_main: RunCommand) -> None:
    paths = ("/2019/ferry-returns.html", FERRY)
    shown = [json_rows(call_main("why", site.address + path, "--json", no_proxy="127.0.0.1")) for path in paths]
    assert shown[0] == shown[1]
    assert len(shown[0]) > 5


@pytest.mark.processes
def test_page_of_an_error_is_shown(site: SiteServer, call_main: RunCommand) -> None:
    rows = json_rows(call_main("why", f"{site.address}/gone", "--json", no_proxy="127.0.0.1"))
    assert [row["text"] for row in rows] == ["404 Not Found"]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        pytest.param(
            ["page.html", "--witness", "x"], 2, "--witness x: expected always, unsure or never", id="no policy"
        ),
        pytest.param(["gone.html"], 2, "gone.html: no such file or folder", id="missing file"),
        pytest.param(["empty.html"], 1, "empty.html: no content: 0 bytes", id="empty file"),
        pytest.param(["photo.html"], 1, "photo.html: not HTML: JPEG image", id="no page"),
        pytest.param(["broken.html.gz"], 1, "broken.html.gz: can't be read", id="broken archive"),
        pytest.param(["page.html", "--html", "no/x.html"], 4, "no/x.html: No such file or directory", id="no folder"),
        pytest.param(["page.html", "--html", "."], 4, ".: Is a directory", id="output is a folder"),
        pytest.param(["folder"], 2, "folder: ", id="folder"),
    ],
)
def test_what_can_not_be_done_is_one_line_and_a_code(
    arguments: list[str], code: int, words: str, call_main: RunCommand, tmp_path: Path
) -> None:
    (tmp_path / "folder").mkdir()
    for name in ("page.html", "folder/a.html", "folder/b.html"):
        (tmp_path / name).write_text("<p>The ferry sails again.", encoding="utf-8")
    (tmp_path / "empty.html").write_bytes(b"")
    (tmp_path / "photo.html").write_bytes(b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01")
    (tmp_path / "broken.html.gz").write_bytes(b"no archive")
    done = call_main("why", *arguments, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (code, "")
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"newsspider: {words}")


@pytest.mark.processes
@pytest.mark.parametrize("own", [None, "-M", "-i -Pprompt"])
def test_pager_of_a_long_page_is_asked_for_colours(tmp_path: Path, own: str | None) -> None:
    prose = (f"<p>The ferry sails at {hour} from the old harbour, and nobody waits for it.</p>" for hour in range(60))
    (tmp_path / "long.html").write_text(f"<article><h1>The ferry sails</h1>{''.join(prose)}</article>")
    master, slave = pty.openpty()
    pager = {"PAGER": "cat > shown.txt; printenv LESS > options.txt", "TERM": "xterm"}
    environ = {**{name: value for name, value in os.environ.items() if name not in ("LESS", "NO_COLOR")}, **pager}
    if own is not None:
        environ["LESS"] = own
    words = [sys.executable, "-m", "newsspider", "why", "long.html"]
    done = subprocess.run(words, cwd=tmp_path, env=environ, stdin=slave, stdout=slave, stderr=slave, check=False)
    os.close(slave)
    os.close(master)
    assert done.returncode == 0
    assert "\x1b[" in (tmp_path / "shown.txt").read_text()
    assert (tmp_path / "options.txt").read_text().strip() == (f"-R {own}" if own else "-FRX")
