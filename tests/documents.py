"""The pages of the documentation: the README, docs/ and the pages for developers in .github/."""

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
# In the order in which their commands run: the README's crawl fills the database that others read.
PATHS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")), *sorted((ROOT / ".github").glob("*.md"))]
PAGES = {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in PATHS}

_LINK = re.compile(r"\]\(([^)\s]+)\)")
_CODE = re.compile(r"```.*?```|`[^`\n]+`", re.DOTALL)
_HEADING = re.compile(r"^#+ (.*)$", re.MULTILINE)


def iter_shell_lines() -> Iterator[str]:
    """Yield the lines of all blocks marked as sh, each once."""
    blocks = (block for page in PAGES.values() for block in re.findall(r"```sh\n(.*?)```", page, re.DOTALL))
    yield from dict.fromkeys(line for block in blocks for line in block.splitlines())


def find_block(page: str, begin: str) -> str:
    """Return the content of a page's only code block that begins so.

    Args:
        page: the page's path from the project's root.
        begin: from the language after the fence on, such as "crontab" or a first line of code.
    """
    (block,) = re.findall(rf"```({re.escape(begin)}.*?)```", PAGES[page], re.DOTALL)
    return str(block)


def iter_broken_links(page: str) -> Iterator[str]:
    """Yield a page's links to other pages that lead nowhere: no such file, or no such heading in it."""
    folder = (ROOT / page).parent
    for link in _LINK.findall(_CODE.sub("", PAGES[page])):
        if "://" in link:
            continue
        name, _, anchor = link.partition("#")
        target = (folder / name).resolve() if name else ROOT / page
        if not target.is_file() or (anchor and anchor not in _anchors(target)):
            yield link


def _anchors(path: Path) -> set[str]:
    """Return the anchors of a page's headings, as forges and site generators name them."""
    headings = _HEADING.findall(re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL))
    return {re.sub(r"[^\w -]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}
