"""Modules with mends: how they are named and imported, and what is said of those that can't be."""

import sys
from pathlib import Path

import pytest

from newsspider.errors import UsageError
from newsspider.mending.mends import list_mends, version_for
from newsspider.mending.parsers import ENVIRONMENT_VARIABLE, load_parsers, read_parsers

MODULE = """
from newsspider import for_site

@for_site("{site}")
def mend(page, record):
    return record
"""


@pytest.fixture(autouse=True)
def own_path(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Let imports of a test find its own folder, and no other test's."""
    monkeypatch.setattr(sys, "path", [*sys.path])
    monkeypatch.chdir(tmp_path)


def names_of(site: str) -> list[str]:
    return [mend.name for mend in list_mends() if f'"{site}"' in mend.source]


@pytest.mark.parametrize(
    ("given", "named"),
    [
        (None, ("from.environment",)),
        ("", ("from.environment",)),
        ([], ("from.environment",)),
        ("a.b", ("a.b",)),
        ("a.b, c.py,", ("a.b", "c.py")),
        (["a.b", "c.py,d"], ("a.b", "c.py", "d")),
    ],
)
def test_option_or_setting_goes_before_the_environment(
    monkeypatch: pytest.MonkeyPatch, given: str | list[str] | None, named: tuple[str, ...]
) -> None:
    monkeypatch.setenv(ENVIRONMENT_VARIABLE, "from.environment")
    assert read_parsers(given) == named


def test_without_any_there_are_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(ENVIRONMENT_VARIABLE, raising=False)
    assert read_parsers(None) == ()


def test_module_is_found_in_the_current_folder_and_imported_once(tmp_path: Path) -> None:
    (tmp_path / "parsers_of_ours").mkdir()
    (tmp_path / "parsers_of_ours" / "__init__.py").write_text("from parsers_of_ours import herald", encoding="utf-8")
    (tmp_path / "parsers_of_ours" / "herald.py").write_text(MODULE.format(site="named.example"), encoding="utf-8")
    load_parsers(["parsers_of_ours", "parsers_of_ours.herald", "parsers_of_ours"])
    assert names_of("named.example") == ["parsers_of_ours.herald.mend"]


def test_file_can_import_its_neighbours_and_hides_no_module(tmp_path: Path) -> None:
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "neighbour_of_json.py").write_text("SITE = 1", encoding="utf-8")
    source = "from neighbour_of_json import SITE\n" + MODULE.format(site="file.example")
    (tmp_path / "more" / "json.py").write_text(source, encoding="utf-8")
    standard = sys.modules["json"]
    load_parsers(["more/json.py"])
    assert names_of("file.example") == ["json.mend"]
    assert sys.modules["json"] is standard


@pytest.mark.parametrize(
    ("name", "source", "said"),
    [
        ("no_such_module", None, "can't import parsers no_such_module: ModuleNotFoundError: No module named"),
        ("none.py", None, "can't import parsers none.py: FileNotFoundError: "),
        (
            "site.py",
            'from newsspider import for_site\n@for_site("https://a.example/")\ndef f(p, r): ...',
            "site.py:2: ",
        ),
        ("late.py", "\n\nlate = 1 / 0", "late.py:3: ZeroDivisionError: division by zero"),
        ("broken.py", "def", "can't import parsers broken.py: SyntaxError: invalid syntax (broken.py, line 1)"),
        ("leaves.py", "raise SystemExit(0)", "leaves.py:1: SystemExit: 0"),
        ("a.py", MODULE.format(site="https://herald.example"), "ValueError: not a domain: 'https://herald.example'"),
        ("idle.py", "x = 1", "parsers idle.py: defines no mend (a function with @for_site)"),
    ],
)
def test_module_that_cannot_be_used_is_one_line(tmp_path: Path, name: str, source: str | None, said: str) -> None:
    if source is not None:
        (tmp_path / name).write_text(source, encoding="utf-8")
    with pytest.raises(UsageError) as error:
        load_parsers([name])
    assert said in str(error.value)
    assert "\n" not in str(error.value)


def test_changed_module_changes_the_version(tmp_path: Path) -> None:
    for number in (1, 2):
        (tmp_path / f"v{number}.py").write_text(
            f"# {number}{MODULE.format(site=f'v{number}.example')}", encoding="utf-8"
        )
    load_parsers(["v1.py", "v2.py"])
    assert version_for("https://v1.example/") != version_for("https://v2.example/")
