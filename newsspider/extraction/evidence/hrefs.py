"""Where a block's links lead, by the words of their addresses."""

import re

# Words of an address (split at anything that is no letter or digit) by what the link is for.
HREFS = {
    "share": "sharer intent sharing sharearticle whatsapp wa api t_me pin shareoffsite",
    "social": "facebook twitter instagram youtube linkedin tiktok pinterest threads bsky telegram mastodon",
    "author": (
        "author authors autor autores autoren auteur auteurs autori people person profile profil staff journalist "
        "journalists contributor contributors by redaktion redacteur writer writers team user users bio"
    ),
    "topic": (
        "tag tags topic topics themen thema category categories categoria section sections hashtag keyword keywords "
        "temas tema sujet sujets label search emne amne dossier channel rubrique rubrik collections"
    ),
    "mail": "mailto tel sms",
    "script": "javascript",
    "account": (
        "login signin signup subscribe subscription subscriptions newsletter newsletters register abo abonnement "
        "account donate membership join registrieren suscripcion suscribete assine abonnieren"
    ),
    "legal": (
        "privacy cookie cookies terms impressum datenschutz legal contact about agb imprint kontakt disclaimer policy"
    ),
    "comment": "comments comment respond disqus kommentare kommentar comentarios",
    "shop": "amazon amzn shop store deals coupon affiliate utm_source utm_medium utm_campaign",
}
HREF_GROUPS = (*HREFS, "anchor")
MAX_HREFS = 20  # links of a block that are looked at
MAX_HREF_CHARS = 120  # what tells stands at the start
_WORD = re.compile(r"[a-z0-9]+(?:_[a-z]+)?")
_GROUP_OF = {word: number for number, words in enumerate(HREFS.values()) for word in words.split()}
_ANCHOR = HREF_GROUPS.index("anchor")


def href_groups(href: str) -> set[int]:
    """Return the numbers in HREF_GROUPS that an address belongs to.

    >>> sorted(HREF_GROUPS[group] for group in href_groups("/authors/ann-lee?utm_source=x"))
    ['author', 'shop']
    """
    groups = {_GROUP_OF[word] for word in _WORD.findall(href[:MAX_HREF_CHARS].lower()) if word in _GROUP_OF}
    if href[:1] == "#":
        groups.add(_ANCHOR)
    return groups
