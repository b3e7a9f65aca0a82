"""The step for datatrove pipelines in docs/examples: documents of pages become documents of articles."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.crawls import PATIENCE_SECONDS
from tests.warcs import PAGE, PROSE

EXAMPLES = Path(__file__).parent.parent / "docs" / "examples"
PROGRAM = """
import sys
from datatrove.data import Document
from datatrove_step import ExtractNews

pages = [sys.argv[1].format("one", sys.argv[2]), "<p>short", sys.argv[1].format("two – three", sys.argv[2])]
urls = [f"https://herald.example/2026/{number}" for number in range(3)]
data = (Document(text=page, id=url, metadata={"url": url}) for page, url in zip(pages, urls))
step = ExtractNews()
for document in sorted(step.run(data), key=lambda document: document.id):
    print(document.id, document.metadata["title"], document.metadata["site"], document.text[:15], sep="|")
print({name: stat.total for name, stat in step.stats.stats.items()})
"""


@pytest.mark.processes
def test_documents_become_articles_and_all_else_is_counted_by_its_kind() -> None:
    if not os.environ.get("NEWSSPIDER_NO_SKIPS"):
        pytest.importorskip("datatrove")
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, PAGE, PROSE],
        env={**os.environ, "PYTHONPATH": f"{EXAMPLES}:{os.environ.get('PYTHONPATH', '')}"},
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        check=True,
    )
    assert done.stdout.splitlines() == [
        "https://herald.example/2026/0|Ferry number one|herald.example|The ferry sails",
        "https://herald.example/2026/2|Ferry number two – three|herald.example|The ferry sails",
        "{'article': 2, 'empty': 1}",
    ]
