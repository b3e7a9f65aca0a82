"""Names of parts: of the location alone, different for files of one name in different folders."""

import pytest

from newsspider.part_per_input.inputs import make_input
from newsspider.part_per_input.part_names import Input


def test_files_of_one_name_in_different_folders_have_different_parts() -> None:
    first, second = Input("a/x.warc.gz", "/news/a/x.warc.gz"), Input("b/x.warc.gz", "/news/b/x.warc.gz")
    assert first.part_name != second.part_name


def test_same_file_has_the_same_part_however_it_is_given(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(str(tmp_path))
    names = {
        make_input(name).part_name for name in ("x.warc", "./x.warc", f"{tmp_path}/x.warc", f"file://{tmp_path}/x.warc")
    }
    assert len(names) == 1


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "渡轮.warc.gz", ".hidden", "a b\nc.warc", "x" * 400 + ".warc.gz", "~"]
)
def test_name_is_safe_for_every_file_system(name: str) -> None:
    part = Input(name, f"/news/{name}").part_name
    assert part.isascii()
    assert len(part) < 200
    assert not set(part) & set("/\\~: \n")
    assert not part.startswith((".", "-"))
