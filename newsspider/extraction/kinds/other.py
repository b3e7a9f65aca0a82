"""Pages that are neither an article nor a list: products, jobs, events, weather, legal notices."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from newsspider.extraction.declared.metadata import ARTICLE_TYPES
from newsspider.extraction.kinds.matching import bare, is_label, plain
from newsspider.extraction.kinds.other_words import (
    ALL_HEADINGS,
    ALL_TYPES,
    BUTTONS,
    SCORE_BUTTONS,
    SUBJECTS,
    Subject,
)
from newsspider.extraction.kinds.page_facts import TITLE_PART, PageFacts
from newsspider.extraction.kinds.scoring import sum_up
from newsspider.text import count_of, split_words, squash

PAGE_POINTS = 4
SHORT_WORDS = 60  # of a body that nobody needs to doubt
ARTICLE_POINTS = 2  # needed in addition if og:type declares an article
LITTLE_PROSE = 80  # words in sentences; with more there is a text to read
MAX_PROSE = 400  # words in sentences of a page that neither its types nor its headings name
NUMBERS_PROSE = 40  # words in sentences of a page of numbers
NUMBER_SHARE = 0.2  # of a page's words that have digits: scores, prices, temperatures
MIN_NUMBERS = 12
NUMBER_CHARS = 4_000  # of a page's text, in which numbers are counted
MIN_NUMBER_FIELDS = 2  # of a calculator
MIN_CHOICES = 6  # of a quiz; forms for sorting and searching have fewer
MAX_BUTTON_CHARS = 40
NAME_WORDS = 4  # of a heading that is a person's name
COMMENT_SHARE = 0.8  # of the words that are among comments
COMMENT_STEPS = 6  # elements above a block among which one must be named after comments
_STEP = re.compile(r"[^/?#]+")
_EXTENSION = re.compile(r"\.(?:html?|php|aspx?|jsp)$")


class Names(NamedTuple):
    """The names of a page: the parts of its address, of its title and of its main heading."""

    steps: list[str]
    headings: list[str]


def why_page(facts: PageFacts) -> str | None:
    """Return the reason why the page is about something else than an article's subject."""
    if facts.page.flat or facts.declares_article:
        return None

    if facts.blocks:
        prose = float(facts.prose[facts.told].sum())
    else:
        prose = 0.0

    names = Names(_steps(facts), _own_headings(facts))
    if (prose > MAX_PROSE and not _may_be_titled(facts, names)) or _is_declared(facts):
        return None

    best = max(
        (tuple(_signs_of(facts, subject, names, prose)) for subject in SUBJECTS), key=_points
    )
    if prose > MAX_PROSE and _points(best) < PAGE_POINTS:
        return None

    common = (
        (not facts.is_signed, "no date and no author"),
        (prose <= LITTLE_PROSE, f"{count_of(round(prose), 'word')} in sentences"),
        *_signs_of_forms(facts, prose, is_named=_points(best) > 0),
        (2 * _is_of_numbers(facts, prose), "mostly numbers"),
    )
    needed = PAGE_POINTS + ARTICLE_POINTS * (facts.og_type == "article")
    if _points(best) or _points(common[2:]):
        return sum_up(needed, *best, *common)

    return None


def _may_be_titled(facts: PageFacts, names: Names) -> bool:
    """Whether a page of many sentences has a type or heading that an article can't have."""
    return bool(
        facts.types & ALL_TYPES or any(text.startswith(ALL_HEADINGS) for text in names.headings)
    )


def find_doubts(facts: PageFacts, kind: str) -> tuple[str, ...]:
    """Return the warning that nothing on the page of a short article says that it is one."""
    if kind != "article" or facts.body_words >= SHORT_WORDS or facts.is_signed:
        return ()

    if facts.og_type == "article" or _is_declared(facts):
        return ()

    return (
        f"a short page ({count_of(facts.body_words, 'word')}): nothing says that it is an article",
    )


def _is_declared(facts: PageFacts) -> bool:
    """Whether a type in JSON-LD, microdata or RDFa, or a publication time, declares an article."""
    return facts.declares_article or bool((facts.types | facts.item_types) & ARTICLE_TYPES)


def _points(signs: tuple[tuple[int, str], ...]) -> int:
    return sum(points for points, _ in signs)


