"""Decoding and parsing."""

import codecs
from collections.abc import Callable

import pytest

from newsspider.errors import EmptyPageError, NotHtmlError, PageError
from newsspider.pages.html import MAX_DEPTH, check_is_html, decode_body, parse_html

FRENCH = "La navette repart dès l’été, a déclaré l’ingénieure du port à la presse."
RUSSIAN = "Городские часы снова бьют: тридцать лет они молчали, и город успел отвыкнуть от их голоса."
JAPANESE = "東京の港に連絡船が戻ってきた。十年ぶりのことだと港長は話した。"
CHINESE = "渡轮十年后重新起航，港务局长说，第一班船周一早晨开出。"
KOREAN = "연락선이 십 년 만에 다시 출항한다고 항만장이 말했다."
THAI = "เรือข้ามฟากกลับมาให้บริการอีกครั้งหลังหยุดไปสิบปี นายท่าเรือกล่าว"
GERMAN = "Die Fähre fährt wieder, größer als früher – für „alle“ Bürger."


def as_page(text: str, charset: str, declaration: str = "") -> bytes:
    return f"<html><head>{declaration}</head><body><p>{text}</p></body></html>".encode(charset)


def declared(charset: str) -> str:
    return f'<meta charset="{charset}">'


@pytest.mark.parametrize(
    ("body", "content_type", "text"),
    [
        pytest.param(codecs.BOM_UTF8 + as_page(GERMAN, "utf-8"), None, GERMAN, id="UTF-8 BOM"),
        pytest.param(
            codecs.BOM_UTF8 + as_page(GERMAN, "utf-8"), "text/html; charset=windows-1251", GERMAN, id="BOM over header"
        ),
        pytest.param(codecs.BOM_UTF16_LE + as_page(GERMAN, "utf-16-le"), None, GERMAN, id="UTF-16 LE BOM"),
        pytest.param(codecs.BOM_UTF16_BE + as_page(GERMAN, "utf-16-be"), None, GERMAN, id="UTF-16 BE BOM"),
        pytest.param(as_page(RUSSIAN, "cp1251"), "text/html; charset=windows-1251", RUSSIAN, id="header alone"),
        pytest.param(as_page(RUSSIAN, "koi8-r"), "text/html; charset=KOI8-R", RUSSIAN, id="header in capitals"),
        pytest.param(as_page(RUSSIAN, "cp1251", declared("windows-1251")), None, RUSSIAN, id="meta charset"),
        pytest.param(
            as_page(RUSSIAN, "cp1251", '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">'),
            "text/html",
            RUSSIAN,
            id="meta http-equiv",
        ),
        pytest.param(
            as_page(RUSSIAN, "cp1251", declared("koi8-r")), "text/html; charset=cp1251", RUSSIAN, id="header over meta"
        ),
        pytest.param(as_page(GERMAN, "utf-8", declared("windows-1251")), None, GERMAN, id="UTF-8 under a wrong meta"),
        pytest.param(
            as_page(GERMAN, "utf-8"), "text/html; charset=iso-8859-1", GERMAN, id="UTF-8 under a wrong header"
        ),
        pytest.param(as_page(JAPANESE, "shift_jis", declared("Shift_JIS")), None, JAPANESE, id="Shift_JIS"),
        pytest.param(as_page(JAPANESE, "euc-jp", declared("EUC-JP")), None, JAPANESE, id="EUC-JP"),
        pytest.param(as_page(JAPANESE, "iso2022_jp", declared("ISO-2022-JP")), None, JAPANESE, id="ISO-2022-JP"),
        pytest.param(as_page(CHINESE, "gb18030", declared("GB18030")), None, CHINESE, id="GB18030"),
        pytest.param(as_page("鎔基䶮", "gb18030", declared("gb2312")), None, "鎔基䶮", id="GB18030 said to be GB2312"),
        pytest.param(as_page("“quoted” – 5 €", "cp1252", declared("iso-8859-1")), None, "“quoted” – 5 €", id="cp1252"),
        pytest.param(as_page(GERMAN, "utf-8"), None, GERMAN, id="UTF-8 undeclared"),
        pytest.param(as_page(RUSSIAN, "cp1251"), None, RUSSIAN, id="windows-1251 undeclared"),
        pytest.param(as_page("plain", "ascii"), "text/html; charset=no-such-charset", "plain", id="unknown charset"),
    ],
)
def test_text_is_decoded_as_it_was_written(body: bytes, content_type: str | None, text: str) -> None:
    decoded = decode_body(body, content_type)
    assert f"<p>{text}</p>" in decoded.text
    assert not decoded.text.startswith("\ufeff")
    assert decoded.utf8.decode() == decoded.text


