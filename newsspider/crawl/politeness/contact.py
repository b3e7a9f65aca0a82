"""Whom a site's operator can ask about a crawl: what the user agent says of it."""

import re

_CONTACT = re.compile(r"https?://|@")
REQUEST = (
    "the sites can't see whom to ask about this crawl: name yourself,"
    " as in -s USER_AGENT='newsspider (+https://you.example/bot)'"
)


def names_contact(agent: str) -> bool:
    """Whether a user agent has an address of the web or of mail in it.

    >>> names_contact("newsspider"), names_contact("newsspider (+https://you.example/bot)")
    (False, True)
    """
    return bool(_CONTACT.search(agent))
