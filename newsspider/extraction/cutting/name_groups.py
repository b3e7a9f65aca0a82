"""Words in class, id, role, itemprop and data attributes, grouped by meaning for a block."""

import re
from functools import lru_cache, reduce
from itertools import pairwise
from operator import or_

# Stems are found anywhere in a name; a stem with "_" at an end must begin or end a word there.
GROUPS: dict[str, str] = {
    "nav": (
        "nav_ navi navbar navigation menu breadcrumb pagination pager sitemap toc_ tableofcontents "
        "skip_ topbar bottombar crumb migas"
    ),
    "related": (
        "related relacionad relat_ recommend recirc similar readmore read_more readnext also_ "
        "more_ mais_ plus_ mehr_ leia lire_ teaser_ teaserlist teasers outbrain taboola zergnet "
        "trending popular mostread most_ latest recent upnext next_ prev_ previous suggest promo_ "
        "promoted promotion crosslink crossbox seealso see_also verwandt correlat empfehl altri "
        "zobacz"
    ),
    "social": (
        "social share_ sharing shar_ facebook twitter whatsapp pinterest linkedin telegram "
        "addtoany addthis sharedaddy follow_ teilen partage compartir reddit"
    ),
    "comment": (
        "comment kommentar comentario commentaire disqus respond_ reply replies discussion "
        "livefyre forum_ opinie_ yorum coral_"
    ),
    "newsletter": (
        "newsletter subscri signup sign_up optin mailing mailchimp hubspot abo_ abonn inscri "
        "suscri registr paywall piano_ regwall login_ logged account_ premium_ member cta_ "
        "calltoaction donat"
    ),
    "caption": (
        "caption credit copyright legend bildunterschrift photo_ foto_ image_ img_ picture figure_ "
        "media_ mediafile gallery galerie slider carousel slideshow lightbox thumb alt_"
    ),
    "ad": (
        "ad_ ads_ adv_ advert adunit adslot adsbygoogle sponsor dfp_ gpt_ banner werbung "
        "publicidad publicite anzeige reklam pubblicita commercial affiliate deal_ shop_ product "
        "price"
    ),
    "author": (
        "author byline autor auteur autore writer contributor bio_ biography profile avatar "
        "verfasser about_author journalist vcard person_"
    ),
    "meta": (
        "meta_ date_ datum fecha dateline timestamp time_ published publishdate updated "
        "datepublished postmeta entry_meta info_ readtime readingtime reading_time kicker eyebrow "
        "label_ badge"
    ),
    "tags": (
        "tag_ tags_ tagged taglist topic topics keyword category categor categories themen temas "
        "etiquet hashtag rubrik section_name"
    ),
    "body": (
        "articlebody article_body article_content articlecontent articletext article_text "
        "storybody story_body storytext storycontent postcontent post_content postbody post_body "
        "entrycontent entry_content maincontent main_content bodytext body_text bodycopy richtext "
        "rich_text wysiwyg paragraph texte_ testo_ texto_ cuerpo_ contenido contenu_ corps_ "
        "fliesstext prose_ text_ copy_ body_ rte_ wpb_text detail_"
    ),
    "content": (
        "article story_ post_ entry_ content artikel articulo nota_ noticia blog_ page_ main_ news_ "
        "single"
    ),
    "lead": (
        "lead_ lede standfirst summary subtitle sub_title subheadline subhead teasertext intro_ "
        "abstract chapo chapeau bajada sommario occhiello excerpt deck_ dek_ description vorspann "
        "ingress anrisstext entradilla subtitulo"
    ),
    "title": "title_ titel titulo titre headline heading header_ h1_ titolo",
    "sidebar": (
        "sidebar aside rail_ widget complementary column_right right_ left_ secondary module_ "
        "sticky"
    ),
    "footer": "footer foot_ bottom_ colophon contentinfo imprint impressum",
    "legal": (
        "onetrust ot_ didomi usercentrics cmp_ sourcepoint sp_message truste iubenda klaro borlabs "
        "cybot cookie consent gdpr privacy disclaimer terms_ legal notice policy"
    ),
    "hidden": (
        "hidden hide_ visuallyhidden sr_only screenreader screen_reader offscreen a11y invisible "
        "modal popup popover overlay tooltip dropdown print_ noprint mobile_only"
    ),
    "tool": (
        "tool_ toolbar button btn_ icon_ player audio_ listen podcast video_ search_ form_ input_ "
        "login bookmark feedback rating vote poll_ quiz"
    ),
    "list": "list_ items item_ grid_ card cards_ tile_ feed_ loop_ archive stream_ archivo",
    "live": "live_ liveblog ticker_ update_ timeline",
    "embed": "embed tweet instagram tiktok oembed blockquote quote_ pullquote",
    "table": (
        "infobox factbox fact_box faktaboks box_ infobox_ note_ correction editor_note accordion "
        "faq_ question answer"
    ),
}
GROUP_NAMES = tuple(GROUPS)
# A run of letters, digits and "=" without a capital after a small letter or digit: camelCase is two
# words.
_NAME_WORD = re.compile(r"[A-Z=]+(?:[a-z0-9]+(?:=[A-Z=]*)?)*|(?:[a-z0-9]+(?:=[A-Z=]*)?)+")
_LOWER_WORD = re.compile(r"[a-z0-9=]+")  # the same words in names without capitals, faster


