"""Texts that make a pattern work, made of its own parse tree, and a judge of the time that they take."""

import importlib
import re
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import cycle, islice
from types import FrameType
from typing import Any, NamedTuple

parser: Any = importlib.import_module("re._parser")  # has no public name
codes: Any = importlib.import_module("re._constants")

TINY = 40  # characters, for which what is exponential takes for ever
RUNS = 3
MAX_GROWTH = 48  # of the time from the short to the long text, which is 16 times as long; squared it would be 256
LETTERS = "a1 Z-.,é(/:<\n東bX9_|>&;@#\"'="  # tried for a class of characters
REPETITIONS = (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT)
MANY = 8  # a repetition of no more than so many is not pumped
KINDS: dict[Any, Callable[[str], bool]] = {
    codes.CATEGORY_DIGIT: str.isdigit,
    codes.CATEGORY_NOT_DIGIT: lambda letter: not letter.isdigit(),
    codes.CATEGORY_SPACE: str.isspace,
    codes.CATEGORY_NOT_SPACE: lambda letter: not letter.isspace(),
    codes.CATEGORY_WORD: lambda letter: letter.isalnum() or letter == "_",
    codes.CATEGORY_NOT_WORD: lambda letter: not (letter.isalnum() or letter == "_"),
}


class Scale(NamedTuple):
    """Lengths in characters, and seconds of processor time: what takes less is not judged, what takes most fails."""

    short: int
    long: int
    noise: float
    most: float


class TooLongError(Exception):
    """The work did not end in time."""


def at_most(limit: float, work: Callable[[], object]) -> None:
    """Do work, and leave it after so many seconds of processor time: `re` looks for signals while it searches."""

    def leave(number: int, frame: FrameType | None) -> None:
        raise TooLongError

    before = signal.signal(signal.SIGVTALRM, leave)
    signal.setitimer(signal.ITIMER_VIRTUAL, limit)
    try:
        work()
    except TooLongError:
        return
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def seconds(work: Callable[[], object], most: float) -> float:
    """Return the processor time that work takes, or `most` where it does not end by then."""
    started = time.thread_time()
    at_most(most, work)
    return time.thread_time() - started


def is_linear(run: Callable[[str], object], make: Callable[[int], str], scale: Scale) -> bool:
    """Whether the time for a long text is in proportion to that for a short one."""

    def took(chars: int) -> float:
        text = make(chars)
        return seconds(lambda: run(text), scale.most)

    if took(TINY) > 10 * scale.noise:  # exponential
        return False
    if took(scale.long) < scale.noise:
        return True
    slow = min(took(scale.long) for _ in range(RUNS))
    quick = min(took(scale.short) for _ in range(RUNS))
    return slow < scale.noise or (slow < scale.most and slow < MAX_GROWTH * quick)


def pumps_of(pattern: re.Pattern[Any]) -> dict[tuple[str, str], None]:
    """Return (prefix, unit) pairs: texts in which a repetition of the pattern goes on for as long as the text."""
    text = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    tree = parser.parse(text, pattern.flags)
    found: dict[tuple[str, str], None] = {}
    for prefix, units in _repetitions(tree, ""):
        for unit in (*units, "".join(units)):
            found |= dict.fromkeys(((prefix, unit), ("", prefix + unit), ("", prefix)))
    for whole in _examples(tree, 3):
        found |= dict.fromkeys((("", whole), ("", whole[:-1])))
    return {pump: None for pump in found if pump[1]}


def _repetitions(sequence: Sequence[Any], before: str) -> Iterator[tuple[str, list[str]]]:
    """Yield for each repetition what leads to it, and a few texts that it repeats."""
    for code, argument in sequence:
        if code in REPETITIONS:
            _, most, body = argument
            if most is codes.MAXREPEAT or most > MANY:
                yield before, _examples(body, 4)
            yield from _repetitions(body, before)
        for inner in _inner(code, argument):
            yield from _repetitions(inner, before)
        before += next(iter(_examples_of(code, argument, 1)), "")


def _inner(code: Any, argument: Any) -> Sequence[Any]:
    """Return the sequences in a group, a choice or a look around."""
    if code is codes.BRANCH:
        return list(argument[1])
    if code is codes.SUBPATTERN:
        return [argument[3]]
    if code is codes.ATOMIC_GROUP:
        return [argument]
    return [argument[1]] if code in (codes.ASSERT, codes.ASSERT_NOT) else []


def _examples(sequence: Sequence[Any], most: int) -> list[str]:
    """Return a few texts that a sequence matches."""
    texts = [""]
    for code, argument in sequence:
        options = _examples_of(code, argument, most)
        count = max(len(texts), len(options))
        texts = [text + option for text, option in islice(zip(cycle(texts), cycle(options)), count)]
    return list(dict.fromkeys(texts))[:most]


def _examples_of(code: Any, argument: Any, most: int) -> list[str]:
    """Return a few texts that one code of a parse tree matches."""
    if code is codes.LITERAL:
        return [chr(argument)]
    if code is codes.NOT_LITERAL:
        return [next(letter for letter in LETTERS if ord(letter) != argument)]
    if code is codes.ANY:
        return ["a", " ", "-"][:most]
    if code is codes.IN:
        return _letters_in(argument)[:most]
    if code in REPETITIONS:
        least, _, body = argument
        return [text * max(least, 1) for text in _examples(body, most)]
    if code is codes.BRANCH:
        return [text for choice in argument[1] for text in _examples(choice, 1)]
    if code in (codes.SUBPATTERN, codes.ATOMIC_GROUP):
        return [text for inner in _inner(code, argument) for text in _examples(inner, most)]
    return [""]


def _letters_in(members: Sequence[Any]) -> list[str]:
    """Return letters of a class."""
    is_negated = members[0][0] is codes.NEGATE
    fitting = [letter for letter in LETTERS if any(_is_in(letter, member) for member in members) != is_negated]
    named = [
        chr(argument if code is codes.LITERAL else argument[0])
        for code, argument in members
        if code in (codes.LITERAL, codes.RANGE)
    ]
    return fitting or named or ["a"]


def _is_in(letter: str, member: tuple[Any, Any]) -> bool:
    code, argument = member
    if code is codes.LITERAL:
        return bool(argument == ord(letter))
    if code is codes.RANGE:
        return bool(argument[0] <= ord(letter) <= argument[1])
    return code is codes.CATEGORY and KINDS[argument](letter)
