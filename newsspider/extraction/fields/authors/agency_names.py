"""The wire services that `agencies` can name: a closed list with spellings and own sites.

A new one is a row: its usual name, then its names in bylines, datelines and metadata. Spellings
of five characters or more are found in any case, shorter ones only as written here.
"""

import re
from functools import lru_cache

# usual name: its other spellings, parted by "|"
AGENCIES: dict[str, str] = {
    "AAP": "Australian Associated Press|AAP Newswire",
    "Adnkronos": "",
    "AFP": "afp|Agence France-Presse|Agence France Presse|Agence France-Presse (AFP)",
    "Agência Brasil": "Agencia Brasil",
    "AGI": "Agenzia Italia",
    "Agerpres": "",
    "ANA-MPA": "AMNA|ΑΠΕ-ΜΠΕ|ΑΠΕ",
    "Anadolu": "AA|Anadolu Agency|Anadolu Ajansı|Anadolu Ajansi",
    "ANI": "Asian News International",
    "ANP": "",
    "ANSA": "Ansa|Agenzia ANSA",
    "Antara": "Antara News|LKBN Antara",
    "AP": "Associated Press|The Associated Press|AP News|Associated Press (AP)",
    "APA": "apa|Austria Presse Agentur|Austria Presseagentur|APA-OTS",
    "APP": "Associated Press of Pakistan",
    "APS": "Algérie Presse Service",
    "ATS": "Keystone-ATS|ats",
    "Belga": "Agence Belga|Belga News Agency",
    "Bernama": "",
    "Bloomberg": "Bloomberg News",
    "BNS": "Baltic News Service",
    "BSS": "Bangladesh Sangbad Sangstha",
    "BTA": "БТА",
    "CNA": "中央社|Central News Agency",
    "CNS": "中新社|中新网|中新網|China News Service|中国新闻社",
    "CP": "Canadian Press|The Canadian Press|La Presse Canadienne|Presse canadienne",
    "ČTK": "CTK|Česká tisková kancelář",
    "DHA": "Demirören Haber Ajansı|Demirören News Agency",
    "dpa": "DPA|Deutsche Presse-Agentur|Deutsche Presse Agentur|dpa-infocom|German Press Agency",
    "dpa-AFX": "",
    "dts": "dts Nachrichtenagentur",
    "EFE": "Agencia EFE|efe|EFE News",
    "ELTA": "",
    "epd": "EPD|Evangelischer Pressedienst",
    "Europa Press": "europapress",
    "FENA": "",
    "HINA": "",
    "IANS": "Indo-Asian News Service",
    "IHA": "İHA|İhlas Haber Ajansı",
    "Interfax": "Интерфакс",
    "IRNA": "ایرنا",
    "ISNA": "ایسنا",
    "Jiji": "JIJI|Jiji Press|時事通信|時事|時事通信社",
    "JTA": "Jewish Telegraphic Agency",
    "KNA": "Katholische Nachrichten-Agentur|kna",
    "KUNA": "Kuwait News Agency",
    "Kyodo": "Kyodo News|共同通信|共同|共同通信社",
    "LaPresse": "",
    "LETA": "",
    "Lusa": "Agência Lusa",
    "MAP": "Maghreb Arabe Presse",
    "MENA": "Middle East News Agency",
    "MTI": "",
    "NAN": "News Agency of Nigeria",
    "Newsis": "뉴시스",
    "News1": "뉴스1",
    "NTB": "Norsk Telegrambyrå|ntb",
    "PA": "PA Media|Press Association|The Press Association|PA News Agency",
    "PAP": "Polska Agencja Prasowa",
    "Prensa Latina": "",
    "PTI": "Press Trust of India",
    "QNA": "Qatar News Agency",
    "Reuters": "Thomson Reuters|Reuters News|Рейтер|Reuters.com|路透社|رويترز",
    "RIA Novosti": "РИА Новости|RIA",
    "Ritzau": "",
    "SANA": "Syrian Arab News Agency",
    "SDA": "sda|Keystone-SDA|Schweizerische Depeschenagentur",
    "SID": "sid|Sport-Informations-Dienst",
    "SPA": "Saudi Press Agency|واس",
    "STA": "Slovenska tiskovna agencija",
    "STT": "Suomen Tietotoimisto",
    "TAP": "Tunis Afrique Presse",
    "TASR": "",
    "TASS": "Tass|ТАСС|ITAR-TASS|ИТАР-ТАСС",
    "Tanjug": "Танјуг",
    "Télam": "Telam",
    "TNS": "Tribune News Service|Tribune Content Agency",
    "TT": "TT Nyhetsbyrån|TT News Agency",
    "Ukrinform": "Укрінформ|Укринформ",
    "UNI": "United News of India",
    "UPI": "United Press International",
    "VNA": "TTXVN|Vietnam News Agency|Thông tấn xã Việt Nam",
    "WAM": "Emirates News Agency",
    "Xinhua": "Xinhua News Agency|新华社|新華社|新华网|新華網",
    "Yonhap": "연합뉴스|Yonhap News|Yonhap News Agency",
}  # fmt: skip
# Sites of the services themselves, by the first label of their domain where it is not the plain
# name: there the service is the paper.
OWN_SITES = {
    "AP": "apnews", "Anadolu": "aa", "CNA": "focustaiwan", "CNS": "chinanews",
    "CP": "thecanadianpress", "IANS": "ianslive", "PTI": "ptinews", "PA": "pamediagroup",
    "RIA Novosti": "ria", "Kyodo": "kyodonews", "ANI": "aninews", "ANA-MPA": "amna",
    "ČTK": "ceskenoviny", "TT": "tt", "Xinhua": "xinhuanet", "Yonhap": "yna", "Jiji": "jiji",
    "Antara": "antaranews",
}  # fmt: skip
# spellings of so many characters or fewer are words and initials too: they count as they are
# written
EXACT_CHARS = 4
MAX_AGENCY_CHARS = 40
# Those whose usual name is a word or a common abbreviation too: a line of nothing else names none
# of them.
AMBIGUOUS = frozenset(
    "MAP TAP APP SPA STA UNI NAN APS CP TT PA ANI AGI CNA CNS TNS IHA VNA SANA MENA News1 "
    "Bloomberg".split()
)
_THE = re.compile(r"^(?:the|die|l'|la)\s+", re.I)


