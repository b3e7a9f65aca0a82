"""Short ways to a page's evidence and verdicts."""

from newsspider.extraction.declared.metadata import read_metadata
from newsspider.extraction.evidence.gather import Evidence
from newsspider.extraction.stripping import Stripped, gather_page_evidence, strip_page
from newsspider.extraction.witness_policy import WitnessPolicy
from newsspider.pages.page import Page, parse_page


def strip(page: Page, witness: WitnessPolicy = "always") -> Stripped:
    """Strip a page by the model in use."""
    return strip_page(page, read_metadata(page), witness=witness)


def weigh(page: Page) -> Evidence:
    """Gather the evidence about a page's blocks, of which there is at least one."""
    evidence = gather_page_evidence(page, read_metadata(page))
    assert evidence
    return evidence


def weigh_html(html: str, head: str = "") -> Evidence:
    """Gather the evidence about the blocks of a page with this in its body and head."""
    return weigh(parse_page(f"<html><head>{head}</head><body>{html}</body></html>".encode()))