@pytest.mark.parametrize(
    ("damage", "shown"),
    [
        pytest.param(b"\xd0", "\ufffd", id="character cut in two"),
        pytest.param(b"\xe2\x80", "\ufffd", id="character cut after two bytes"),
        pytest.param(b"\x96", "\ufffd", id="byte of windows-1252"),
        pytest.param(b"caf\xe9", "caf\ufffd", id="word in latin-1"),
        pytest.param(b"\xed\xa0\xbd", "\ufffd", id="half of a surrogate pair"),
        pytest.param(b"\xed\xa0\xbd\xed\xb2\xa1", "\ufffd", id="surrogate pair"),
    ],
)
@pytest.mark.parametrize("text", [RUSSIAN, JAPANESE, CHINESE, FRENCH, KOREAN, THAI])
@pytest.mark.parametrize("declaration", ["", declared("utf-8"), declared("windows-1252")])
def test_damaged_bytes_of_utf8_cost_one_character(damage: bytes, shown: str, text: str, declaration: str) -> None:
    body = as_page(f"{text} # {text}", "utf-8", declaration).replace(b"#", damage)
    decoded = decode_body(body)
    assert decoded.charset == "utf-8"
    assert f"<p>{text} {shown} {text}</p>" in decoded.text


def test_page_that_is_cut_in_a_character_is_utf8() -> None:
    assert decode_body(as_page(RUSSIAN, "utf-8")[: -len("</p></body></html>") - 3]).charset == "utf-8"


PYTHONS_OWN = "rot13 idna punycode unicode_escape raw_unicode_escape utf-7 utf-32 hz cp037 hex zip undefined".split()


@pytest.mark.parametrize("label", PYTHONS_OWN)
@pytest.mark.parametrize("place", ["header", "meta"])
def test_label_that_is_not_an_encoding_of_the_web_is_ignored(label: str, place: str) -> None:
    text = "The ferry \\u0041 sails +ADw- again ~{V;~}"
    body = as_page(text, "ascii", declared(label) if place == "meta" else "")
    decoded = decode_body(body, f"text/html; charset={label}" if place == "header" else None)
    assert text in decoded.text
    body = as_page(f"{text} café", "cp1252", declared(label) if place == "meta" else "")
    assert text in decode_body(body, f"text/html; charset={label}" if place == "header" else None).text


def test_meta_element_counts_where_the_header_names_no_encoding_of_the_web() -> None:
    body = as_page(RUSSIAN, "koi8-r", declared("koi8-r"))
    assert RUSSIAN in decode_body(body, "text/html; charset=rot13").text


@pytest.mark.parametrize("label", ["utf-16", "utf-16le"])
def test_ascii_markup_is_not_in_utf_16(label: str) -> None:
    assert "plain" in decode_body(as_page("plain", "ascii", declared(label))).text


@pytest.mark.parametrize(
    ("text", "charset"),
    [
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (RUSSIAN, "iso8859-5"),
        (JAPANESE, "shift_jis"),
        (JAPANESE, "euc-jp"),
        (CHINESE, "gb18030"),
        (CHINESE, "gb2312"),
        (KOREAN, "euc-kr"),
        (THAI, "cp874"),
        (FRENCH, "cp1252"),
        (GERMAN, "cp1252"),
    ],
)
def test_other_charsets_are_not_taken_for_damaged_utf8(text: str, charset: str) -> None:
    assert decode_body(as_page(text, charset)).charset != "utf-8"
    assert f"<p>{text}</p>" in decode_body(as_page(text, charset, declared(charset))).text


def test_double_encoding_is_mended_before_parsing() -> None:
    twice = FRENCH.encode().decode("cp1252", "replace").replace("\ufffd", "\x9d")
    assert f"<p>{FRENCH}</p>" in decode_body(as_page(twice, "utf-8")).text


def test_nul_characters_are_taken_out() -> None:
    assert decode_body(b"<p>fer\x00ry</p>").text == "<p>ferry</p>"


@pytest.mark.parametrize("character", ["\x00", "\x0b", "\x1f", "\x7f", "\x80", "\x9f", "\ufffe", "\uffff"])
def test_no_character_that_is_none_reaches_the_parser(character: str) -> None:
    decoded = decode_body(f"<p>Fähre{character}\tläuft\naus</p>".encode())
    assert character not in decoded.text
    assert character.encode() not in decoded.utf8
    assert "\tläuft\naus" in decoded.text


def test_undecodable_bytes_do_not_stop_a_page() -> None:
    html = decode_body(b"<p>ferry \xff\xfe back</p>", "text/html; charset=utf-8").text
    assert html.startswith("<p>ferry")
    assert html.endswith("back</p>")


