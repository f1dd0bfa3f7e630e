"""Encodings: the evidence in its order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebook.errors import StepError
from sourcebook.extract import About
from sourcebook.extract.decode import decode, readable, repaired, unreadable_share

RUSSIAN = "<p>Совет опубликовал модель в понедельник, за неделю до обещанной проверки.</p>"
JAPANESE = "<p>評議会は月曜日にモデルを公開した。約束された評価の一週間前だった。</p>"
CHINESE = "<p>理事会在周一公布了模型，比承诺的评估早了一周。</p>"
KOREAN = "<p>위원회는 월요일에 모델을 공개했다. 약속한 평가보다 일주일 빨랐다.</p>"
GERMAN = "<p>Der Rat veröffentlichte das Modell „zu früh“, für 5 €.</p>"


@pytest.mark.parametrize(
    ("text", "encoding", "label"),
    [
        (RUSSIAN, "cp1251", "windows-1251"),
        (RUSSIAN, "koi8-r", "KOI8-R"),
        (JAPANESE, "cp932", "Shift_JIS"),
        (JAPANESE, "euc-jp", "euc-jp"),
        (JAPANESE, "iso2022_jp", "ISO-2022-JP"),
        (CHINESE, "gb18030", "gb2312"),
        (KOREAN, "cp949", "euc-kr"),
        (GERMAN, "cp1252", "iso-8859-1"),
    ],
)
def test_a_declared_encoding_is_read_from_header_or_page(text, encoding, label):
    assert decode(text.encode(encoding), label) == text
    declared = f'<meta charset="{label}">{text}'
    assert decode(declared.encode(encoding)) == declared


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_marks_and_zeros_tell_the_wide_encodings(encoding):
    page = f"<html><head><title>t</title></head><body>{GERMAN}</body></html>"

    assert decode(page.encode(encoding)) == page


# A sentence or two of each language, and the encodings that its pages were written in before UTF-8.
LEGACY = {
    "Russian": (RUSSIAN, "cp1251 koi8-r iso8859-5"),
    "Ukrainian": (
        "<p>Рада опублікувала модель у понеділок, за тиждень до обіцяної перевірки її якості.</p>",
        "cp1251 koi8-u",
    ),
    "Greek": (
        "<p>Το συμβούλιο δημοσίευσε το μοντέλο τη Δευτέρα, μία εβδομάδα πριν από την αξιολόγηση.</p>",
        "cp1253 iso8859-7",
    ),
    "Polish": (
        "<p>Rada opublikowała model w poniedziałek, tydzień przed obiecaną oceną jego jakości; źle się stało.</p>",
        "cp1250 iso8859-2",
    ),
    "Czech": (
        (
            "<p>Rada zveřejnila model v pondělí, týden před slíbeným hodnocením. Řada členů "
            "měla námitky; něco se děje příliš rychle.</p>"
        ),
        "cp1250 iso8859-2",
    ),
    "Hungarian": (
        (
            "<html lang=hu><p>A tanács hétfőn közzétette a modellt, egy héttel az ígért "
            "értékelés előtt. Többen fölöslegesnek tartják, mert túl gyorsan történt.</p>"
        ),
        "cp1250 iso8859-2",
    ),
    "Turkish": (
        (
            "<p>Konsey modeli pazartesi günü, söz verilen değerlendirmeden bir hafta önce "
            "yayımladı. Üyeler bunun çok hızlı olduğunu, şaşırdıklarını söyledi.</p>"
        ),
        "cp1254",
    ),
    "French": (
        (
            "<p>Le conseil a publié le modèle lundi, une semaine avant l’évaluation promise. "
            "Des députés s’étonnent ; à tort, dit-on.</p>"
        ),
        "cp1252",
    ),
    "Finnish": (
        (
            "<p>Neuvosto julkaisi mallin maanantaina, viikkoa ennen luvattua arviointia. "
            "Jäsenet pitivät tätä hätäisenä.</p>"
        ),
        "cp1252",
    ),
    "Hebrew": ("<p>המועצה פרסמה את המודל ביום שני, שבוע לפני ההערכה שהובטחה לחברים.</p>", "cp1255"),
    "Arabic": ("<p>نشر المجلس النموذج يوم الاثنين، قبل أسبوع من التقييم الموعود للأعضاء في المدينة.</p>", "cp1256"),
    "Thai": ("<p>สภาเผยแพร่แบบจำลองเมื่อวันจันทร์ หนึ่งสัปดาห์ก่อนการประเมินที่สัญญาไว้</p>", "cp874"),
    "Japanese": (JAPANESE, "cp932 euc-jp iso2022_jp"),
    "Chinese": (CHINESE, "gb18030"),
    "Chinese, traditional": ("<p>理事會在週一公佈了模型，比承諾的評估早了一週。成員們感到驚訝。</p>", "big5"),
    "Korean": (KOREAN, "cp949"),
}
UNSAID = [
    pytest.param(text * 4, encoding, id=f"{language} in {encoding}")
    for language, (text, encodings) in LEGACY.items()
    for encoding in encodings.split()
]


@pytest.mark.parametrize(("text", "encoding"), UNSAID)
def test_an_undeclared_encoding_is_told_by_its_letters(text, encoding):
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize(("text", "encoding"), UNSAID)
def test_a_page_that_says_utf_8_and_is_not_is_told_by_its_letters(text, encoding):
    page = f'<meta charset="utf-8">{text}'

    assert decode(page.encode(encoding), "utf-8") == page


@pytest.mark.parametrize("encoding", ["cp1251", "cp1253", "euc-jp", "gb18030", "cp949"])
def test_latin_1_is_no_evidence_where_the_letters_are_not_latin(encoding):
    text = next(text for text, encodings in LEGACY.values() if encoding in encodings.split())

    assert decode((text * 4).encode(encoding), "iso-8859-1") == text * 4


def test_latin_9_has_letters_where_windows_1252_has_signs():
    text = "<p>Le cœur de l'œuvre coûte 5 € à Nancy, et la sœur de l'évêque l'a déjà payée.</p>" * 4

    assert decode(text.encode("iso8859-15")) == text
    assert decode((text.replace("'", "’")).encode("cp1252")) == text.replace("'", "’")


@pytest.mark.parametrize(
    ("label", "encoding", "word"),
    [
        ("x-sjis", "cp932", "評価"),
        ("windows-874", "cp874", "สภา"),
        ("ISO-8859-8-I", "iso8859-8", "שבוע"),
        ("x-gbk", "gbk", "模型"),
        ("cn-big5", "big5", "理事會"),
        ("ks_c_5601-1987", "cp949", "모델"),
    ],
)
def test_labels_that_only_the_web_knows_are_known(label, encoding, word):
    assert decode(word.encode(encoding), label) == word


TWICE = "The council’s “café” déjà published — naïve, it said, as the Élysée’s über-chef had. 模型 в понедельник"


def test_text_that_was_encoded_twice_is_made_whole():
    bytes_read_wrongly = "".join(
        chr(byte) if byte in b"\x81\x8d\x8f\x90\x9d" else bytes([byte]).decode("cp1252") for byte in TWICE.encode()
    )

    assert decode(bytes_read_wrongly.encode()) == TWICE


@pytest.mark.parametrize(
    "text",
    [
        "Die „AÜ“ und die „BÖ“ des Ältestenrates für Ämter.",
        "ÃÉ são vogais; a maçã é do irmão.",
        "10 Â° and Ã© once",
        GERMAN,
    ],
)
def test_what_only_looks_like_it_is_left_alone(text):
    assert repaired(text) == text


@given(st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=0x4FF), max_size=80))
def test_repair_changes_no_ascii(text):
    def ascii_of(words):
        return [character for character in words if character.isascii()]

    assert ascii_of(repaired(text)) == ascii_of(text)


@pytest.mark.parametrize("label", ["undefined", "unicode_escape", "punycode", "idna", "rot13", "hex", "utf-7"])
def test_a_label_that_is_no_encoding_of_pages_is_not_obeyed(label):
    assert decode(RUSSIAN.encode("cp1251"), label) == decode(RUSSIAN.encode("cp1251"))
    assert decode(rb"a\u0041b \xff", label).startswith(r"a\u0041b")


def test_what_no_encoding_makes_sense_of_is_not_kept_as_a_text():
    latin_in_utf_8 = "<p>Ä</p>".encode() * 30 + b"<p>\xff\xfe\xff</p>" * 30

    with pytest.raises(StepError, match="no encoding makes sense"):
        readable(b"\xef\xbb\xbf" + latin_in_utf_8, About("https://a.example/"))


def test_how_much_could_not_be_read_is_told():
    assert unreadable_share("plain words") == 0
    assert unreadable_share("é\ufffd") == 0.5


def test_utf_8_that_says_otherwise_is_utf_8():
    assert decode(f'<meta charset="iso-8859-1">{GERMAN}'.encode(), "latin-1").endswith(GERMAN)
    assert decode(f'<meta charset="utf-16">{GERMAN}'.encode()).endswith(GERMAN)


def test_utf_8_with_a_few_broken_bytes_stays_utf_8():
    body = (RUSSIAN * 20).encode() + b"\xff\xfe" + RUSSIAN.encode()

    assert decode(body).count("Совет") == 21


@given(st.binary(max_size=300), st.text(max_size=12))
def test_no_bytes_and_no_label_make_it_fail(body, label):
    assert isinstance(decode(body, label), str)


@given(st.text(max_size=200))
def test_utf_8_comes_back_as_it_was(text):
    assert decode(b"\xef\xbb\xbf" + text.encode()) == text
