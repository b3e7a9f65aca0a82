"""Pages that are neither an article nor a list: products, jobs, events, weather, legal notices."""

import re
from collections import Counter
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

    names = Names(_steps(facts), _own_headings(facts))
    has_much_prose = facts.told_prose > MAX_PROSE
    if (has_much_prose and not _may_be_titled(facts, names)) or _is_declared(facts):
        return None

    best = _best_signs(facts, names)
    if has_much_prose and _points(best) < PAGE_POINTS:
        return None

    own = (
        *_signs_of_forms(facts, is_named=_points(best) > 0),
        (2 * _is_of_numbers(facts), "mostly numbers"),
    )
    if not _points((*best, *own)):
        return None

    return sum_up(
        PAGE_POINTS + ARTICLE_POINTS * (facts.og_type == "article"),
        *best,
        (not facts.is_signed, "no date and no author"),
        (_has_little_prose(facts), f"{count_of(round(facts.told_prose), 'word')} in sentences"),
        *own,
    )


def _best_signs(facts: PageFacts, names: Names) -> tuple[tuple[int, str], ...]:
    """Return the signs of the subject that has most of them."""
    return max((tuple(_signs_of(facts, subject, names)) for subject in SUBJECTS), key=_points)


def _has_little_prose(facts: PageFacts) -> bool:
    return facts.told_prose <= LITTLE_PROSE


def _may_be_titled(facts: PageFacts, names: Names) -> bool:
    """Whether a page of many sentences has a type or heading that an article can't have."""
    return bool(
        facts.types & ALL_TYPES or any(text.startswith(ALL_HEADINGS) for text in names.headings)
    )


def find_doubts(facts: PageFacts, kind: str) -> tuple[str, ...]:
    """Return the warning that nothing on the page of a short article says that it is one."""
    is_short = kind == "article" and facts.body_words < SHORT_WORDS
    if not is_short or facts.is_signed or facts.og_type == "article" or _is_declared(facts):
        return ()

    words = count_of(facts.body_words, "word")
    return (f"a short page ({words}): nothing says that it is an article",)


def _is_declared(facts: PageFacts) -> bool:
    """Whether a type in JSON-LD, microdata or RDFa, or a publication time, declares an article."""
    return facts.declares_article or bool((facts.types | facts.item_types) & ARTICLE_TYPES)


def _points(signs: tuple[tuple[int, str], ...]) -> int:
    return sum(points for points, _ in signs)


def _signs_of(facts: PageFacts, subject: Subject, names: Names) -> Iterator[tuple[int, str]]:
    """Yield the signs that the page is about a subject."""
    types = facts.types | facts.item_types | {facts.og_type}
    typed = min(subject.types & types, default=None)
    yield (2 + _has_little_prose(facts)) * bool(typed), f"declared as {typed}"

    step = _step_of(subject, names)
    yield (1 + subject.is_standing) * bool(step), f"an address for {subject.name}"

    titled = _label_of(subject, names)
    yield 2 * bool(titled), f"titled “{titled}”"

    if subject.name == "an author":
        is_named = bool(step or typed) and _is_headed_by_name(facts)
        yield 2 * is_named, "headed by a name"

    if subject.name == "readers' comments":
        is_of_comments = bool(step) and _is_of_comments(facts)
        yield 2 * is_of_comments, "nothing but comments"


def _step_of(subject: Subject, names: Names) -> str | None:
    """Return the first part of the address that the subject's pages have; at its end for some."""
    steps = names.steps[-1:] if subject.is_standing else names.steps
    return next((step for step in steps if step in subject.steps), None)


def _label_of(subject: Subject, names: Names) -> str | None:
    """Return the heading that is a label of the subject's pages."""
    begun = (text for text in names.headings if text.startswith(subject.headings))
    return next((text for text in begun if is_label(text, subject.headings)), None)


def _steps(facts: PageFacts) -> list[str]:
    """Return the parts of the address's path."""
    return [_EXTENSION.sub("", step) for step in _STEP.findall(facts.path.partition("?")[0])]


def _own_headings(facts: PageFacts) -> list[str]:
    """Return the parts of the title and of the page's main heading."""
    parts: list[str] = []
    for text in filter(None, (facts.title, plain(facts.main_heading))):
        parts += filter(None, (text, *TITLE_PART.split(text), *text.split(": ")[:1]))

    return list(dict.fromkeys(map(bare, parts)))


def _is_headed_by_name(facts: PageFacts) -> bool:
    return 1 < len(split_words(facts.main_heading)) <= NAME_WORDS


def _is_of_comments(facts: PageFacts) -> bool:
    """Whether the page's sentences are among comments."""
    if not facts.blocks:
        return False

    prose = facts.prose * facts.seen
    among = float(prose[facts.steps_to("comment") <= COMMENT_STEPS].sum())
    return among >= COMMENT_SHARE * max(float(prose.sum()), 1.0)


def _signs_of_forms(facts: PageFacts, *, is_named: bool) -> Iterator[tuple[int, str]]:
    """Yield the forms and buttons of the page.

    Forms for an address and links that look like buttons are on any page: they count if the
    page is named, too.
    """
    if facts.told_prose > 2 * LITTLE_PROSE:
        return

    count = Counter(facts.field_types)
    choices = count["radio"] + count["checkbox"]
    is_quiz = choices >= MIN_CHOICES and count["checkbox"] <= choices / 2
    yield 2 * is_quiz, f"{choices} answers to choose from"

    is_calculator = count["number"] + count["range"] >= MIN_NUMBER_FIELDS
    yield int(is_calculator), "a form for numbers"

    is_short = max(facts.told_prose, facts.page_words) <= LITTLE_PROSE
    yield 2 * (is_named and is_short and count["email"] > 0), "a form for an address"

    button = _telling_button(facts, links=is_named)
    yield (1 + _has_little_prose(facts)) * bool(button), f"a button “{button}”"


def _telling_button(facts: PageFacts, *, links: bool) -> str | None:
    """Return the text of the first button that pages of articles don't have."""
    short = (text for text in facts.iter_buttons(links=links) if len(text) <= MAX_BUTTON_CHARS)
    texts = map(plain, map(squash, short))
    return next((text for text in texts if text in BUTTONS or text in SCORE_BUTTONS), None)


def _is_of_numbers(facts: PageFacts) -> bool:
    """Whether the page has numbers in place of sentences."""
    if facts.told_prose > NUMBERS_PROSE:
        return False

    words = " ".join(facts.told_texts)[:NUMBER_CHARS].split()
    return sum(map(_has_digit, words)) >= max(MIN_NUMBERS, NUMBER_SHARE * len(words))


def _has_digit(word: str) -> bool:
    return any(map(str.isdigit, word))
