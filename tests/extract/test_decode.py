"""Encodings: the evidence in its order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebook.extract.decode import decode

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


@pytest.mark.parametrize(("text", "encoding"), [(RUSSIAN * 5, "cp1251"), (JAPANESE * 5, "euc-jp")])
def test_an_undeclared_encoding_is_told_by_its_letters(text, encoding):
    assert decode(text.encode(encoding)) == text


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
