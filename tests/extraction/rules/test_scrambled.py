"""Scrambled text is told from sound text in many languages."""

import codecs
import random

import pytest

from newsspider.extraction.rules.scrambled import (
    has_mixed_letters,
    has_replaced_letters,
    is_filler,
    is_scrambled,
    is_shuffled,
    looks_sound,
)

ENGLISH = (
    "The ferry sailed from the old harbour on Monday morning, for the first time in nine years, with forty on board. "
    "Its captain, who had waited as long, said that the engine sounded better than she did, and that tea was free. "
    "Nobody on the island had believed that the letter would be signed, but it was, and by all of them."
)
SOUND = {
    "English": ENGLISH,
    "German": (
        "Die Fähre ist am Montag zum ersten Mal seit neun Jahren aus dem alten Hafen ausgelaufen, und es "
        "waren vierzig Menschen an Bord. Der Kapitän, der so lange gewartet hatte, sagte, dass die Maschine "
        "besser klinge als er, und dass der Tee nichts koste. Auf der Insel hatte niemand geglaubt, dass der "
        "Brief von allen unterschrieben wird."
    ),
    "French": (
        "Le bac a quitté le vieux port lundi matin pour la première fois en neuf ans, avec quarante personnes "
        "à bord. Le capitaine, qui avait attendu aussi longtemps, a dit que la machine était plus en forme "
        "que lui et que le thé était pour tous. Sur l’île, personne ne pensait que la lettre serait signée "
        "par le conseil, mais elle l’est."
    ),
    "Spanish": (
        "El transbordador salió del viejo puerto el lunes por la mañana por primera vez en nueve años, con "
        "cuarenta personas a bordo. El capitán, que había esperado lo mismo, dijo que la máquina sonaba mejor "
        "que él y que el té era para todos. En la isla nadie creía que la carta se iba a firmar, pero se "
        "firmó, y por los dos lados."
    ),
    "Polish": (
        "Prom wypłynął w poniedziałek rano ze starego portu po raz pierwszy od dziewięciu lat, a na pokładzie "
        "było czterdzieści osób. Kapitan, który czekał tak długo, powiedział, że silnik brzmi lepiej niż on i "
        "że herbata jest za darmo. Na wyspie nikt nie wierzył, że list będzie podpisany, ale to się stało, i "
        "to przez wszystkich."
    ),
    "Finnish": (
        "Lautta lähti maanantaiaamuna vanhasta satamasta ensimmäisen kerran yhdeksään vuoteen, ja sillä oli "
        "neljäkymmentä matkustajaa. Kapteeni, joka oli odottanut yhtä kauan, sanoi että kone kuulostaa "
        "paremmalta kuin hän ja että tee on ilmaista. Saarella ei kukaan uskonut, että kirje "
        "allekirjoitetaan, mutta niin on nyt tehty."
    ),
    "Hungarian": (
        "A komp hétfő reggel kilenc év után először indult el a régi kikötőből, és negyvenen voltak a "
        "fedélzeten. A kapitány, aki ugyanennyit várt, azt mondta, hogy a gép jobban szól, mint ő, és hogy a "
        "tea ingyen van. A szigeten senki sem hitte, hogy a levelet aláírják, de az is megtörtént, és nem is "
        "egyszer."
    ),
    "Vietnamese": (
        "Chuyến phà rời bến cảng cũ vào sáng thứ hai lần đầu tiên sau chín năm, với bốn mươi người trên tàu. "
        "Thuyền trưởng, người đã chờ lâu như thế, nói rằng máy nghe tốt hơn ông và trà thì miễn phí. Trên đảo "
        "không ai tin là lá thư sẽ được ký, nhưng nó đã được ký, và bởi tất cả những người trong hội đồng."
    ),
    "Russian": (
        "Паром вышел из старой гавани в понедельник утром впервые за девять лет, и на борту было сорок "
        "человек. Капитан, который ждал столько же, сказал, что машина звучит лучше, чем он, и что чай для "
        "всех бесплатный. На острове никто не верил, что письмо будет подписано, но это было сделано, и не "
        "один раз."
    ),
    "Greek": (
        "Το πλοίο έφυγε από το παλιό λιμάνι τη Δευτέρα το πρωί για πρώτη φορά μετά από εννέα χρόνια, με "
        "σαράντα άτομα. Ο καπετάνιος, που περίμενε τόσο καιρό, είπε ότι η μηχανή ακούγεται καλύτερα από αυτόν "
        "και ότι το τσάι είναι για όλους. Στο νησί κανείς δεν πίστευε ότι θα υπογραφεί το γράμμα, αλλά το "
        "υπέγραψαν με τη σειρά όλοι."
    ),
}
UNKNOWN = {
    "Latin": (
        "Navis e portu vetere die Lunae mane profecta est, quod novem annos factum non erat, et quadraginta "
        "homines in ea erant. Magister, qui tam diu exspectaverat, machinam melius quam se ipsum sonare "
        "dixit. In insula nemo credidit litteras esse subscribendas, sed ab omnibus subscriptae sunt."
    ),
    "Zulu": (
        "Isikebhe sisuke ethekwini elidala ngoMsombuluko ekuseni okokuqala eminyakeni eyisishiyagalolunye, "
        "siphethe abantu abangamashumi amane. Ukaputeni, obelinde isikhathi eside, uthe injini izwakala "
        "kangcono kunaye futhi itiye limahhala. Esiqhingini akekho obekholwa ukuthi incwadi izosayinwa, kodwa "
        "isayinwe kabili."
    ),
    "Welsh": (
        "Hwyliodd y fferi o’r hen harbwr fore Llun am y tro cyntaf ers naw mlynedd, gyda deugain o bobl arni. "
        "Dywedodd y capten, a oedd wedi aros cyhyd, fod yr injan yn swnio’n well nag ef a bod y te am ddim. "
        "Nid oedd neb ar yr ynys yn credu y byddai’r llythyr yn cael ei lofnodi, ond fe’i llofnodwyd "
        "ddwywaith."
    ),
    "Chinese": "渡轮星期一早上九年来第一次从老港口出发，船上有四十人。船长也等了同样长的时间，她说机器好。" * 2,
    "code": "for (let i = 0; i < rows.length; i++) { const cell = rows[i].cells[2]; if (cell.hidden) { skip(cell); } }"
    * 3,
    "results": "HSV – FCB 2:1, BVB – SVW 0:0, VfB – FCN 3:1, FCA – TSG 1:1, M05 – KOE 2:2, RBL – SGE 4:0",
    "names": "Oyelaran, Achterberg, Varga, Okonjo, Lundqvist, Brandt, Keller, Corrigall, Drever, Njoroge, Szabó, Ng",
    "codes": "ATL BOS BKN CHI CLE DAL DEN DET GSW HOU IND LAC LAL MEM MIA MIL MIN NOP NYK OKC ORL PHI PHX POR SAC",
}
FILLER = (
    "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut labore et dolore "
    "magna aliqua. Ut enim ad minim veniam, quis nostrud exercitation ullamco laboris nisi ut aliquip ex ea commodo "
    "consequat."
)


