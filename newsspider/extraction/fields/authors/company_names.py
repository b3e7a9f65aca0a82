"""Companies and associations, by the legal form in their names.

In a meta element for authors, they are the site's owner or the agency that made it.
"""

import re

# At the end of a name, or before a comma. Forms that may be initials, such as S.A., are left out.
_FORMS = (
    r"GmbH(?: & Co\.? KG(?:aA)?)?", r"AG", r"KG", r"UG", r"e\. ?V\.",
    r"Inc\.?", r"Ltd\.?", r"LLC", r"LLP", r"plc", r"PLC", r"Corp\.?", r"Corporation",
    r"(?:S\.p\.A|S\.r\.l)\.?", r"(?:SpA|Srl)", r"SARL", r"B\.V\.", r"Oyj?", r"ApS", r"A/S",
    r"(?:Kft|Zrt|Nyrt)\.?", r"s\. ?r\. ?o\.", r"d\. ?o\. ?o\.", r"[Ss]p\. ?z ?o\. ?o\.", r"A\.Ş\.",
    r"ООО", r"ТОВ",
)  # fmt: skip
_AT_END = re.compile(rf"(?:[\s,](?:{'|'.join(_FORMS)})|公司|株式会社|\(주\)|㈜)(?=\s*(?:,|$))")
_AT_START = re.compile(r"\s*(?:(?:ООО|ОАО|ЗАО|ПАО|ТОВ|PT|CV)\s|株式会社|㈜|\(주\))")


def names_company(text: str) -> bool:
    """Whether a text has the name of a company or an association.

    >>> [names_company(text) for text in (
    ...     "Harbour Herald GmbH & Co. KG", "Wrenmouth Media Ltd, 2 Quay Street", "ООО «Маяк»",
    ...     "Ann Lee", "Lee, S.A.", "Inca Ag")]
    [True, True, True, False, False, False]
    """
    return bool(_AT_END.search(text) or _AT_START.match(text))
