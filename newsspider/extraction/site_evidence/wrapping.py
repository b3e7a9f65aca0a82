"""Reading a page by its site's wrapper, without model and trafilatura, where the page fits it.

Measured on pages that the model had not seen, see docs/explanation/site-memory.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from newsspider.errors import MisfitError
from newsspider.extraction.cutting.blocks import CutPage
from newsspider.extraction.evidence.gather import Evidence, gather_outline
from newsspider.extraction.markdown.document import join_markdown
from newsspider.extraction.site_evidence.containers import (
    STEP_SIGN,
    Container,
    find_containers,
    normalise,
)
from newsspider.extraction.site_evidence.judging import MIN_OTHERS, SHORT_WORDS, judge_by_memory
from newsspider.extraction.site_evidence.observing import observe_texts
from newsspider.extraction.stripping import Stripped, join_blocks
from newsspider.extraction.verdicts import Verdict
from newsspider.pages.page import Page
from newsspider.site_memory.counting import OtherArticles
from newsspider.site_memory.memory import SiteMemory, sure_words
from newsspider.site_memory.observations import hash_address, hash_text
from newsspider.site_memory.wrappers import Wrapper
from newsspider.urls import canonical_key

READ_IN_FULL = 10  # one page in so many, chosen by its address: the memory must see new templates
WRAPPER_CONFIDENCE = 0.98  # all of 86 gold pages are right (word F1 of 0.9 or more)
UNKNOWN_WORDS = 8  # of a block in an unknown container: as many may be a sentence of the body
INSIDE_SHARE = 0.3  # of the body's words that other blocks between its parts may have
SHORTER = 0.5  # of the shortest remembered body: with fewer words, something is missing
LINKED = 0.5  # of a block's characters in links: it leads to other articles


@dataclass(frozen=True, slots=True)
class Wrapped:
    """A page that was read by its site's wrapper, and the other articles of the site."""

    stripped: Stripped
    others: OtherArticles


@dataclass(frozen=True, slots=True)
class _Laid:
    """A page's blocks beside a wrapper; `body` has the numbers of those in the body's containers."""

    outline: Evidence
    containers: Sequence[Container]
    wrapper: Wrapper
    body: Sequence[int]

    def words_of(self, numbers: Sequence[int]) -> float:
        """Return the words of blocks."""
        return float(self.outline.wording.words[numbers].sum())


def read_by_wrapper(page: Page, cut: CutPage, memory: SiteMemory) -> Wrapped:
    """Return a page as its site's wrapper reads it.

    Args:
        page: the page.
        cut: its blocks.
        memory: of its site.

    Raises:
        MisfitError: the page needs the full reading.
    """
    article = _article_of(page)
    laid = _lay(cut, memory.wrapper)
    _check_layout(laid)
    verdicts = _judge(laid)
    texts = observe_texts(
        list(zip(verdicts, laid.containers, laid.outline.wording.words.tolist(), strict=True))
    )
    others = OtherArticles.beside(memory, article, sure_words(texts))
    _check_template(laid, others)

    read = _join(page, laid.outline, verdicts)
    judged = judge_by_memory(others, read, laid.containers)
    _check_body(laid, judged, others)
    return Wrapped(_join(page, laid.outline, judged), others)


def is_read_in_full(article: int) -> bool:
    """Whether an article is in the sample that is always read in full, given its address's hash."""
    return article % READ_IN_FULL == 0


def _article_of(page: Page) -> int:
    """Return the hash of a page's address."""
    key = canonical_key(page.url, None)
    if key is None:
        raise MisfitError("its address is not known")

    article = hash_address(key)
    if is_read_in_full(article):
        raise MisfitError(
            f"it is in the sample of one in {READ_IN_FULL} that is always read in full"
        )

    return article


def _lay(cut: CutPage, wrapper: Wrapper) -> _Laid:
    """Find the blocks of the body. Words are counted only if the containers are as expected."""
    containers = find_containers(cut)
    body = []
    for number, container in enumerate(containers):
        if container.number in wrapper.body:
            body.append(number)
        elif container.number in wrapper.known and container.number not in wrapper.other:
            raise MisfitError(f"some articles have body in {container.path} and some other text")

    if not body:
        raise MisfitError("it has none of the containers that hold nothing but body")

    outline = gather_outline(cut)
    if outline is None:
        raise MisfitError("it has no text")

    return _Laid(outline, containers, wrapper, body)


