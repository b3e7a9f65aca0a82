"""From bylines to names."""

import pytest

from newsspider.extraction.fields.authors.name_checks import is_name, is_role
from newsspider.extraction.fields.authors.person_names import clean_names

OUTLETS = ("The Harbour Herald", "harbour-herald.example", "MDR")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ann Lee", ["Ann Lee"]),
        ("By Ann Lee", ["Ann Lee"]),
        ("by: Ann Lee", ["Ann Lee"]),
        ("BY ANN LEE", ["ANN LEE"]),
        ("Written by Ann Lee", ["Ann Lee"]),
        ("Written by:Ann Lee", ["Ann Lee"]),
        ("Story by Ann Lee", ["Ann Lee"]),
        ("Posted by Ann Lee", ["Ann Lee"]),
        ("Author: Ann Lee", ["Ann Lee"]),
        ("Von Anna Lee", ["Anna Lee"]),
        ("Ein Artikel von Anna Lee", ["Anna Lee"]),
        ("Von der Leyen", ["Von der Leyen"]),
        ("Par Anne Lys", ["Anne Lys"]),
        ("Propos recueillis par Anne Lys", ["Anne Lys"]),
        ("Por Ana López", ["Ana López"]),
        ("di Anna Riva", ["Anna Riva"]),
        ("Di Maria", ["Di Maria"]),
        ("A cura di Anna Riva", ["Anna Riva"]),
        ("Door Anna de Vries", ["Anna de Vries"]),
        ("Skrevet av Anna Lie", ["Anna Lie"]),
        ("Tekst: Anna Lie", ["Anna Lie"]),
        ("Theo Müller", ["Theo Müller"]),
        ("Foto: Anna Lie", []),
        ("Interview: Anna Lie", ["Anna Lie"]),
        ("Analysis by Ann Lee, MDR Editor-at-large", ["Ann Lee"]),
        ("ByAnn Lee", ["Ann Lee"]),
        ("Ann Lee @annlee", ["Ann Lee"]),
        ("Ann Lee Updated March 3, 2026", ["Ann Lee"]),
        ("Ann Lee Political Editor", ["Ann Lee"]),
        ("Political Editor Ann Lee", ["Ann Lee"]),
        ("Senior Reporter | Ann Lee", ["Ann Lee"]),
        ("Ann Lee. Herald International", ["Ann Lee"]),
        ("Ann Lee, Lille", ["Ann Lee"]),
        ("Ann Lee, MDR", ["Ann Lee"]),
        ("Ann Lee Associated Press", ["Ann Lee", "Associated Press"]),
        ("Ann Lee and Bob Ray, dpa", ["Ann Lee", "Bob Ray", "dpa"]),
        ("Ann Lee mit AP", ["Ann Lee", "AP"]),
        ("Ann Lee und dpa", ["Ann Lee", "dpa"]),
        ("dpa/Ann Lee", ["dpa", "Ann Lee"]),
        ("Ann Lee / Bob Ray", ["Ann Lee", "Bob Ray"]),
        ("Ann Lee / Journalist", ["Ann Lee"]),
        ("rfw/hosb;kesm", ["rfw", "hosb", "kesm"]),
        ("AFP, SALTBY", ["AFP"]),
        ("Harbour Herald Editorial Staff", ["Harbour Herald Editorial Staff"]),
        ("Staff Reporter", ["Staff Reporter"]),
        ("柳知夏 ／", ["柳知夏"]),
        ("Автор: Глафира Незванова", ["Глафира Незванова"]),
        ("Oleh Sari Dewi", ["Sari Dewi"]),
        ("作者：柳知夏", ["柳知夏"]),
        ("文／柳知夏", ["柳知夏"]),
        ("記者 松岡大地", ["松岡大地"]),
        ("نویسنده: آنا لی", ["آنا لی"]),
        ("Byron Lee", ["Byron Lee"]),
        ("Mark Sigetty", ["Mark Sigetty"]),
        ("Parker Lee", ["Parker Lee"]),
        ("Ann Lee and Bob Ray", ["Ann Lee", "Bob Ray"]),
        ("Ann Lee & Bob Ray", ["Ann Lee", "Bob Ray"]),
        ("Ann and Bob", ["Ann", "Bob"]),
        ("Ann Lee, Bob Ray and Cy Fox", ["Ann Lee", "Bob Ray", "Cy Fox"]),
        ("Ann Lee, Bob Ray, and Cy Fox", ["Ann Lee", "Bob Ray", "Cy Fox"]),
        ("Ann Lee; Bob Ray", ["Ann Lee", "Bob Ray"]),
        ("Anna Lee und Bodo Ray", ["Anna Lee", "Bodo Ray"]),
        ("Anne Lys et Yvon Le Goazec", ["Anne Lys", "Yvon Le Goazec"]),
        ("Ana López y Beto Ruiz", ["Ana López", "Beto Ruiz"]),
        ("Anna Lie og Bo Ek", ["Anna Lie", "Bo Ek"]),
        ("Anna Nowak i Jan Zych", ["Anna Nowak", "Jan Zych"]),
        ("Анна Лис и Борис Рой", ["Анна Лис", "Борис Рой"]),
        ("José Ortega y Gasset", ["José Ortega y Gasset"]),
        ("柳知夏、孟小满", ["柳知夏", "孟小满"]),
        ("Ann Lee, Jr.", ["Ann Lee, Jr."]),
        ("Ann Lee, Jr. and Bob Ray, III", ["Ann Lee, Jr.", "Bob Ray, III"]),
        ("Ann Lee, MD", ["Ann Lee, MD"]),
        ("Ann Lee, Ph.D., Bob Ray, RN", ["Ann Lee, Ph.D.", "Bob Ray, RN"]),
        ("Lee, Ann", ["Lee, Ann"]),
        ("Müller, Änne", ["Müller, Änne"]),
        ("Dr. Ann Lee", ["Dr. Ann Lee"]),
        ("A. J. Lee", ["A. J. Lee"]),
        ("Ann Lee, Senior Reporter", ["Ann Lee"]),
        ("Ann Lee Senior Reporter", ["Ann Lee"]),
        ("Ann Lee | Staff Writer | March 24, 2026", ["Ann Lee"]),
        ("Ann Lee, Chief Correspondent, and Bob Ray", ["Ann Lee", "Bob Ray"]),
        ("By Ann Lee, safety expert & Bob Ray, harbour expert", ["Ann Lee", "Bob Ray"]),
        ("By Ann Lee Photos by Bob Ray", ["Ann Lee"]),
        ("Text von Anna Lee   Illustration von Uwe Rau", ["Anna Lee"]),
        ("Words: Ann Lee, Bob Ray Photos: Bob Ray", ["Ann Lee", "Bob Ray"]),
        ("Text und Fotos: Anna Lee", ["Anna Lee"]),
        ("Photos by Bob Ray", []),
        ("Von Anna Lee, Redakteurin und Uwe Rau, Korrespondent", ["Anna Lee", "Uwe Rau"]),
        ("Ann Lee, editor of the Harbour and Ferry Herald", ["Ann Lee"]),
        ("Ann Lee, The Harbour Herald", ["Ann Lee"]),
        ("Ann Lee, MDR THÜRINGEN", ["Ann Lee"]),
        ("Ann Lee March 24, 2026", ["Ann Lee"]),
        ("Ann Lee, Dec 17, 2026", ["Ann Lee"]),
        ("Ann Lee on Tuesday, March 24, 2026", ["Ann Lee"]),
        ("Anna Lee, 24. März 2026", ["Anna Lee"]),
        ("Anna Lee 24.03.2026", ["Anna Lee"]),
        ("Ann Lee • 5 min read", ["Ann Lee"]),
        ("Ann Lee (ann@herald.example)", ["Ann Lee"]),
        ("Ann Lee ann@herald.example", ["Ann Lee"]),
        ("Ann Lee (Image: Harbour Pictures)", ["Ann Lee"]),
        ("(Image: Harbour Pictures)", []),
        ("desk@herald.example", []),
        ("https://herald.example/ann", []),
        ("www.herald.example/ann", []),
        ("dpa", ["dpa"]),
        ("AFP", ["AFP"]),
        ("Ann Lee, AFP", ["Ann Lee", "AFP"]),
        ("Ann Lee with agencies", ["Ann Lee"]),
        ("Harbour News Agency", ["Harbour News Agency"]),
        ("The Harbour Herald et AFP", ["The Harbour Herald", "AFP"]),
        ("Center for Harbour Evaluation and Research", ["Center for Harbour Evaluation and Research"]),
        ("Herald-Online-Experte Bo Ek", ["Bo Ek"]),
        ("Wirtschaftsredakteurin Ann Lee", ["Ann Lee"]),
        ("Ann Lee, Senior Director, Content & Marketing", ["Ann Lee"]),
        ("Eingestellt von der Michel", ["der Michel"]),
        ("herald.example Redaktion", ["herald.example Redaktion"]),
        ("Autorenseite von", []),
        ("Nachrichtenagentur", []),
        ("_ann", []),
        ("admin", []),
        ("Read more", []),
        ("View all posts", []),
        ("March 24, 2026", []),
        ("5 min read", []),
        ("Sat", []),
        ("", []),
        ("|", []),
        ("The ferry sails again from the old harbour, said the harbour master on Monday.", []),
    ],
)
def test_names_of_a_byline(text: str, names: list[str]) -> None:
    assert list(clean_names([text], OUTLETS)) == names