def _signs_of(
    facts: PageFacts, subject: Subject, names: Names, prose: float
) -> Iterator[tuple[int, str]]:
    """Yield the signs that the page is about a subject."""
    typed = next(
        iter(sorted(subject.types & (facts.types | facts.item_types | {facts.og_type}))), None
    )
    yield (3 if prose <= LITTLE_PROSE else 2) * bool(typed), f"declared as {typed}"
    step = next(
        (
            step
            for step in (names.steps[-1:] if subject.is_standing else names.steps)
            if step in subject.steps
        ),
        None,
    )
    yield (2 if subject.is_standing else 1) * bool(step), f"an address for {subject.name}"
    labels = (
        text
        for text in names.headings
        if text.startswith(subject.headings) and is_label(text, subject.headings)
    )
    titled = next(labels, None)
    yield 2 * bool(titled), f"titled “{titled}”"

    if subject.name == "an author":
        yield 2 * bool((step or typed) and _is_headed_by_name(facts)), "headed by a name"

    if subject.name == "readers' comments":
        yield 2 * bool(step and _is_of_comments(facts)), "nothing but comments"


def _steps(facts: PageFacts) -> list[str]:
    """Return the parts of the address's path."""
    return [_EXTENSION.sub("", step) for step in _STEP.findall(facts.path.partition("?")[0])]


def _own_headings(facts: PageFacts) -> list[str]:
    """Return the parts of the title and of the page's main heading."""
    heads = [plain(block.text) for block in facts.blocks if block.level == 1 and not block.hidden][
        :1
    ]
    texts = [facts.title, *heads]
    parts: list[str] = []
    for text in texts:
        parts += filter(None, (text, *TITLE_PART.split(text), *text.split(": ")[:1]))

    return list(dict.fromkeys(map(bare, parts)))


def _is_headed_by_name(facts: PageFacts) -> bool:
    heads = (block.text for block in facts.blocks if block.level == 1 and not block.hidden)
    return 1 < len(split_words(next(heads, ""))) <= NAME_WORDS


def _is_of_comments(facts: PageFacts) -> bool:
    """Whether the page's sentences are among comments."""
    if not facts.blocks:
        return False

    prose = facts.prose * facts.seen
    among = float(prose[facts.steps_to("comment") <= COMMENT_STEPS].sum())
    return among >= COMMENT_SHARE * max(float(prose.sum()), 1.0)


def _signs_of_forms(facts: PageFacts, prose: float, *, is_named: bool) -> Iterator[tuple[int, str]]:
    """Yield the forms and buttons of the page.

    Forms for an address and links that look like buttons are on any page: they count if the
    page is named, too.
    """
    if prose > 2 * LITTLE_PROSE:
        return

    kinds = [(field.get("type") or "").lower() for field in facts.page.tree.iter("input", "select")]
    choices = kinds.count("radio") + kinds.count("checkbox")
    yield (
        2 * (choices >= MIN_CHOICES and kinds.count("checkbox") <= choices / 2),
        f"{choices} answers to choose from",
    )
    yield (
        int(kinds.count("number") + kinds.count("range") >= MIN_NUMBER_FIELDS),
        "a form for numbers",
    )
    is_landing = is_named and "email" in kinds and max(prose, facts.page_words) <= LITTLE_PROSE
    yield 2 * is_landing, "a form for an address"
    button = next(
        (
            text
            for text in _buttons(facts, links=is_named)
            if text in BUTTONS or text in SCORE_BUTTONS
        ),
        None,
    )
    yield (2 if prose <= LITTLE_PROSE else 1) * bool(button), f"a button “{button}”"


def _buttons(facts: PageFacts, *, links: bool) -> Iterator[str]:
    """Yield the texts of the page's buttons, and of its short links if wanted, in lower case."""
    for element in facts.page.tree.iter("button", "input", *(("a",) if links else ())):
        if element.tag == "input":
            text = element.get("value")
        else:
            text = "".join(element.itertext())

        if text and len(text) <= MAX_BUTTON_CHARS:
            yield plain(squash(text))


def _is_of_numbers(facts: PageFacts, prose: float) -> bool:
    """Whether the page has numbers in place of sentences."""
    if prose > NUMBERS_PROSE:
        return False

    shown = (block.text for block, told in zip(facts.blocks, facts.told, strict=True) if told)
    words = " ".join(shown)[:NUMBER_CHARS].split()
    numbers = sum(any(letter.isdigit() for letter in word) for word in words)

    return numbers >= max(MIN_NUMBERS, NUMBER_SHARE * len(words))
