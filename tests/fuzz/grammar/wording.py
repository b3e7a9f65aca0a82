"""Dates, names, bylines, captions and sentences, as pages and feeds word them."""

from tests.fuzz.grammar.choices import Choices

FIRST_NAMES = ["Ada", "José", "Anne-Marie", "M.", "李", "أحمد", "O’Neill", "ada"]
LAST_NAMES = ["Penhallow", "van der Berg", "Holm (AP)", "García Márquez", "Müller, MD", "明", "@gull", "Jr."]
LEADS = [
    "",
    "By ",
    "BY: ",
    "Von ",
    "Par ",
    "Por ",
    "Text: ",
    "文/",
    "بقلم: ",
    "Written by ",
    "Photo by ",
    "Updated by ",
]
BETWEEN_NAMES = [", ", " and ", " & ", " | ", " und ", " et ", "; ", "/", "、", " with ", "\n", " - "]
AFTER_NAMES = [
    "",
    ", Staff Writer",
    " | The Herald",
    " (Reuters)",
    " in Hull",
    " <ada@herald.example>",
    " · 5 min read",
]
YEARS = ["2026", "26", "’26", "2569", "1990", "9999", "0000", "２０２６", "٢٠٢٦"]
MONTHS = [
    "03",
    "3",
    "March",
    "Mar.",
    "März",
    "mars",
    "marzo",
    "марта",
    "مارس",
    "มีนาคม",
    "tháng 3",
    "3月",
    "13",
    "HealthMay",
]
DAYS = ["24", "4", "1st", "24th", "1er", "24.", "24日", "31", "0", "99"]
TIMES = ["", "09:30", "9:30 PM", "9.30 Uhr", "09:30:00.123", "下午9:30", "25:61", "9h30", "T09:30:00", "12:00 a.m."]
ZONES = ["", "Z", "+01:00", "-0400", " GMT", " CET", " UTC+3", " +99:99", " ET", " (MEZ)", "+5:30"]
ORDERS = [
    "{year}-{month}-{day}{time}{zone}", "{day} {month} {year} {time}{zone}", "{month} {day}, {year} {time}{zone}",
    "{day}.{month}.{year}, {time}{zone}", "{day}/{month}/{year} | {time}", "{time} {day}-{month}-{year}",
    "Tue, {day} {month} {year} {time}{zone}", "{year}年{month}月{day}日 {time}", "{year}{month}{day}{time}{zone}",
    "Tue {month} {day} {time} CET {year}", "Tue {month} {day} {year} {time} GMT+0100", "/Date(1774341000000)/",
    "1774341000", "Published {day} {month} {year} {time} Updated {month} {day}, {year}",
    "{day} de {month} de {year}",
]  # fmt: skip
SENTENCES = [
    "The old ferry sailed from the harbour on Monday, for the first time in nine years, with forty on board. ",
    "“We waited as long,” said Ada Penhallow, its captain, who paid for the tea. ",
    "Read more: Council votes on the harbour plan tonight", "Subscribe to our newsletter", "© 2026 The Herald",
    "HULL, England (AP) — The ferry left at nine. ",
    "轮渡周一上午离开了老港口，这是九年来的第一次。", "Photo: Ada Penhallow/AFP",
    "غادرت العبارة المرفأ القديم صباح الاثنين للمرة الأولى منذ تسع سنوات.",
    "a" * 90, "1 &lt; 2 &amp;amp; 3 &#x1b;", "\u202eferry\u200b",
]  # fmt: skip
ADDRESSES = [
    "/2026/03/24/ferry/", "https://herald.example/a?utm_source=x#c",
    "//cdn.example/a.jpg", "a b.html", "javascript:void(0)",
    "http://[::1", "mailto:ada@herald.example",
    "https://ann:pw@herald.example/", "data:text/html,x", "../..//a/", "?p=7",
    "https://herald.example:99999/", "tag:herald.example,2026:1",
]  # fmt: skip


def date(choices: Choices) -> str:
    """Return a date, often one that nobody could mean."""
    return choices.one_of(ORDERS).format(
        year=choices.one_of(YEARS),
        month=choices.one_of(MONTHS),
        day=choices.one_of(DAYS),
        time=choices.one_of(TIMES),
        zone=choices.one_of(ZONES),
    )


def name(choices: Choices) -> str:
    """Return a person's name, or what stands in its place."""
    return f"{choices.one_of(FIRST_NAMES)} {choices.one_of(LAST_NAMES)}"


def byline(choices: Choices) -> str:
    """Return a line that names up to four authors, and a date at times."""
    names = choices.some(name, 4, choices.one_of(BETWEEN_NAMES))
    line = choices.one_of(LEADS) + names + choices.one_of(AFTER_NAMES)
    return line + choices.some(date, 1)


def sentence(choices: Choices) -> str:
    """Return a sentence, a line of boilerplate, or the fuzzer's own bytes."""
    return choices.one_of([*SENTENCES, ""]) or choices.raw()


def phrase(choices: Choices) -> str:
    """Return any short text."""
    return choices.one_of((sentence, byline, date, name))(choices)


def address(choices: Choices) -> str:
    """Return an address, often a broken one."""
    return choices.one_of([*ADDRESSES, ""]) or choices.raw()
