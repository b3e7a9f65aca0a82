"""Pages from the network, fetched as a crawl fetches them, robots.txt and delays included."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from typing import Any

from newsspider.raw_page import RawPage


def fetch_pages(urls: Sequence[str]) -> list[RawPage]:
    """Return the pages of addresses, in their order; what could not be fetched has a problem.

    It takes a process of its own: a reactor runs but once in one.
    """
    environment = {**os.environ, "SCRAPY_SETTINGS_MODULE": "newsspider.settings"}
    command = [sys.executable, "-m", "scrapy", "page", *urls]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    answers: dict[str, dict[str, Any]] = {}
    for line in done.stdout.splitlines():
        answer = json.loads(line)
        answers[answer["asked"]] = answer
    why = done.stderr.strip().rpartition("\n")[2] or "nothing came"
    return [_page_of(url, answers.get(url, {}), why) for url in urls]


def _page_of(url: str, answer: dict[str, Any], why: str) -> RawPage:
    if "body" not in answer:
        return RawPage(body=b"", url=url, problem=answer.get("problem") or why)
    return RawPage(
        body=bytes.fromhex(answer["body"]), url=answer["url"], status=answer["status"], headers=answer["headers"]
    )
