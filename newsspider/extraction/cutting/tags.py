"""Traits of HTML tags for cutting a page into blocks."""

# Never text a reader sees, or controls whose text is never prose.
SKIPPED_TAGS = frozenset(
    "script style noscript template svg math canvas head select datalist textarea object embed "
    "iframe audio video map area param source track link meta input".split()
)

# Flow inside a line: they never end a block.
INLINE_TAGS = frozenset(
    "a abbr acronym b bdi bdo big button cite code data del dfn em font i img ins kbd label mark "
    "meter nobr output picture progress q rb rp rt rtc ruby s samp slot small span strike strong "
    "sub sup time tt u var wbr".split()
)

# End a block before and after them. An element with any other tag is of a kind that HTML does not
# know: whether it flows inside a line depends on the page.
BLOCK_TAGS = frozenset(
    "html body address article aside blockquote center dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr legend li listing "
    "main menu nav noembed noframes ol optgroup option p plaintext pre search section summary ul "
    "xmp table caption colgroup col tbody td tfoot th thead tr".split()
)

IMAGE_TAGS = frozenset("img picture video iframe amp-img figure".split())

# Elements for a page's content, and for the site's frame around it.
CONTENT_TAGS = frozenset("article main".split())
LANDMARK_ELEMENTS = frozenset("nav header footer".split())

# All of that as bits by tag: the walk over a page asks once an element.
SKIPPED, BREAKS, INLINE, LINK, BOLD, IMAGE, CONTENT, LANDMARK, BLOCK, QUOTED = (
    1 << bit for bit in range(10)
)
TRAITS: dict[str, int] = {}
for _trait, _tags in (
    (SKIPPED, SKIPPED_TAGS),
    (BREAKS, {"br"}),
    (INLINE, INLINE_TAGS),
    (LINK, {"a"}),
    (BOLD, {"b", "strong"}),
    (IMAGE, IMAGE_TAGS),
    (CONTENT, CONTENT_TAGS),
    (LANDMARK, LANDMARK_ELEMENTS),
    (BLOCK, BLOCK_TAGS | IMAGE_TAGS - INLINE_TAGS - SKIPPED_TAGS),
    (QUOTED, {"q"}),
):
    for _tag in _tags:
        TRAITS[_tag] = TRAITS.get(_tag, 0) | _trait

# kind of a block by the nearest of these tags; "p" and "div" say nothing about it and take their
# parent's, as do the cells of a layout table.
KIND_OF_TAG = {
    **{f"h{level}": "heading" for level in range(1, 7)},
    "li": "item",
    "dt": "item",
    "dd": "item",
    "blockquote": "quote",
    "table": "cell",
    "pre": "preformatted",
    "figcaption": "caption",
    "caption": "caption",
    "summary": "heading",
    "address": "address",
}
KINDS = (
    "paragraph",
    "heading",
    "item",
    "quote",
    "cell",
    "preformatted",
    "caption",
    "embed",
    "address",
)
KIND_CODE = {kind: code for code, kind in enumerate(KINDS)}
HEADING_LEVEL = {**{f"h{level}": level for level in range(1, 7)}, "summary": 4}

# Classes by which a social network's script finds the quoted post it is to replace.
EMBED_CLASSES = frozenset(
    "twitter-tweet twitter-video instagram-media tiktok-embed fb-post fb-video reddit-embed-bq "
    "reddit-card bluesky-embed mastodon-embed text-post-media telegram-post imgur-embed-pub".split()
)

# Small whole numbers for the model; neighbours in the list are alike, so that a threshold parts
# them usefully.
TAG_ORDER = (
    "p h1 h2 h3 h4 h5 h6 blockquote pre li dd dt td th figcaption summary strong b em i span time "
    "small a label button cite code div section article main body details figure table tr tbody ul "
    "ol dl nav aside header footer form address center"
).split()
TAG_CODE = {tag: code for code, tag in enumerate(TAG_ORDER, start=1)}
OTHER_TAG_CODE = len(TAG_ORDER) + 1

# Ancestors that the model gets by name.
LANDMARK_TAGS = (
    "article main aside nav header footer form li table figure blockquote section details a time "
    "button ol"
).split()