def _read_spellings() -> dict[str, str]:
    """Return the usual name by each spelling, long ones in lower case."""
    found = {}
    for name, others in AGENCIES.items():
        for spelling in (name, *filter(None, others.split("|"))):
            found[_known_form(spelling)] = name

    return found


def _known_form(text: str) -> str:
    if len(text) <= EXACT_CHARS and text.isascii():
        return text

    return text.casefold()


_BY_SPELLING = _read_spellings()
LONG_SPELLINGS = tuple(
    sorted((each for each in _BY_SPELLING if " " in each), key=len, reverse=True)
)


@lru_cache(maxsize=4096)  # a page's names are asked again and again
def agency_named(text: str) -> str | None:
    """Return the usual name of the wire service that a text names, None where it names none.

    >>> (agency_named("The Associated Press"), agency_named("DPA"), agency_named("aa"),
    ...  agency_named("Ann Lee"))
    ('AP', 'dpa', None, None)
    """
    if len(text) > MAX_AGENCY_CHARS:
        return None

    bare = text.strip(" .,;:–—-/()[]*")
    return _BY_SPELLING.get(_known_form(bare)) or _BY_SPELLING.get(_known_form(_THE.sub("", bare)))


def is_own_site(agency: str, site: str | None) -> bool:
    """Whether a site is the wire service's own, where it is the paper too.

    >>> (is_own_site("AP", "apnews.com"), is_own_site("Reuters", "reuters.com"),
    ...  is_own_site("AP", "herald.example"))
    (True, True, False)
    """
    label = (site or "").partition(".")[0]
    plain = agency.casefold().replace(" ", "")

    return label == OWN_SITES.get(agency, plain) or label == plain
