"""The time of day and its zone beside a written day, in the digits and words of many languages."""

import re

# Offsets of zone names that mean one zone where news is written; CST, IST and others mean several.
ZONES = {
    "Z": "+00:00", "UTC": "+00:00", "GMT": "+00:00", "WET": "+00:00", "BST": "+01:00",
    "CET": "+01:00", "MEZ": "+01:00", "CEST": "+02:00", "MESZ": "+02:00", "EET": "+02:00",
    "SAST": "+02:00", "CAT": "+02:00", "EEST": "+03:00", "EAT": "+03:00", "MSK": "+03:00",
    "МСК": "+03:00", "TSİ": "+03:00", "WAT": "+01:00", "PKT": "+05:00", "WIB": "+07:00",
    "WITA": "+08:00", "WIT": "+09:00", "HKT": "+08:00", "SGT": "+08:00", "JST": "+09:00",
    "KST": "+09:00", "AEST": "+10:00", "AEDT": "+11:00", "NZST": "+12:00", "NZDT": "+13:00",
    "EST": "-05:00", "EDT": "-04:00", "CDT": "-05:00", "MDT": "-06:00", "PDT": "-07:00",
    "PST": "-08:00",
}  # fmt: skip
# Words and letters for the halves of the day, in lower case; those of two letters follow the
# time.
_AFTERNOON = frozenset(
    "م مساء مساءً مساءا ب.ظ ب.ظ. بعدازظهر عصر شب μ.μ. μ.μ μμ ch chiều tối 下午 午後 晚上 오후 शाम रात अपराह्न".split()
)
_MORNING = frozenset(
    "ص صباحا صباحاً صباحًا ق.ظ ق.ظ. صبح π.μ. π.μ πμ sa sáng 上午 午前 早上 凌晨 오전 सुबह पूर्वाह्न".split()
)
_HALVES = "|".join(sorted(map(re.escape, _AFTERNOON | _MORNING), key=len, reverse=True))
_HALF_AFTER = rf"(?:\s?([ap]\.?\s?m\b\.?|(?:{_HALVES})(?!\w)))?"
NAMED_ZONES = "|".join(sorted(ZONES, key=len, reverse=True))
_TIME = (
    rf"([01]?\d|2[0-4])\s?(?:[:h時时点點]|시)\s?([0-5]\d)(?:[:分]\s?([0-5]\d))?(?!\d){_HALF_AFTER}"
)
_DOTTED = r"([01]?\d|2[0-4])\.([0-5]\d)()()(?=\s?(?:Uhr|h\b|WIB|WITA|WIT\b|น\.))"
_HOUR = r"([01]?\d|2[0-4])()()\s?([ap]\.?m\b\.?)"
_ANY_TIME = f"(?:{_TIME}|{_DOTTED}|{_HOUR})"
_ZONE = re.compile(
    r"\s?(?:Uhr|uur|h\b)?\s?\(?((?:UTC|GMT)?\s?[+-]\d\d?(?::?\d\d)?(?![\d:])"
    rf"|{NAMED_ZONES})(?!\w)"
)
# Text between a day and its time: "г.", "(火)", "星期四", a comma, "at".
_YEAR_WORD = r"(?:\s?(?:г|р|год|года|року)\b)?"
_WEEKDAY = r"(?:\s?(?:\(\w{1,3}\)|(?:星期|週|周)[一二三四五六日天]|[月火水木金土日]曜日?|[월화수목금토일]요일))?"
_AT_WORDS = "at um à às alle ore om kl kl. klo o v в о у saat ساعت الساعة jam pukul lúc ώρα στις เวลา को -".split()
_AT = rf"(?:(?:{'|'.join(map(re.escape, _AT_WORDS))}|a las)\s|T(?=\d))?"
_AFTER = re.compile(
    rf"{_YEAR_WORD}\.?{_WEEKDAY}[\s,|–—·•⋅/-]*{_AT}\s*\(?({_HALVES})?\s?{_ANY_TIME}",
    re.I,
)
_BEFORE = re.compile(
    rf"(?:^|[\s,|(]){_ANY_TIME}\s?(?:Uhr|h|[A-Z]{{2,4}})?[\s,|–—·•-]*(?:\w{{3,10}}\.?,\s)?$", re.I
)
MAX_TIME_CHARS = 40  # characters between a time and its day, at most
MAX_OFFSET = 14  # hours: the Line Islands' zone
# The zeros of the digits in use, whose nine others follow them; and the full-width signs of Chinese
# and Japanese type. Each is one character, so places stay.
_ZEROS = "٠۰०০੦૦୦௦౦೦൦๐໐༠၀០０"
_TO_ASCII = {
    ord(zero) + digit: str(digit) for zero in _ZEROS for digit in range(10)
} | str.maketrans("：／．－，、（）　،", ":/.-,,() ,")


