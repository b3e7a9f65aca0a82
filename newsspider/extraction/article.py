"""From page to record: the table of contents of extraction."""

from dataclasses import dataclass, replace

from newsspider.errors import MisfitError
from newsspider.extraction.cutting.blocks import CutPage
from newsspider.extraction.cutting.cutter import cut_page
from newsspider.extraction.declared.metadata import Found, Metadata, read_metadata
from newsspider.extraction.fields.canonical import find_canonical
from newsspider.extraction.fields.finding import find_fields
from newsspider.extraction.kinds.judging import judge_kind
from newsspider.extraction.kinds.other import find_doubts
from newsspider.extraction.kinds.page_facts import PageFacts
from newsspider.extraction.kinds.paywalls import find_is_complete
from newsspider.extraction.live_updates import find_live_updates
from newsspider.extraction.model.shipped import Readers
from newsspider.extraction.site_evidence.containers import find_containers
from newsspider.extraction.site_evidence.judging import judge_by_memory
from newsspider.extraction.site_evidence.observing import observe
from newsspider.extraction.site_evidence.site_values import drop_site_values
from newsspider.extraction.site_evidence.wrapping import read_by_wrapper
from newsspider.extraction.stripping import PROVENANCE, Stripped, strip_page, with_verdicts
from newsspider.extraction.version import extraction_version
from newsspider.extraction.witness_policy import WitnessPolicy
from newsspider.kinds import ARTICLE_KINDS
from newsspider.pages.article_parts import find_parts
from newsspider.pages.page import Page, encode_markup, parse_text
from newsspider.record import ArticleRecord, clean_value
from newsspider.site_memory.counting import OtherArticles
from newsspider.site_memory.memory import SiteMemory
from newsspider.site_memory.observations import Observation
from newsspider.text import measure_body
from newsspider.urls import site_of


@dataclass(frozen=True, slots=True)
class ReadArticle:
    """A page's record, and what the page teaches about its site; None where it teaches nothing.

    The observation does not depend on any memory, so that memories don't depend on the order of pages.
    """

    record: ArticleRecord
    observation: Observation | None


def extract_article(
    page: Page, witness: WitnessPolicy = "always", memory: SiteMemory | None = None
) -> ArticleRecord:
    """Return the page's record, whatever kind of page it is.

    Pure: the same page, policy and memory give the same record, in any order and process.

    Args:
        page: the page; its tree is not changed.
        witness: when trafilatura is asked. "always" gives the best bodies; "unsure", where the model alone is unsure,
            is faster; "never" is the fastest.
        memory: what is known of the page's site; another site's says nothing.

    Raises:
        UsageError: there is no such policy.
        TypeError: `page` is not a Page.
    """
    if not isinstance(page, Page):
        wrong = type(page).__name__
        raise TypeError(
            f"expected a Page of parse_page, not {wrong}; newsspider.extract takes bytes and text"
        )
    if memory is not None:
        return read_article(page, witness, memory).record
    metadata = read_metadata(page)
    return _make_record(page, metadata, strip_page(page, metadata, witness=witness))


def read_article(
    page: Page,
    witness: WitnessPolicy = "always",
    memory: SiteMemory | None = None,
    readers: Readers | None = None,
    *,
    observes: bool = True,
    wrappers: bool = False,
) -> ReadArticle:
    """Return the page's record, and what it teaches about its site.

    Args:
        page: the page; its tree is not changed.
        witness: when trafilatura is asked.
        memory: what is known of the page's site.
        readers: the models; None for those in use.
        observes: whether the observation is wanted; it takes 1 ms. A memory of the page's site needs it anyway.
        wrappers: whether a page that fits the wrapper of its site is read by it alone. It then teaches nothing.

    Raises:
        UsageError: there is no such policy.
    """
    metadata = read_metadata(page)
    cut = None if page.flat else cut_page(page.tree)
    if memory is not None and cut is not None and wrappers:
        record = _read_by_wrapper(page, metadata, cut, memory)
        if record is not None:
            return ReadArticle(record, None)

    stripped = strip_page(page, metadata, readers, witness, cut)
    record = _make_record(page, metadata, stripped)
    if memory is None or memory.site != record.site:
        return ReadArticle(record, observe(record, stripped) if observes else None)

    containers = find_containers(stripped.evidence.page) if stripped.evidence else []
    observation = observe(record, stripped, containers)
    others = OtherArticles.of(memory, observation)
    verdicts = judge_by_memory(others, stripped, containers)
    if verdicts is not stripped.verdicts:
        corrected = with_verdicts(page, metadata, stripped, verdicts, readers)
        corrected = _at_least_as_sure(corrected, stripped)
        record = _of_site(_make_record(page, metadata, corrected), record)

    return ReadArticle(_finish(record, others), observation)