def shifted(text: str, alphabet: str, by: int) -> str:
    order = alphabet[by:] + alphabet[:by]
    return text.translate(str.maketrans(alphabet + alphabet.upper(), order + order.upper()))


def rot47(text: str) -> str:
    return "".join(chr(33 + (ord(each) - 33 + 47) % 94) if 33 <= ord(each) < 127 else each for each in text)


LATIN, CYRILLIC, GREEK = "abcdefghijklmnopqrstuvwxyz", "абвгдежзийклмнопрстуфхцчшщъыьэюя", "αβγδεζηθικλμνξοπρστυφχψω"
IN_LATIN = [name for name in SOUND if name not in ("Russian", "Greek")]


@pytest.mark.parametrize("text", [*SOUND.values(), *UNKNOWN.values()], ids=[*SOUND, *UNKNOWN])
def test_sound_text_is_not_scrambled(text: str) -> None:
    assert not is_scrambled(text)
    assert not is_shuffled(text)


@pytest.mark.parametrize("text", SOUND.values(), ids=SOUND)
def test_a_glance_shows_that_text_is_sound(text: str) -> None:
    assert looks_sound(text)


@pytest.mark.parametrize("by", [1, 3, 13, 25])
@pytest.mark.parametrize("language", IN_LATIN)
def test_shifted_letters_are_seen(language: str, by: int) -> None:
    text = shifted(SOUND[language], LATIN, by)
    assert has_replaced_letters(text)
    assert not looks_sound(text)


@pytest.mark.parametrize(
    ("language", "alphabet", "by"), [("Russian", CYRILLIC, 16), ("Russian", CYRILLIC, 3), ("Greek", GREEK, 12)]
)
def test_shifted_letters_of_other_scripts_are_seen(language: str, alphabet: str, by: int) -> None:
    assert is_scrambled(shifted(SOUND[language], alphabet, by))


@pytest.mark.parametrize("language", [name for name in IN_LATIN if name != "Vietnamese"])
def test_rot47_is_seen(language: str) -> None:
    assert is_scrambled(rot47(SOUND[language]))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(ENGLISH.translate(str.maketrans(LATIN, LATIN[::-1])), id="the alphabet turned round"),
        pytest.param(" ".join(word[::-1] for word in ENGLISH.split()), id="words turned round"),
        pytest.param(FILLER, id="filler"),
        pytest.param(FILLER.lower().replace(",", ""), id="filler without commas"),
        pytest.param(codecs.encode(ENGLISH[:110], "rot13"), id="one sentence"),
    ],
)
def test_other_orders_and_filler_are_seen(text: str) -> None:
    assert is_scrambled(text)


@pytest.mark.parametrize("text", ["", "Gur srerl", "Lorem ipsum", codecs.encode("The ferry sails at nine", "rot13")])
def test_few_words_tell_nothing(text: str) -> None:
    assert not is_scrambled(text)


def test_latin_is_not_filler() -> None:
    assert not is_filler(UNKNOWN["Latin"])


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("language", SOUND)
def test_shuffled_words_are_seen(language: str, seed: int) -> None:
    words = (SOUND[language] * 3).replace(".", ". ").split()
    random.Random(seed).shuffle(words)
    assert is_shuffled(" ".join(words))


@pytest.mark.parametrize("language", ["English", "German", "French", "Spanish"])
def test_shuffled_letters_are_seen(language: str) -> None:
    dice = random.Random(1)
    mixed = " ".join("".join(dice.sample(word, len(word))) for word in (SOUND[language] * 2).split())
    assert has_mixed_letters(mixed, SOUND[language])


@pytest.mark.parametrize("beside", [*SOUND.values(), *UNKNOWN.values()], ids=[*SOUND, *UNKNOWN])
@pytest.mark.parametrize("text", SOUND.values(), ids=SOUND)
def test_sound_text_has_no_mixed_letters_whatever_is_beside_it(text: str, beside: str) -> None:
    assert not has_mixed_letters(text, beside)


def test_encrypted_text_is_seen() -> None:
    assert has_mixed_letters("U2FsdGVkX1" + "9aGVsbG8gd29ybGQ" * 20, ENGLISH)
