"""Phrases of notices about a site's rights, its earnings, and its authors' opinions."""

import re

from newsspider.text import split_words

MAX_CREDIT_WORDS = 12  # of a line that is only "© Herald"
MAX_LINE_WORDS = 20  # of a line that is only "Copyright 2026 Herald", or has its name before that

# Most texts have none of them, in lower case. An expression of them all takes thirty times as long.
SIGNS = (
    "©|ⓒ|(c)|copyright|reserved|vorbehalten|voorbehouden|réservés|reservados|riservati|"
    "zastrzeżone|защищены|захищені|запазени|saklıdır|saklidir|rezervate|vyhrazena|fenntartva|"
    "förbehåll|reservert|forbeholdes|版权|版權|転載|전재|저작권|not be published|affili|afili|"
    "アフィリエイト|commission|compensat|provision|prämie|kickback|kick-back|kick back|portion of|"
    "amazon associate|sponsored by|werbung|anzeige|opinion|views|opinión|meinung"
).split("|")

_MARK = r"(?:©|ⓒ|\(c\)|copyright\s*(?:©|ⓒ|\(c\)|:)|저작권자)"
_CREDIT = re.compile(rf"\W{{0,3}}{_MARK}", re.I)
_MARKED = re.compile(r"©|ⓒ|\(c\)|copyright|저작권|(?:19|20)\d\d", re.I)
# No headline such as "Copyright 1976: the law that changed the harbour"
_YEAR_AND_NAME = re.compile(
    r"\W{0,3}[Cc](?i:opyright)\s(?:(?:19|20)\d\d(?:\s?[-–]\s?(?:19|20)?\d\d)?,?\s(?:by\s)?[A-Z]|"
    r"[A-Z][^.:]{0,40}\s(?:19|20)\d\d\W{0,2}$|[A-Z]\w+(?:\s[A-Z]\w+){0,2}\W{0,2}$)"
)
_RESERVED = (
    r"(?:all )?rights reserved|alle rechten? (?:vorbehalten|voorbehouden)|tous droits réservés|"
    r"(?:todos los )?derechos reservados|tutti i diritti (?:sono )?riservati|"
    r"todos os direitos reservados|(?:wszelkie|wszystkie) prawa zastrzeżone|"
    r"(?:все|всі|всички) права (?:защищены|захищені|запазени)|tüm hakları saklıdır|"
    r"toate drepturile (?:sunt )?rezervate|všechna práva vyhrazena|minden jog fenntartva|"
    r"alla rättigheter förbehåll\w*|alle rettigheter (?:reservert|forbeholdes)|"
    r"版[权權]所有|無断転載|무단\s?(?:전재|복제)"
)
# As a sentence of its own; a short line has no others.
_IS_RESERVED = re.compile(rf"(?:^|[.,;:|–—(\-]\s*)(?:{_RESERVED})(?=\W|$)", re.I)
_SAYS_RESERVED = re.compile(_RESERVED, re.I)
_FORBIDS = re.compile(
    r"\W{0,3}(?:this|the|these)\s(?:material|content|article|story|report)s?\s(?:(?:may|must|can)\s?"
    r"not be (?:re)?(?:published|produced|printed|broadcast|copied|written)|(?:is|are) copyright)|"
    r"[^.]{0,80}\b(?:prohibited|verboten|interdite?|prohibida)\b.{0,60}(?:©|\(c\)|copyright)|"
    r"[^.]{0,30}(?:©|\(c\)|copyright).{0,80}\b(?:prohibited|verboten|interdite?|prohibida)\b",
    re.I | re.S,
)
_OF_THE_ARTICLE = re.compile(r"reprinted|excerpt|from the book|auszug aus|extrait d", re.I)