def _read_by_wrapper(
    page: Page, metadata: Metadata, cut: CutPage, memory: SiteMemory
) -> ArticleRecord | None:
    """Return the record of a page that fits its site's wrapper; None if it needs the full reading."""
    if memory.site != site_of(page.url):
        return None

    try:
        wrapped = read_by_wrapper(page, cut, memory)
    except MisfitError:
        return None

    record = _make_record(page, metadata, wrapped.stripped)
    return _finish(record, wrapped.others) if record.kind == "article" else None


def _finish(record: ArticleRecord, others: OtherArticles) -> ArticleRecord:
    """Return a record without its site's values, with the state of the memory that decided it."""
    record = drop_site_values(others, record)
    return replace(record, site_memory=others.memory.state)


def observe_page(page: Page, metadata: Metadata, stripped: Stripped) -> Observation | None:
    """Return the observation of a page that is stripped already, as `read_article` makes it."""
    return observe(_make_record(page, metadata, stripped), stripped)


def _at_least_as_sure(corrected: Stripped, plain: Stripped) -> Stripped:
    """Return a corrected text with the plain one's confidence, if that is higher.

    The calibration knows no memory: blocks that it drops against the model look like a mistake.
    """
    if corrected.confidence is None or plain.confidence is None:
        return corrected

    if corrected.confidence >= plain.confidence:
        return corrected

    return replace(corrected, confidence=plain.confidence, warnings=plain.warnings)


def _of_site(corrected: ArticleRecord, plain: ArticleRecord) -> ArticleRecord:
    """Return a corrected record whose text is named as the site's doing; the plain one where no text is left."""
    if not corrected.body or corrected.body == plain.body:
        return plain
    return replace(corrected, provenance={**corrected.provenance, "body": "site"})


def _make_record(page: Page, metadata: Metadata, stripped: Stripped) -> ArticleRecord:
    """Return the record of a page whose text is found."""
    body = clean_value(stripped.body, prose=True)  # before it is hashed
    cut = stripped.evidence.page if stripped.evidence else cut_page(page.tree)
    fields = find_fields(page, metadata, cut, stripped.verdicts)
    found = fields.found
    facts = PageFacts(page, metadata, stripped, found)
    kind, reason = judge_kind(facts)
    parts = find_parts(page) if kind in ARTICLE_KINDS else None
    url = parts.own if parts else page.url
    title = found.get("title")
    canonical, canonical_warnings = find_canonical(page, metadata, title.value if title else None)
    is_complete = find_is_complete(facts, kind)
    if is_complete is not None:
        found = {**found, "is_complete": is_complete}
    if body:
        found = {**found, "body": Found(body, PROVENANCE[stripped.source])}
    return ArticleRecord(
        url=url,
        canonical_url=canonical,
        site=site_of(url),
        source=page.source,
        kind=kind,
        reason=reason,
        warnings=(
            *page.warnings,
            *canonical_warnings,
            *fields.warnings,
            *stripped.warnings,
            *find_doubts(facts, kind),
        ),
        body_markdown=stripped.markdown,
        confidence=stripped.confidence,
        **measure_body(body),
        provenance={name: value.provenance for name, value in found.items()},
        pages=parts.urls if parts else (),
        live_updates=find_live_updates(metadata, stripped) if kind == "live_blog" else (),
        fetched_at=page.fetched_at,
        extraction_version=extraction_version(),
        **{name: value.value for name, value in found.items()},
    )


def extract_text(
    text: str | bytes, url: str | None = None, source: str | None = None
) -> ArticleRecord:
    """Return the record of a text that has lost its markup: a page as a naive scraper saved it.

    Raises:
        EmptyPageError: there is nothing in it.
    """
    return extract_article(parse_text(encode_markup(text), url, source=source))