def _stem_table() -> dict[str, int]:
    """Map each stem (without its "_" for the word's edge) to the bits of its groups."""
    table: dict[str, int] = {}
    for bit, stems in enumerate(GROUPS.values()):
        for stem in stems.split():
            table[stem] = table.get(stem, 0) | 1 << bit

    return table


_STEMS = _stem_table()
_WHOLE = {
    stem.strip("_").replace("_", ""): bits for stem, bits in _STEMS.items() if stem.endswith("_")
}
_PARTS = {stem.replace("_", ""): bits for stem, bits in _STEMS.items() if not stem.endswith("_")}
_PAIRS = {
    tuple(stem.strip("_").split("_")): bits
    for stem, bits in _STEMS.items()
    if stem.strip("_").count("_") == 1
}
_BEGINNERS = frozenset(first for first, _ in _PAIRS)
_BEGINS_PAIR = 1 << len(GROUPS)  # of the words' bits, beside those of the groups
_EDGE = 4  # no stem that is found anywhere is shorter
_BY_EDGE: dict[str, list[str]] = {}
for _stem in _PARTS:
    _BY_EDGE.setdefault(_stem[:_EDGE], []).append(_stem)


@lru_cache(maxsize=65536)
def word_bits(word: str) -> int:
    """Return the groups of a name's word, in lower case, as a bit mask.

    _BEGINS_PAIR if it may begin a pair of words.
    """
    bits = _WHOLE.get(word, 0) | (_BEGINS_PAIR if word in _BEGINNERS else 0)

    for place in range(len(word) - _EDGE + 1):
        for stem in _BY_EDGE.get(word[place : place + _EDGE], ()):
            if word.startswith(stem, place):
                bits |= _PARTS[stem]

    return bits


_COMMENTS = re.compile(
    r"(?:^|[\s=_-])(?:(?:user|reader|article|post|leser)?[-_]?(?:comments|kommentare|commentaires|"
    r"comentarios|commenti|reacties|kommentarer)|comment-?(?:list|area|section|container|thread|"
    r"box|wrapper|form)|respond|disqus_thread)(?:$|[\s_-])",
    re.IGNORECASE,
)
# One of them is in each name that the expression matches, in lower case.
COMMENT_PARTS = ("omment", "comentario", "reacties", "respond", "disqus")


def names_comments(key: str) -> bool:
    """Whether naming attributes call an element a place for readers' comments.

    >>> names_comments("module comments-list"), names_comments("comment-by-editor")
    (True, False)
    """
    return _COMMENTS.search(key) is not None


@lru_cache(maxsize=65536)
def naming_bits(key: str) -> int:
    """Return the groups that an element's naming attributes belong to, bit i for `GROUP_NAMES[i]`.

    >>> bits = naming_bits("relatedPosts sidebar-left")
    >>> [name for bit, name in enumerate(GROUP_NAMES) if bits >> bit & 1]
    ['related', 'sidebar']
    """
    words = _words_of(key)
    bits = reduce(or_, map(word_bits, words), 0)

    if bits & _BEGINS_PAIR:
        for pair in pairwise(words):
            bits |= _PAIRS.get(pair, 0)

    return bits & ~_BEGINS_PAIR


def _words_of(key: str) -> list[str]:
    """Return the words of naming attributes in lower case."""
    lower = key.lower()
    if key == lower:
        return _LOWER_WORD.findall(key)

    return [word.lower() for word in _NAME_WORD.findall(key)]


_BOXES = re.compile(r"(?:fact|fakta|fakten|info)[-_]?(?:box|boks|ruta|kasten)", re.IGNORECASE)
BOX_PARTS = ("box", "boks", "ruta", "kasten")  # as COMMENT_PARTS


def names_box(key: str) -> bool:
    """Whether naming attributes call an element a box of facts beside the text.

    >>> names_box("metro-factbox-content pink"), names_box("boxed")
    (True, False)
    """
    return _BOXES.search(key) is not None
