"""Text that was encoded as UTF-8 twice."""

import pytest

from newsspider.pages.mojibake import may_be_encoded_twice, mend_double_encoding

TEXTS = [
    pytest.param("le café a rouvert à l’été, dit la mère", id="French"),
    pytest.param("Größe für Mädchen: „schön“", id="German"),
    pytest.param("são três ações", id="Portuguese"),
    pytest.param("są żółte ćmy nad łodzią", id="Polish"),
    pytest.param("țara și știrile", id="Romanian"),
    pytest.param("Паром снова ходит", id="Russian"),
    pytest.param("Το πλοίο σαλπάρει", id="Greek"),
    pytest.param("המעבורת מפליגה", id="Hebrew"),
    pytest.param("العبارة تبحر", id="Arabic"),
    pytest.param("渡轮重新起航", id="Chinese"),
    pytest.param("เรือข้ามฟาก", id="Thai"),
    pytest.param("It’s “back” – so she said…", id="punctuation"),
    pytest.param("⛴ 🚢 ⚓ 🌊", id="emoji"),
]


def encode_twice(text: str, charset: str) -> str:
    """Return what UTF-8 becomes when it is read in another charset; bytes without a character there are controls."""
    return "".join(bytes([byte]).decode(charset, "ignore") or chr(byte) for byte in text.encode())


@pytest.mark.parametrize("charset", ["latin-1", "cp1252"])
@pytest.mark.parametrize("text", TEXTS)
def test_text_that_was_encoded_twice_is_mended(text: str, charset: str) -> None:
    twice = encode_twice(text, charset)
    assert may_be_encoded_twice(twice.encode())
    assert mend_double_encoding(twice) == text


@pytest.mark.parametrize("text", TEXTS)
def test_text_that_was_encoded_once_stays(text: str) -> None:
    assert mend_double_encoding(text) == text


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("„Spaß“, „Maß“ und „Fuß“", id="German words in quotation marks"),
        pytest.param("«A VOZ DA MANHû, «DA MANHû e «A MANHû", id="Portuguese capitals in quotation marks"),
        pytest.param("»PÅ«, »PÅ« og »PÅ«", id="Danish capitals in quotation marks"),
        pytest.param("HÄTÄ” MITÄ” SITÄ”", id="Finnish capitals in quotation marks"),
        pytest.param("il l’a «aidé»… et «aimé»… et «quitté»…", id="French words before two marks"),
        pytest.param("The page showed cafÃ© and crÃ¨me.", id="two of them only"),
    ],
)
def test_right_text_stays(text: str) -> None:
    assert mend_double_encoding(text) == text


def test_what_was_encoded_once_stays_beside_it() -> None:
    assert mend_double_encoding("Ménage: cafÃ©, thÃ©, purÃ©e, «ÉTÉ»") == "Ménage: café, thé, purée, «ÉTÉ»"