def test_each_name_comes_once_in_order() -> None:
    assert clean_names(["Bo Ek", "Ann Lee", "BO EK", "By Bo Ek"]) == ("Bo Ek", "Ann Lee")


@pytest.mark.parametrize("name", ["herald.example", "FOCUS online", "Redaktion", "jsteinhardt", "毎日新聞"])
def test_stated_names_need_not_look_like_names(name: str) -> None:
    assert clean_names([name], declared=True) == (name,)


@pytest.mark.parametrize("name", ["admin", "page.head.extra.author", "{{author}}", "https://herald.example/a", "x"])
def test_placeholders_are_no_names_even_when_stated(name: str) -> None:
    assert clean_names([name], declared=True) == ()


def test_an_organisations_name_is_not_split() -> None:
    assert clean_names(["Ray & Lee"], whole=True) == ("Ray & Lee",)


@pytest.mark.parametrize("text", ["Senior Health Reporter", "Chefredakteur", "Founder", "Journaliste"])
def test_roles_are_known(text: str) -> None:
    assert is_role(text)
    assert not is_role("Ann Lee")


@pytest.mark.parametrize("text", ["Subscribe now", "what to know about ferries", "24 Mar", "ferry?", "a" * 80])
def test_other_lines_are_no_names(text: str) -> None:
    assert not is_name(text)
