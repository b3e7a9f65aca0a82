"""OPML lists of feeds: the sites they give, and what is said of entries that give none."""

from pathlib import Path

import pytest

from newsspider.crawl.arguments import NewsArguments, list_problems, read_arguments, read_profiles
from newsspider.errors import UsageError
from newsspider.sites.opml import SiteList, read_opml

WHOLE = """<?xml version="1.0" encoding="ISO-8859-1"?>
<opml version="2.0"><head><title>Mine</title></head><body>
<outline text="Harbour">
  <outline type="rss" text="The H\xe9rald" xmlUrl="https://herald.example/feed.xml" htmlUrl="https://herald.example/"/>
  <outline type="rss" text="Sport" xmlUrl="https://herald.example/s.xml" htmlUrl="https://www.herald.example/sport/"/>
</outline>
<outline type="rss" text="Gazette" xmlurl="https://gazette.example/atom?a=1&amp;b=2"/>
<outline type="rss" text="Gazette" xmlUrl="https://feeds.example/lantern" htmlUrl="lantern.example"/>
<outline text="a note"/>
<outline type="rss" text="Broken" xmlUrl="ftp://broken.example/feed"/>
<outline type="rss" title="Empty" xmlUrl=" "/>
<outline text="Script" htmlUrl="javascript:alert(1)"/>
</body></opml>
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "feeds.opml"
    path.write_bytes(text.encode("iso-8859-1"))
    return path


def test_outlines_of_a_domain_are_a_site_with_its_feeds(tmp_path: Path) -> None:
    herald, gazette, lantern = read_opml(write(tmp_path, WHOLE)).sites
    assert (herald.name, herald.url) == ("The Hérald", "https://herald.example/")
    assert herald.feeds == ("https://herald.example/feed.xml", "https://herald.example/s.xml")
    assert herald.sections == ("https://www.herald.example/sport/",)
    assert (gazette.name, gazette.url) == ("Gazette", "https://gazette.example/")
    assert gazette.feeds == ("https://gazette.example/atom?a=1&b=2",)
    assert (lantern.name, lantern.url) == ("Gazette (lantern.example)", "https://lantern.example")
    assert lantern.feeds == ("https://feeds.example/lantern",)


def test_bad_entries_are_named_and_counted(tmp_path: Path) -> None:
    path = write(tmp_path, WHOLE)
    count, *problems = read_opml(path).notes()
    assert count == "left out: 3 entries of the list, not valid"
    assert (
        problems[0] == f"{path}:10: Broken: xmlUrl: not a web address: 'ftp://broken.example/feed' (expected https://…)"
    )
    assert problems[1] == f"{path}:11: Empty: xmlUrl is missing"
    assert problems[2].startswith(f"{path}:12: Script: htmlUrl: not a web address")
    assert tuple(read_opml(path).notes()) == list_problems(read_arguments({"opml": str(path)}, NewsArguments))
    assert [*SiteList((), ("x",) * 12).notes()][-1] == "and 2 more"


def test_crawl_takes_the_sites_and_one_of_them_by_name(tmp_path: Path) -> None:
    path = str(write(tmp_path, WHOLE))
    assert len(read_profiles(read_arguments({"opml": path}, NewsArguments))) == 3
    (site,) = read_profiles(read_arguments({"opml": path, "site": "Gazette"}, NewsArguments))
    assert site.url == "https://gazette.example/"
    with pytest.raises(UsageError, match="give one of them"):
        read_arguments({"opml": path, "sites": "sites.toml"}, NewsArguments)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "invalid XML: Document is empty"),
        ("<opml><body><outline></opml>", "invalid XML: "),
        ("<html><body/></html>", "not OPML: it begins with <html>"),
        ("<opml><body/></opml>", "contains no feed or site: expected <outline xmlUrl="),
        ('<opml><outline text="A" xmlUrl="ftp://a.example/"/></opml>', "contains no feed or site: "),
        (
            '<!DOCTYPE opml [<!ENTITY e "https://e.example/">]><opml><outline xmlUrl="&e;"/></opml>',
            "defines XML entities, which are not expanded",
        ),
        (
            '<!DOCTYPE opml [<!ENTITY e SYSTEM "/etc/passwd">]><opml><outline xmlUrl="a.example">&e;</outline></opml>',
            "defines XML entities, which are not expanded",
        ),
    ],
)
def test_list_that_gives_no_site_is_refused_in_one_line(text: str, said: str, tmp_path: Path) -> None:
    path = write(tmp_path, text)
    with pytest.raises(UsageError) as raised:
        read_opml(path)
    assert str(raised.value).startswith(f"{path}: {said}")
    assert "\n" not in str(raised.value)


def test_entities_in_addresses_do_not_multiply(tmp_path: Path) -> None:
    doubled = "".join(f'<!ENTITY e{n} "&e{n - 1};&e{n - 1};">' for n in range(1, 40))
    text = f'<!DOCTYPE opml [<!ENTITY e0 "https://e.example/">{doubled}]><opml><outline xmlUrl="&e39;"/></opml>'
    with pytest.raises(UsageError, match=r"invalid XML: .*ntit"):
        read_opml(write(tmp_path, text))


def test_list_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"feeds\.opml: No such file or directory"):
        read_opml(tmp_path / "feeds.opml")