def fold_digits(text: str) -> str:
    """Return the text with digits and full-width signs of other scripts replaced by ASCII ones.

    >>> fold_digits("１２：３０"), fold_digits("٠٨:١٥")
    ('12:30', '08:15')
    """
    if text.isascii():
        return text

    return text.translate(_TO_ASCII)


def time_after(text: str, place: int) -> tuple[str, int] | None:
    """Return ("09:30:00+01:00", its end) of the time after a day that ends at this place."""
    found = _AFTER.match(text, place, place + MAX_TIME_CHARS)
    if not found or not (time := _time(found.groups()[1:], found[1])):
        return None

    zone = _ZONE.match(text, found.end())
    if zone and (offset := _written_zone(zone[1], time)):
        return time + offset, zone.end()

    return time, found.end()


def time_before(text: str, place: int) -> tuple[str, int] | None:
    """Return (time, where it begins) of the time right before a day that begins at this place."""
    found = _BEFORE.search(text, max(0, place - MAX_TIME_CHARS), place)
    if found and (time := _time(found.groups(), None)):
        return time, found.start()

    return None


def iso_zone(zone: str | None) -> str:
    """Return a zone in ISO's own form, "" for none; Z stays as it is.

    >>> iso_zone("GMT+2"), iso_zone("-0530"), iso_zone("CEST"), iso_zone("+29")
    ('+02:00', '-05:30', '+02:00', '')
    """
    if not zone or zone == "Z":
        return zone or ""

    name = zone.strip().upper()
    if name in ZONES:
        return ZONES[name]

    digits = name.removeprefix("UTC").removeprefix("GMT").strip().replace(":", "")
    sign, digits = digits[0], digits[1:]
    hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > len("12") else (digits, "00")

    if int(hours) <= MAX_OFFSET:
        return f"{sign}{int(hours):02}:{minutes}"

    return ""


def _written_zone(zone: str, time: str) -> str:
    """Return the offset after a time, "" if it is the end of a span: 10:00-12:00."""
    if zone.startswith("-") and ":" in zone and len(time) == len("10:00"):
        return ""

    return iso_zone(zone)


def _time(groups: tuple[str | None, ...], half_before: str | None) -> str | None:
    """Return HH:MM or HH:MM:SS from alternatives of hour, minute, second and half of the day."""
    hour, minute, second, half = next(
        (groups[i : i + 4] for i in (0, 4, 8) if groups[i]), (None,) * 4
    )
    if hour is None:
        return None

    number = _in_half(int(hour), (half_before or half or "").lower())
    if number < 24:
        return f"{number:02}:{minute or '00'}" + (f":{second}" if second else "")

    return None


def _in_half(hour: int, half: str) -> int:
    """Return the hour of 24 that an hour of this half of the day is."""
    if not half or hour > 12:
        return hour

    afternoon = half in _AFTERNOON or half[0] == "p"
    morning = half in _MORNING or half[0] == "a"
    if afternoon:
        return hour % 12 + 12

    if morning:
        return hour % 12

    return hour