@pytest.mark.parametrize(
    ("body", "content_type", "error", "words"),
    [
        (b"", None, EmptyPageError, "0 bytes"),
        (b" \r\n\t", None, EmptyPageError, "only white space"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "text/html", NotHtmlError, "JPEG image"),
        (b"\x89PNG\r\n\x1a\n", None, NotHtmlError, "PNG image"),
        (b"%PDF-1.7\n", None, NotHtmlError, "PDF document"),
        (b"\x1f\x8b\x08\x00", None, NotHtmlError, "gzip data"),
        (b"PK\x03\x04", None, NotHtmlError, "ZIP archive"),
        (b"\x00\x01\x02\x03 what is this", None, NotHtmlError, "binary data"),
        (b"<?xml version='1.0'?>\n<!-- a feed -->\n<rss version='2.0'/>", "text/html", NotHtmlError, "<rss>"),
        (b"<feed xmlns='http://www.w3.org/2005/Atom'/>", None, NotHtmlError, "<feed>"),
        (b"<urlset/>", "application/xml", NotHtmlError, "<urlset>"),
        (b'{"title": "Ferry"}', "application/json", NotHtmlError, "application/json"),
        (b"a,b\n1,2\n", "text/csv; charset=utf-8", NotHtmlError, "text/csv"),
    ],
)
def test_what_is_no_page_is_refused_by_its_name(
    body: bytes, content_type: str | None, error: type[PageError], words: str
) -> None:
    with pytest.raises(error, match=words):
        check_is_html(body, content_type)


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"<p>Ferry", None),
        (b"Ferry back, says the harbour master.", "text/html"),
        (b"<p>Ferry", "text/plain"),
        (b"<p>Ferry", "application/octet-stream"),
        (b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'/>", "application/xhtml+xml"),
        (b"\x00<html><body>Ferry", None),
        (codecs.BOM_UTF16_LE + as_page("Ferry", "utf-16-le"), None),
        (as_page(JAPANESE, "iso2022_jp"), None),
        (b"<p>how an <rss> element looks", None),
    ],
)
def test_pages_pass(body: bytes, content_type: str | None) -> None:
    check_is_html(body, content_type)


def test_text_nested_2000_deep_survives() -> None:
    tree, _, warnings = parse_html(b"<div>" * 2_000 + b"<p>the deepest words</p>" + b"</div>" * 2_000)
    assert tree.xpath("string(//p)") == "the deepest words"
    assert warnings == ()


def test_deeper_nesting_is_said_in_a_warning() -> None:
    tree, _, (warning,) = parse_html(b"<p>above</p>" + b"<div>" * (MAX_DEPTH + 50) + b"<p>the deepest words</p>")
    assert "above" in tree.text_content()
    assert warning == f"nested deeper than {MAX_DEPTH} elements: deeper content is missing"


@pytest.mark.parametrize(
    "decode",
    [
        pytest.param(lambda html: html, id="as it is"),
        pytest.param(lambda html: '<?xml version="1.0" encoding="iso-8859-1"?>' + html, id="XML declaration"),
        pytest.param(lambda html: '<meta charset="koi8-r">' + html, id="other charset in meta"),
    ],
)
def test_decoded_text_is_parsed_as_it_is(decode: Callable[[str], str]) -> None:
    tree, *_ = parse_html(decode(f"<p>{RUSSIAN}</p>").encode())
    assert tree.xpath("string(//p)") == RUSSIAN


def test_half_a_surrogate_pair_does_not_stop_the_parser() -> None:
    tree, *_ = parse_html(decode_body(b"<p>ferry \xed\xa0\x80 back</p>").utf8)
    assert tree.xpath("starts-with(//p, 'ferry ') and contains(//p, ' back')")


def test_page_without_element_and_text_is_empty() -> None:
    with pytest.raises(EmptyPageError):
        parse_html(b"<!-- nothing -->")


@pytest.mark.parametrize(
    ("markup", "head", "body"),
    [
        ("<title>T</title><article><p>One</article>two", ["title"], "One two"),
        ("<head><title>T</title><section>One</section></head><body>two<p>three</body>", ["title"], "One two three"),
        ("<title>T</title><my-app>One</my-app><link rel=icon><p>two", ["title"], "One two"),
        ("<head><meta charset=utf-8><!-- one --><title>T</title></head><body><p>One", ["meta", "title"], "One"),
    ],
)
def test_head_ends_where_a_browser_ends_it(markup: str, head: list[str], body: str) -> None:
    tree, *_ = parse_html(markup.encode())
    assert [element.tag for element in tree.xpath("head/*")] == head
    assert " ".join(tree.xpath("body//text()")).split() == body.split()
