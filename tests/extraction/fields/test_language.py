"""The language: as declared, checked by the text."""

import hashlib
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from newsspider.extraction.declared.metadata import Found
from newsspider.extraction.fields.language import detect_language
from newsspider.extraction.model.locating import LANGUAGE_MODEL, SHIPPED
from newsspider.pages.page import Page, parse_page
from newsspider.pages.raw_page import EntryHint
from tests.extraction.fields.pages import PROSE, article_of, found_in, json_ld, meta, page_of

GERMAN = "<p>" + "Der Hafenrat stimmte am Freitag dafür, die alte Fähre wieder fahren zu lassen. " * 6 + "</p>"
SHORT = "<p>Ferry back</p>"


@pytest.mark.parametrize(
    ("page", "found"),
    [
        (page_of(json_ld(inLanguage="de"), lang="en", body=SHORT), Found("en", "markup")),
        (page_of(lang="EN_gb", body=SHORT), Found("en-GB", "markup")),
        (page_of(lang="zh-Hant-TW", body=SHORT), Found("zh-Hant-TW", "markup")),
        (parse_page(b"<html xml:lang='fa'><p>x"), Found("fa", "markup")),
        (page_of(json_ld(inLanguage="de-at"), lang="", body=SHORT), Found("de-AT", "json-ld")),
        (page_of(json_ld(inLanguage={"@type": "Language", "name": "de"}), lang="", body=SHORT), Found("de", "json-ld")),
        (page_of(meta("og:locale", "pt_BR"), lang="{{lang}}", body=SHORT), Found("pt-BR", "meta")),
        (
            page_of(lang="", body=SHORT, entry=EntryHint(origin="news-sitemap", language="en")),
            Found("en", "news-sitemap"),
        ),
        (parse_page(b"<html><p>Ferry", language="pt-br"), Found("pt-BR", "profile")),
        (parse_page(b"<html lang=en><p>Ferry", language="de"), Found("en", "markup")),
        (
            parse_page(b"<p>Ferry", language="de", entry=EntryHint(origin="feed", language="en")),
            Found("en", "feed"),
        ),
        (parse_page(GERMAN.encode() * 2, language="en"), Found("de", "text")),
        (page_of(lang="x", body=SHORT), None),
        (page_of(lang="", body=GERMAN), Found("de", "text")),
        (page_of(lang="en", body=article_of(prose=GERMAN * 2)), Found("de", "text")),
        (page_of(lang="de-CH", body=GERMAN), Found("de-CH", "markup")),
        (page_of(lang="de", body=PROSE), Found("en", "text")),
        (page_of(lang="lb", body=GERMAN), Found("lb", "markup")),
    ],
)
def test_language_is_the_declared_one_unless_the_text_says_otherwise(page: Page, found: Found | None) -> None:
    assert found_in(page, "language") == found


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Der Hafenrat stimmte am Freitag dafür, die alte Fähre wieder fahren zu lassen."),
        ("el", "Το λιμάνι άνοιξε ξανά την Παρασκευή και το πλοίο έφυγε για τα νησιά."),
        ("ja", "港湾評議会は金曜日、古いフェリーの運航を再開することを決めた。" * 3),
        ("ar", "صوت مجلس الميناء يوم الجمعة على إعادة تشغيل العبارة القديمة إلى الجزر."),
        ("en", "THE HARBOUR COUNCIL VOTED ON FRIDAY TO BRING THE OLD FERRY BACK."),
    ],
)
def test_detector_names_the_language_of_a_sentence(language: str, text: str) -> None:
    found = detect_language(text)
    assert found is not None
    assert found[0] == language


def test_model_of_languages_is_the_file_that_its_notice_names() -> None:
    notice = SHIPPED.joinpath("lid.176.LICENSE.txt").read_text("utf-8")
    assert hashlib.sha256(LANGUAGE_MODEL.read_bytes()).hexdigest() in notice
    assert "Creative Commons Attribution-ShareAlike 3.0" in notice


@pytest.mark.processes
def test_language_is_detected_from_a_zip_file(tmp_path: Path) -> None:
    root, packed = Path(__file__).resolve().parents[3], tmp_path / "packed.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for file in sorted((root / "newsspider").rglob("*")):
            if "__pycache__" not in file.parts:
                archive.write(file, file.relative_to(root))
    program = (
        f"import sys; sys.path.insert(0, {str(packed)!r})\n"
        "from newsspider.extraction.fields import language\n"
        "print(language.__file__, language.detect_language('The ferry sails again. ' * 5)[0])"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == f"{packed}/newsspider/extraction/fields/language.py en"
