"""The words of bylines in many languages: before, between and instead of names."""

import re
from collections.abc import Iterable

# Words before a name in a byline. Longest first in the pattern; several may follow one
# another.
BY_WORDS = (
    "written by", "posted by", "published by", "story by", "words by", "text by", "text von",
    "texte von", "texte par", "texto por", "texto de", "testo di", "text av", "tekst af",
    "text & fotos", "text und fotos", "text & photos", "words and photos", "eine kolumne von",
    "eine reportage von", "ein bericht von", "ein beitrag von", "report by", "reported by", "by", "authored by",
    "analysis by", "opinion by", "commentary by", "interview by", "reporting by", "blog by",
    "column by", "essay by", "read the latest from", "article by", "contributed by", "created by",
    "submitted by", "recipe by", "review by", "post by", "about the author",
    "this post was written by", "this article was written by", "meet the author", "the author",
    "author", "authors", "article author", "article authors", "writer", "contributor",
    "view all posts by", "read more about", "read more from", "more from", "posts by", "von",
    "ein artikel von", "autor", "autorin", "autoren", "autorin/autor", "autor/in", "autor:in",
    "autoren/innen", "verfasst von", "geschrieben von", "eine analyse von", "ein kommentar von",
    "ein gastbeitrag von", "par", "publié par", "rédigé par", "écrit par", "auteur", "auteurs",
    "propos recueillis par", "por", "escrito por", "publicado por", "redacción de", "autora",
    "scritto da", "pubblicato da", "a cura di", "autore", "door", "geschreven door", "av",
    "skrevet av", "af", "skrevet af", "skriven av", "tekst av", "kirjoittaja", "yazan", "yazar",
    "oleh", "penulis", "ditulis oleh", "автор", "авторы", "autorzy", "autorka", "szerző", "autoři",
    "συντάκτης", "tác giả", "bởi", "作者", "記者", "记者", "編集", "執筆", "撰文", "撰稿", "기자", "نویسنده",
    "خبرنگار", "بقلم", "كتب", "كتبت", "الكاتب", "מאת", "โดย", "द्वारा", "লেখক",
    # "Posted by" of Blogger and WordPress.
    "eingestellt von", "veröffentlicht von", "gepostet von", "erstellt von", "postado por",
    "postada por", "publicada por", "inserito da", "gepost door", "geplaatst door",
    "opublikowane przez", "opublikowano przez", "upplagd av", "indsendt af", "lagt inn av",
    "lähettänyt", "gönderen", "diposting oleh", "vystavil", "bejegyezte", "αναρτήθηκε από", "投稿者",
    "张贴者", "張貼者", "작성자", "مرسلة بواسطة",
)  # fmt: skip
# Names of roles and goods, which are names of people too: before a name only with a colon.
BY_LABELS = (
    "about", "written", "contributors", "editor", "reporter", "words", "text", "texte", "texto",
    "testo", "aus", "tekst", "teksti", "interview", "redaktion", "bericht", "haber", "muhabir",
    "текст", "від", "opracowanie", "napisał", "napisała", "írta", "γράφει", "του", "της", "theo",
    "文", "取材・文", "글",
)  # fmt: skip
# Between names; single letters only where both sides are whole names.
AND_WORDS = "and und et y e og och en ja ve dan và и і та i a & + with".split()
SUFFIXES = frozenset("jr sr ii iii iv esq".split())
# Roles, after a name and a comma, or instead of a name.
ROLE_WORDS = frozenset(
    """
    editor writer reporter correspondent columnist journalist contributor staff producer
    photographer critic chief senior junior associate assistant director manager founder cofounder
    co-founder ceo cto cmo president professor analyst expert specialist dietitian nutritionist
    lecturer researcher fellow author blogger guest head officer redakteur redakteurin redaktör
    korrespondent korrespondentin chefredakteur journaliste rédacteur rédactrice correspondant
    redactor redactora periodista corresponsal giornalista inviato muhabir editör wartawan
    consultant strategist engineer developer marketer coach trainer therapist attorney lawyer
    physician reviewer lead coordinator rechtsanwalt rechtsanwältin
""".split()
)
# Subjects of a writer, between a name and a role or before a role: "Political Editor Ann
# Lee".
BEATS = frozenset(
    """
    political politics business economics economic finance financial science health sports sport
    arts culture crime court education environment environmental climate technology tech travel food
    fashion music film books religion defence defense security foreign world national international
    local city regional senior junior deputy chief managing executive digital social features
    investigations investigative data health transport energy housing marketing content web event
    events communications
""".split()
)
# Words of papers' names.
PAPER_WORDS = frozenset(
    """
    times news post herald gazette magazine tribune journal chronicle daily press observer mail
    express star today online media network zeitung nachrichten anzeiger rundschau kurier blatt
    gazeta diario jornal correio giornale corriere gazzetta haber haberler tv radio
""".split()
)
# Words of sections, labels and headings, which no person has for a name.
SECTION_WORDS = frozenset(
    """
    news home read more press release blog guide guides review reviews media magazine online today
    daily weekly general all top best latest update updates product products study case real estate
    life lifestyle video videos photo photos gallery podcast newsletter report reports analysis
    opinion comment comments interview interviews feature features story stories article articles
    series special edition breaking live exclusive contact about nachrichten politik wirtschaft
    kultur wissen deutschland ausland inland panorama ratgeber meinung regional noticias política
    economía cultura deportes mundo opinión sociedad actualité politique économie société monde
    culture santé notizie politica economia cronaca mondo nieuws binnenland buitenland nyheter
    sverige norge danmark nyheder haber haberler gündem ekonomi spor dünya county city council town
    school university college hospital police market markets street bank group company inc ltd gmbh
    club fc united kingdom states republic january february march april june july august september
    october november december januar februar märz juni juli oktober dezember monday tuesday
    wednesday thursday friday saturday sunday montag dienstag mittwoch donnerstag freitag samstag
    sonntag table contents content quick insight insights key takeaways modified forum moderator
    member thread starter themenstarter weblog summary overview introduction
""".split()
)
# Desks that sign as a whole: no role of somebody, though they hold a role's word.
DESKS = frozenset(
    """
    staff editorial team desk newsroom editors redaktion redaktionsteam redazione rédaction
    redacción redactie redação redaksi redakcja webteam writers reporters contributors bureau guest
    contributor
""".split()
)
# A role that follows a name begins with one of these.
ROLE_STARTS = frozenset(
    """
    senior junior staff contributing chief freelance guest lead former founder co-founder editor
    writer reporter correspondent columnist head managing associate assistant executive ceo
""".split()
)
# Other text in byline elements.
NOISE = re.compile(
    r"\b(?:read more|view (?:all|profile|bio)|follow|e-?mail|share|subscribe|sign up|log ?in|"
    r"see (?:all|more)|contact|updated?|published|posted|minutes?|min read|read time|reading time|"
    r"comments?|all posts|posts|articles|full bio|bio|profile|website|twitter|facebook|linkedin|"
    r"instagram|copyright|reviewed|fact.?checked|edited|advertis\w*|autorenseite|author page|image|"
    r"photo|photograph\w*|getty|unsplash|learn more|click|https?|www)\b|[©@#{}<>=\\:]|(?<![^\W_])_|"
    r"_(?![^\W_])",
    re.I,
)
NOBODY = frozenset(
    """
    author authors publisher admin administrator webmaster user guest unknown none null undefined
    n/a na editorial name sat sun mon tue wed thu fri saturday sunday monday tuesday wednesday
    thursday friday jan feb mar apr jun jul aug sep sept oct nov dec january february march april
    june july august september october november december today yesterday montag dienstag mittwoch
    donnerstag freitag samstag sonnabend sonntag lundi mardi mercredi jeudi vendredi samedi dimanche
    lunes martes miércoles jueves viernes sábado domingo lunedì martedì mercoledì giovedì venerdì
    sabato domenica maandag dinsdag woensdag donderdag vrijdag zaterdag zondag nachrichtenagentur
    agentur agenturen
""".split()
) | {"super user"}  # the first account of Joomla
# Ends of compounds that are roles: "Wirtschaftsredakteurin Ann Lee", "Herald-Experte Bo
# Ek".
ROLE_ENDS = (
    "redakteur", "redakteurin", "korrespondent", "korrespondentin", "reporter", "reporterin",
    "experte", "expertin", "journalist", "journalistin", "kolumnist", "kolumnistin", "mitarbeiter",
    "mitarbeiterin", "autor", "autorin", "redacteur", "verslaggever", "redaktör", "redaktør",
    "journaliste", "skribent",
)  # fmt: skip
MIN_COMPOUND_CHARS = 4  # before such an end
# Small words inside names, and inside agencies'.
PARTICLES = frozenset(
    """
    de da di do dos das del della der den van von zu zum zur la le el al bin ibn abu ten ter y e of
    the for af av und and du
""".split()
)


def any_of(words: Iterable[str]) -> str:
    """Return a pattern for any of these words, the longest that fits first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