def _check_layout(laid: _Laid) -> None:
    """Refuse a page with text at places that other articles don't have."""
    _check_unknown_containers(laid)
    _check_headlines(laid)
    _check_text_between(laid)
    _check_links(laid)


def _check_unknown_containers(laid: _Laid) -> None:
    """Refuse a page with text of some length in unknown containers, or any near the body."""
    first, last = laid.body[0], laid.body[-1]
    around = {_around(laid.containers[number]) for number in laid.body}
    words = laid.outline.wording.words

    for number, container in enumerate(laid.containers):
        if container.number in laid.wrapper.known:
            continue

        is_inside = first < number < last
        is_beside = not around.isdisjoint(container.path.split(STEP_SIGN))
        if is_inside or is_beside or words[number] >= UNKNOWN_WORDS:
            raise MisfitError(f"no other article has {container.path}")


def _check_headlines(laid: _Laid) -> None:
    """Refuse a page with a headline below the beginning of the body: it may be of another article."""
    below = laid.outline.page.blocks[laid.body[0] + 1 :]
    body = set(laid.body)

    if any(block.level == 1 and block.number not in body for block in below):
        raise MisfitError("it has a second headline")


def _check_text_between(laid: _Laid) -> None:
    """Refuse a page with much text between the blocks of the body."""
    body = set(laid.body)
    between = [number for number in range(laid.body[0], laid.body[-1]) if number not in body]

    if laid.words_of(between) > INSIDE_SHARE * laid.words_of(laid.body):
        raise MisfitError("there is much other text between the parts of its body")


def _check_links(laid: _Laid) -> None:
    """Refuse a page with a block of the body that is mainly a link."""
    density = laid.outline.wording.link_density

    if any(density[number] >= LINKED for number in laid.body):
        raise MisfitError("a block of its body is a link")


def _around(container: Container) -> str:
    """Return the named element around a container's blocks."""
    return container.path.rpartition(STEP_SIGN)[0]


def _judge(laid: _Laid) -> tuple[Verdict, ...]:
    """Return the verdicts: a block in a container of the body is kept."""
    body = set(laid.body)
    return tuple(
        Verdict(block, True, 1.0, "where other pages of this site have their body")
        if block.number in body
        else Verdict(block, False, 0.0, "where other pages of this site have no body")
        for block in laid.outline.page.blocks
    )


def _check_template(laid: _Laid, others: OtherArticles) -> None:
    """Refuse a page if few other articles have most of their body where it has most of its own."""
    words: dict[int, float] = {}
    for number in laid.body:
        container = laid.containers[number].number
        words[container] = words.get(container, 0.0) + laid.words_of([number])

    template = max(words, key=lambda each: (words[each], each))
    articles = others.count_template(template)
    if articles < MIN_OTHERS:
        raise MisfitError(f"only {articles} other articles have their body in the same place")


def _check_body(laid: _Laid, verdicts: Sequence[Verdict], others: OtherArticles) -> None:
    """Refuse a body that is short, or repeats text of which it is not sure that it is the site's."""
    kept = [verdict.block.number for verdict in verdicts if verdict.kept]
    fewest = max(SHORT_WORDS, SHORTER * laid.wrapper.fewest_words)
    if laid.words_of(kept) < fewest:
        raise MisfitError("its body is short")

    if any(_repeats(laid, number, others) >= MIN_OTHERS for number in kept):
        raise MisfitError("some other articles have a part of its body")


def _repeats(laid: _Laid, number: int, others: OtherArticles) -> int:
    """Return how many other articles have a block's text in the same container."""
    text = normalise(laid.outline.page.blocks[number].text)
    return others.count(hash_text(text), laid.containers[number].number)


def _join(page: Page, outline: Evidence, verdicts: tuple[Verdict, ...]) -> Stripped:
    """Return the kept blocks as the page's text."""
    kept = [verdict.block for verdict in verdicts if verdict.kept]
    body = join_blocks(verdicts)
    markdown = join_markdown(kept, page.url) or body
    return Stripped(verdicts, outline, body, markdown, "wrapper", None, WRAPPER_CONFIDENCE, ())