_LINKS = (
    r"(?:affiliate|commissionable|referral|partner)[- ]?links?|links?[^.]{0,30}\baffiliate|"
    r"liens?[^.]{0,30}affili\w+|enlaces? (?:de )?afiliad\w+|links? (?:de )?afiliad\w+|"
    r"link (?:di )?affilia\w+|link\w{0,9} afiliacyj\w+|affiliate\w+|アフィリエイト"
)
_PAY = r"commissions?|compensation|percentage|portion|share of|kick[- ]?back|referral fee|affiliate fee"
_PAID = (
    r"provision\w*|vergütung|prämie|commission|comisi[oó]n|comissão|commissie|commissione|"
    r"prowizj\w+|provize|収益|報酬"
)
_TAKERS = (
    r"\b(?:wir|ich|nous|percev\w+|touch\w+|recib\w+|gan\w+|ricev\w+|wij|krijgen|receb\w+|otrzym\w+|"
    r"dostan\w+|får)\b"
)
_EARNS = tuple(
    re.compile(pattern, re.I | re.S)
    for pattern in (
        # "This post contains affiliate links", "This is an affiliate link"
        r"\b(?:this|these|our|my|some|the)\b[^.]{0,60}\b(?:post|article|page|blog|site|website|story|"
        rf"guide|links)\b[^.]{{0,50}}\b(?:contain|use|include|are|has|have)\w*\b[^.]{{0,30}}(?:{_LINKS})",
        rf"\b(?:this|these)\b[^.]{{0,10}}\b(?:is|are)\b[^.]{{0,10}}(?:{_LINKS})",
        # "We may receive compensation when you click on links", "earn us a commission"
        r"\b(?:we|i|us|may|(?:our|this) (?:site|website|blog|newsroom))\b[^.]{0,40}"
        rf"\b(?:earn|receive|get|make)s?\b[^.]{{0,40}}\b(?:{_PAY})\b",
        r"\blinks? (?:may |can )?earns? (?:us|me) [^.]{0,20}commission",
        r"\bwe may be (?:compensated|paid)\b|\bpartners?\b[^.]{0,20}\bcompensates? us\b",
        r"\bas an amazon (?:associate|affiliate)\b",
        # In other languages
        rf"\b(?:enthält|enthalten|handelt es sich um|contient|contiene|bevat)\b[^.]{{0,40}}(?:{_LINKS})",
        rf"\blinks?\b.{{0,120}}\b(?:wir|ich)\b.{{0,60}}(?:{_PAID})",
    )
)
# "*Werbung. Dieser Beitrag enthält Werbung für Herald-Boote", "This post is sponsored by …"
_IS_SPONSORED = re.compile(
    r"\W{0,3}(?:(?:werbung|anzeige)\W{1,3})?(?:dieser|dieses)\s(?:beitrag|artikel|blogpost|post|"
    r"blogbeitrag)\s(?:enthält|ist)\s(?:\w+\s){0,3}(?:werbung|anzeige)\b|"
    r"\W{0,3}this (?:blog )?(?:post|article|story|video) (?:is|was|has been) (?:\w+ )?sponsored by\b",
    re.I,
)
# In other languages, anywhere in a notice: the links, who gets something for them, and the pay
_EARNS_TOGETHER = tuple(re.compile(each, re.I) for each in (_LINKS, _TAKERS, _PAID))
_SHOPPING = re.compile(
    r"\b(?:links?|liens?|enlaces?|link\w*|verlinkung\w*|purchas\w+|clicks?|products?|partners?|"
    r"advertis\w+|amazon)\b|affili|afili|アフィリエイト",
    re.I,
)
_REPORTED = re.compile(r"^\W*[“„«\"]|\b(?:said|says|told|according to)\b", re.I)

_OPINIONS = re.compile(
    r"\W{0,3}(?:[^.:]{0,40}:)?\W{0,3}(?:the |any |all |les |las )?(?:"
    r"(?:views|opinions)\b[^.]{0,60}\bexpressed\b[^.]{0,120}\b(?:authors?|writers?|columnists?|"
    r"contributors?)\b[^.]{0,80}\b(?:alone|own|not|solely)\b|"
    r"opinions exprimées[^.]{0,80}n.engagent|opiniones (?:expresadas|vertidas)[^.]{0,80}"
    r"(?:responsabilidad|no reflejan)|"
    r"(?:\w+ ){0,6}(?:gibt|geben) (?:nicht )?(?:\w+ ){0,4}Meinung )",
    re.I,
)


def is_rights_notice(text: str, *, is_end: bool) -> bool:
    """Whether a text is a notice of rights, such as the last line of a wire service's article.

    Args:
        text: the block's.
        is_end: whether it is below the article.

    >>> is_rights_notice("Copyright 2026 Herald TV. All rights reserved.", is_end=True)
    True
    >>> is_rights_notice("Copyright 1976: the law that changed the harbour", is_end=True)
    False
    """
    if _OF_THE_ARTICLE.search(text):
        return False

    words = len(split_words(text))
    if words <= MAX_CREDIT_WORDS and _CREDIT.match(text):
        return True

    return is_end and (_claims_rights(text, words) or bool(_FORBIDS.match(text)))


def _claims_rights(text: str, words: int) -> bool:
    """Whether a text names the owner of its rights, or reserves them."""
    is_line = words <= MAX_LINE_WORDS
    if is_line and _YEAR_AND_NAME.match(text):
        return True

    reserved = _SAYS_RESERVED if is_line and not _REPORTED.search(text) else _IS_RESERVED
    return bool(reserved.search(text) and _MARKED.search(text))


def is_earnings_notice(text: str) -> bool:
    """Whether a text says that the site earns by its links, or that somebody paid for it.

    >>> is_earnings_notice("We may receive compensation when you click on links to products.")
    True
    >>> is_earnings_notice("Affiliate marketing: others promote a product for a commission.")
    False
    """
    if _IS_SPONSORED.match(text):
        return True

    if not _SHOPPING.search(text) or _REPORTED.search(text):
        return False

    says_it = any(pattern.search(text) for pattern in _EARNS)
    return says_it or all(pattern.search(text) for pattern in _EARNS_TOGETHER)


def is_opinion_notice(text: str) -> bool:
    """Whether a text says whose the opinions of an article are.

    >>> is_opinion_notice("The views expressed here are the author's own.")
    True
    """
    return bool(_OPINIONS.match(text))
