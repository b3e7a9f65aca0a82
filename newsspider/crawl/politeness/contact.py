"""Whether the user agent names somebody whom the operators of sites can contact."""

import logging
import re

logger = logging.getLogger(__name__)

_CONTACT = re.compile(r"https?://|@")
REQUEST = (
    "the sites can't see whom to ask about this crawl: name yourself,"
    " as in -s USER_AGENT='newsspider (+https://you.example/bot)'"
)


def names_contact(agent: str) -> bool:
    """Whether a user agent contains a web or mail address.

    >>> names_contact("newsspider"), names_contact("newsspider (+https://you.example/bot)")
    (False, True)
    """
    return bool(_CONTACT.search(agent))


def ask_for_contact(agent: str) -> None:
    """Log a warning if the user agent names no contact."""
    if not names_contact(agent):
        logger.warning("%s", REQUEST)
