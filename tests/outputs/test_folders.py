"""Folders with a file an article."""

import re
from pathlib import Path

import pytest
import yaml

from newsspider.errors import UsageError
from newsspider.outputs.folders import file_name
from newsspider.outputs.markdown_notes import render_markdown
from newsspider.record import ArticleRecord
from pipelines.open_output import open_output

MARKDOWN = r"""It [sails *now*](https://herald.example/s?a=1).

## When

- At six
- At \[ten\]

> Quite early.
>
> Too early.

| A | B |
| --- | --- |
| 1 \| 2 | 3 |

```
x = 1

y
```

Line one
line two"""
RECORD = ArticleRecord(
    url="https://herald.example/ferry",
    site="herald.example",
    title='Ferry: "back" #1',
    authors=("Ann Lee, Jr.", "Bo Ek"),
    tags=("harbour: old", "yes"),
    published="2026-03-24T09:30:00+01:00",
    language="en-GB",
    publisher="The Herald",
    body="It sails.\n\nWhen\n\nAt six\n\nAt ten",
    body_markdown=MARKDOWN,
)


def write_folder(folder: Path, form: str, *records: ArticleRecord) -> list[str]:
    with open_output(str(folder), form) as writer:
        for record in records:
            writer.write(record)
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def front_matter(note: str) -> dict[str, object]:
    _, matter, _ = note.split("---\n", 2)
    values: dict[str, object] = yaml.safe_load(matter)
    return values


@pytest.mark.parametrize(("form", "suffix"), [("markdown", ".md"), ("tei", ".xml"), ("text", ".txt")])
def test_folder_has_a_file_an_article(form: str, suffix: str, tmp_path: Path) -> None:
    index = ArticleRecord(url="https://herald.example/", kind="index", reason="a list")
    first = write_folder(tmp_path / "out", form, RECORD, index)
    name = re.compile(rf"herald\.example/2026-03-24-ferry-back-1-[0-9a-f]{{10}}\{suffix}")
    assert name.fullmatch(first[0])
    assert first[1:] == ["quarantine.jsonl"]
    assert write_folder(tmp_path / "out", form, RECORD) == first[:1]


@pytest.mark.parametrize(
    "title",
    [
        "../../etc/passwd",
        "/etc/passwd",
        "..",
        "C:\\x",
        "a\x00b",
        "con",
        "x" * 1000,
        "渡" * 300,
        "\ud800",
        "",
        None,
        "\n",
    ],
)
@pytest.mark.parametrize("site", ["herald.example", "..", "../..", "[::1]", "", None])
def test_file_names_stay_in_their_folder(title: str | None, site: str | None, tmp_path: Path) -> None:
    record = ArticleRecord(url="https://herald.example/a", title=title, site=site, published="../../2026")
    (name,) = write_folder(tmp_path / "out", "text", record)
    assert (tmp_path / "out" / name).resolve().is_relative_to(tmp_path / "out")
    assert len(Path(name).name.encode()) < 140
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_articles_of_one_title_have_files_of_their_own() -> None:
    one, two = (ArticleRecord(url=f"https://herald.example/{number}", title="Ferry") for number in (1, 2))
    assert file_name(one, ".md") != file_name(two, ".md")


def test_note_has_front_matter_that_yaml_reads() -> None:
    note = render_markdown(RECORD)
    values = front_matter(note)
    assert (values["title"], values["authors"], values["tags"], values["published"]) == (
        RECORD.title,
        list(RECORD.authors),
        ["harbour: old", "yes"],
        RECORD.published,
    )
    assert "section" not in values
    assert note.endswith(f"---\n\n# {RECORD.title}\n\n{RECORD.body_markdown}\n")


@pytest.mark.parametrize(
    ("title", "heading"),
    [
        ("<script>alert(1)</script>", r"\<script>alert(1)\</script>"),
        ("![x](https://tracker.example/a.png)", r"!\[x\](https://tracker.example/a.png)"),
        ("[[Other note]] `code` *now* &lt;b>", r"\[\[Other note\]\] \`code\` \*now\* \&lt;b>"),
        ("Back\n\n## to the harbour #", r"Back ## to the harbour \#"),
    ],
)
def test_markup_in_a_title_is_escaped(title: str, heading: str) -> None:
    note = render_markdown(ArticleRecord(title=title))
    assert note.rstrip().split("\n")[-1] == f"# {heading}"


def test_body_without_markdown_is_escaped() -> None:
    note = render_markdown(ArticleRecord(body="<b>Ferry</b>\n\n# Now\n\n```\n1. One"))
    assert note.endswith("\n\n\\<b>Ferry\\</b>\n\n\\# Now\n\n\\`\\`\\`\n1\\. One\n")


@pytest.mark.parametrize(
    "title",
    ["---", "a\n---\nb", "\u2028\u2029\x85", "{[&*!|>'\"%@`", "\x00\x1f\x7f", "a\ufeff", "- x", "渡轮 😀"],
)
def test_front_matter_holds_any_title(title: str) -> None:
    record = ArticleRecord(title=title)  # which takes control characters out
    assert front_matter(render_markdown(record))["title"] == record.title


def test_text_is_title_and_body(tmp_path: Path) -> None:
    (name,) = write_folder(tmp_path / "out", "text", RECORD)
    assert (tmp_path / "out" / name).read_text("utf-8") == f"{RECORD.title}\n\n{RECORD.body}\n"


@pytest.mark.parametrize(
    ("target", "form", "words"),
    [
        ("out/", None, "say what goes into the folder: --format json-files or markdown or tei or text"),
        ("x.jsonl", "markdown", "x.jsonl: --format markdown writes a .md file or a folder, whose name ends in a slash"),
        ("notes.zip", "markdown", "notes.zip: --format markdown writes a .md file or a folder"),
        ("x.xml", "tei", "x.xml: --format tei writes a folder, whose name ends in a slash: x.xml/"),
        ("-", "tei", "--format tei: not on standard output"),
        (
            "out",
            "docx",
            "no such format; use one of jsonl, json, csv, rss, atom, jsonfeed, parquet, json-files, markdown, tei",
        ),
    ],
)
def test_what_does_not_fit_is_refused(target: str, form: str | None, words: str) -> None:
    with pytest.raises(UsageError, match=re.escape(words)):
        open_output(target, form)
