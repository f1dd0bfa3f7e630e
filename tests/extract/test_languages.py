"""The language of a page: what it says, held against its words."""

import pytest

from sourcebook.extract import About, extract
from sourcebook.extract.languages import language_of
from sourcebook.types.documents import Confidence

TEXTS = {
    "en": "The council said that it had tested the model for a year, and that this was not enough for them. ",
    "de": "Der Rat sagte, dass er das Modell ein Jahr lang getestet hat, und dass es für sie nicht genug ist. ",
    "fr": "Le conseil a dit que le modèle avait été testé pendant un an, et que ce n'est pas assez pour elle. ",
    "es": "El consejo dijo que había probado el modelo durante un año, y que no es suficiente para los demás. ",
    "it": "Il consiglio ha detto che il modello è stato provato per un anno, e che non è abbastanza per gli altri. ",
    "pt": "O conselho disse que o modelo foi testado por um ano, e que não é suficiente para as pessoas do país. ",
    "nl": "De raad zei dat het model een jaar lang is getest, en dat het voor hen niet genoeg is om te weten. ",
    "pl": "Rada powiedziała, że model był testowany przez rok, ale to nie jest dla nich dużo i się nie zgadza. ",
    "ru": "Совет сказал, что модель проверяли год, но это не так много, как было для него на словах и в делах. ",
    "ja": "評議会は、モデルを一年間試験したが、それでは十分ではないと述べた。",
    "zh": "理事会表示，他们对该模型进行了一年的测试，但这还不够。",
    "ko": "위원회는 모델을 일 년 동안 시험했지만 충분하지 않다고 말했다. ",
    "el": "Το συμβούλιο είπε ότι δοκίμασε το μοντέλο για ένα χρόνο και ότι δεν είναι αρκετό. ",
    "ar": "قال المجلس إن النموذج تم اختباره لمدة عام في المدينة، وإن ذلك لا يكفي من وجهة نظر على هذا. ",
}


def read(text: str, attribute: str = "", head: str = ""):
    page = f"<html{attribute}><head><title>T</title>{head}</head><body><article><p>{text}</p></article></body></html>"
    return extract(page.encode(), About("https://a.example/", "text/html"))


@pytest.mark.parametrize(("language", "text"), TEXTS.items(), ids=TEXTS)
def test_the_words_tell_the_language_of_a_page_that_does_not_say(language, text):
    document = read(text * 8)

    assert document.language == language
    assert document.confidences["language"] is Confidence.MEDIUM


def test_the_page_says_it_with_its_region():
    document = read(TEXTS["en"] * 8, ' lang="en_gb"')

    assert document.language == "en-GB"
    assert document.confidences["language"] is Confidence.HIGH


def test_words_that_clearly_deny_what_a_template_says_are_believed_and_both_are_shown():
    document = read(TEXTS["de"] * 8, ' lang="en-US"')

    assert document.language == "de"
    assert [(one.value, one.origin) for one in document.conflicts["language"]] == [("en-US", "lang")]


def test_of_two_tags_the_one_that_the_words_bear_out_is_taken():
    document = read(TEXTS["de"] * 8, ' lang="en"', '<meta property="og:locale" content="de_AT">')

    assert document.language == "de-AT"
    assert document.confidences["language"] is Confidence.MEDIUM


def test_norwegian_has_more_than_one_tag():
    text = "Rådet sa at de har testet modellen i et år, og at det ikke er nok for dem som har sett den fra før. "

    assert read(text * 8, ' lang="nb"').language == "nb"


@pytest.mark.parametrize("text", ["", "Too short to tell.", "lorem ipsum dolor sit amet " * 40, "123 456 " * 100])
def test_a_text_that_tells_nothing_has_no_language(text):
    assert language_of(text) == ""
