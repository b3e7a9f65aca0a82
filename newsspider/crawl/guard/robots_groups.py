"""Groups of robots.txt, chosen by product token as in RFC 9309. Protego alone doesn't do this.

Protego takes the group whose name is any part of our User-Agent: `User-agent: NewsSpider/1.0` would
not be ours, while `User-agent: spider` would be, and, by the address in it, `User-agent: pypi`.
"""

import re

ALL = "*"
_AGENT_LINE = re.compile(
    r"\s*(?P<field>user[- ]?agent(?:\s*:|(?=\s)))(?P<value>[^#]*)", re.IGNORECASE
)
_TOKEN = re.compile(r"[^/\s();,]+")
_COMPATIBLE = re.compile(r"\(\s*compatible\s*;\s*(?P<token>[^/\s();,]+)", re.IGNORECASE)


def product_token(name: str) -> str:
    """Return the product token of an agent or a group: its name without version and comment, in lower case.

    Source:
        RFC 9309, section 2.2.1. A name that only begins as browsers do has its own token after
        "compatible".

    >>> product_token("NewsSpider/1.0"), product_token("newsspider (+https://you.example/bot)")
    ('newsspider', 'newsspider')
    >>> product_token("*"), product_token("NewsSpider*")
    ('*', 'newsspider')
    >>> product_token("Mozilla/5.0 (compatible; HeraldBot/2.1; +https://herald.example/bot)")
    'heraldbot'
    """
    found = _TOKEN.search(name)
    token = (found.group().replace(ALL, "") if found else "") or ALL
    compatible = _COMPATIBLE.search(name) if token.lower() == "mozilla" else None
    return (compatible["token"] if compatible else token).lower()


def name_by_token(robots: str) -> tuple[str, frozenset[str]]:
    r"""Return a robots.txt whose groups are named by their tokens only, and the tokens.

    >>> name_by_token("User-agent: NewsSpider/1.0 # you\nDisallow: /private/\n")
    ('User-agent: newsspider\nDisallow: /private/', frozenset({'newsspider'}))
    """
    lines, tokens = [], set()
    for line in robots.splitlines():
        agent = _AGENT_LINE.match(line)
        if agent is None or not agent["value"].strip():
            lines.append(line)
        else:
            tokens.add(token := product_token(agent["value"]))
            lines.append(f"{agent['field']} {token}")

    return "\n".join(lines), frozenset(tokens)


def choose_group(agent: str, tokens: frozenset[str]) -> str:
    """Return the group of an agent, as a name that Protego finds: its own token, else `*`.

    >>> choose_group("newsspider/0.1 (+https://you.example)", frozenset({"newsspider", "spider", "*"}))
    'newsspider'
    >>> choose_group("newsspider", frozenset({"spider", "news", "*"}))
    '*'
    """
    token = product_token(agent)
    return token if token in tokens else ALL
