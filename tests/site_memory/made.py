"""Observations made up for tests: articles with their own paragraphs and what their site repeats."""

from newsspider.site_memory.observations import (
    Observation,
    SeenContainer,
    SeenText,
    SeenValue,
    hash_address,
    hash_path,
    hash_text,
    hash_value,
)

BODY = "div.story > p"
REPEATED = "follow us on telegram for more"


def seen(text: str, path: str = BODY) -> SeenText:
    """Return a kept text of 20 words."""
    return SeenText(hash_text(text), hash_path(path), kept=True, sure=True, words=20, excerpt=text[:60])


def article(number: int, day: int = 20_000, *, repeated: str = REPEATED, template: int = 7) -> Observation:
    """Return the observation of an article with three paragraphs of its own and one that its site repeats."""
    own = [seen(f"paragraph {part} of article {number}") for part in range(3)]
    return Observation(
        site="herald.example",
        template=template,
        article=hash_address(f"https://herald.example/{number}"),
        day=day,
        texts=(*own, seen(repeated)),
        containers=(SeenContainer(hash_path(BODY), 80, 0, BODY),),
        values=(SeenValue("authors", hash_value("Ann Lee"), "Ann Lee"),),
    )
