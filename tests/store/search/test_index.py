"""Full-text search, in any script, and an index that follows its articles."""

import sqlite3
from collections.abc import Iterator
from dataclasses import replace

import pytest

from newsspider.record import ArticleRecord
from newsspider.store.search.fts5 import match_expression
from newsspider.store.store import Store

TEXTS = {
    "English": "The ferry returns to the old harbour. Its café opens on Monday at 9:30.",
    "German": "Die Fähre kehrt in den alten Hafen zurück, größer als früher.",
    "Chinese": "渡轮十年后重新起航，港务局长说第一班船周一早晨开出。",
    "Japanese": "東京の港に連絡船が戻ってきた。人々はフェリーを歓迎した。",
    "Korean": "십년 만에 연락선이 항구로 돌아왔다.",
    "Thai": "เรือข้ามฟากกลับมาแล้วหลังจากสิบปี",
    "Hindi": "दस साल बाद नौका फिर से बंदरगाह लौटी।",
    "Arabic": "عادت العبّارة إلى الميناء القديم بعد عشر سنوات",
    "Persian": "کشتی پس از ده سال به بندر بازگشت",
    "Russian": "Паром вернулся в старую гавань через десять лет.",
    "Greek": "Το πλοίο επέστρεψε στο λιμάνι.",
}


def article(name: str, title: str | None, body: str | None) -> ArticleRecord:
    return ArticleRecord(url=f"https://herald.example/{name}", source=name, title=title, body=body)


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    with Store(database) as opened:
        yield opened


@pytest.fixture(scope="module")
def full_store(
    backend: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Store]:
    path = str(tmp_path_factory.mktemp("search") / "news.db")
    with Store(path if backend == "sqlite" else request.getfixturevalue("postgres").new_database()) as opened:
        opened.write([article(language, f"In {language}", text) for language, text in TEXTS.items()])
        yield opened


def found(store: Store, words: str) -> set[str | None]:
    return {record.source for record in store.search(words, 50)}


def check_index(store: Store) -> None:
    """Let FTS5 compare the index with itself."""
    if store.file is None:
        return
    with sqlite3.connect(store.name) as connection:
        connection.execute("INSERT INTO articles_search (articles_search) VALUES ('integrity-check')")
    connection.close()


@pytest.mark.parametrize(
    ("words", "languages"),
    [
        ("ferry", {"English"}),
        ("FERRY Harbour", {"English"}),
        ("ferry airport", set()),
        ('"old harbour"', {"English"}),
        ('"harbour old"', set()),
        ("cafe", {"English"}),
        ("café", {"English"}),
        ("caf\u0065\u0301", {"English"}),
        ("ferr", set()),
        ("9:30", {"English"}),
        ("fahre", {"German"}),
        ("Fähre", {"German"}),
        ("größer", {"German"}),
        ("渡轮", {"Chinese"}),
        ("局长说第一班船", {"Chinese"}),
        ("渡轮 周一", {"Chinese"}),
        ("轮渡", set()),
        ("東京", {"Japanese"}),
        ("港", {"Chinese", "Japanese"}),
        ("フェリー", {"Japanese"}),
        ("人々", {"Japanese"}),
        ("연락선", {"Korean"}),
        ("ข้ามฟาก", {"Thai"}),
        ("สิบปี", {"Thai"}),
        ("नौका", {"Hindi"}),
        ("बंदरगाह", {"Hindi"}),
        ("बंदर", set()),
        ("الميناء", {"Arabic"}),
        ("الميناء القديم", {"Arabic"}),
        ("بندر", {"Persian"}),
        ("паром", {"Russian"}),
        ("ГАВАНЬ", {"Russian"}),
        ("λιμάνι", {"Greek"}),
        ("λιμανι", {"Greek"}),
        ("In", set(TEXTS)),
    ],
)
def test_words_find_the_articles_that_hold_them(full_store: Store, words: str, languages: set[str]) -> None:
    assert found(full_store, words) == languages


@pytest.mark.parametrize(
    "words",
    ["", " ", '"', '""', '"ferry', "-", "ferry*", "NEAR(ferry)", "title:ferry", "ferry AND", "^", "(", "!!!", "'"],
)
def test_signs_of_the_query_language_are_taken_as_text(full_store: Store, words: str) -> None:
    assert found(full_store, words) <= {"English"}


def test_match_in_the_title_comes_first(store: Store) -> None:
    store.write([article("body", "News", "The ferry is back."), article("title", "The ferry is back", "News.")])
    assert [record.source for record in store.search("ferry", 10)] == ["title", "body"]


def test_limit_bounds_the_matches(store: Store) -> None:
    store.write([article(str(number), "Ferry", None) for number in range(5)])
    assert len(store.search("ferry", 3)) == 3


def test_changed_article_is_found_by_its_new_words_only(store: Store) -> None:
    store.write([article("a", "Ferry", "It sails to 東京."), article("b", "Tram", "It runs.")])
    store.write([article("a", "Bridge", "It stands in 大阪."), article("c", "Bus", None)])
    assert [found(store, words) for words in ("ferry", "sails", "東京")] == [set(), set(), set()]
    assert [found(store, words) for words in ("bridge", "大阪", "tram", "bus")] == [{"a"}, {"a"}, {"b"}, {"c"}]
    check_index(store)


def test_index_holds_each_article_once_however_often_it_is_written(store: Store) -> None:
    ferry = article("a", "Ferry", "It sails.")
    store.write([ferry, replace(ferry, body="It sailed.")])
    for body in ("It sails.", None, "It sails.", "It sails."):
        store.write([replace(ferry, body=body)])
    assert len(store.search("ferry", 10)) == 1
    assert len(store.search("sails", 10)) == 1
    assert store.search("sailed", 10) == []
    check_index(store)


def test_what_is_no_article_is_not_found(store: Store) -> None:
    store.write([replace(article("a", "Ferry", "It sails."), kind="index")])
    assert store.search("ferry", 10) == []


@pytest.mark.parametrize(
    ("words", "expression"),
    [
        ("ferry harbour", '"ferry" "harbour"'),
        ('"old harbour" ferry', '"old harbour" "ferry"'),
        ('say "', '"say"'),
        ("東京 ok", '"東 京" "ok"'),
        ("", ""),
        ('""', ""),
    ],
)
def test_words_become_quoted_terms(words: str, expression: str) -> None:
    assert match_expression(words) == expression
