"""How pages with a good status say that there is no such page: words by language, and where they count.

Titles and headings count whole, or whole between separators: "Page not found | The Site" is one, "How we chose our 404
page" is none. Sentences count over little text only.
"""

import re

from sourcebook.fetch.glance import Glance
from sourcebook.fetch.marks import LITTLE
from sourcebook.patterns import pattern
from sourcebook.types.captures import Outcome

_MOST_PROSE = 1_500  # characters: error pages that make jokes or offer other stories stay below

# Apostrophes are straight by the time that these are looked for.
_OOPS = r"(error:? )?(oops|uh[- ]oh|whoops|hmm+|ouch)?[!,.…]* ?((we're )?sorry[,.!]* )?(but )?"
_THING = r"(page|article|content|document|file|url|story|resource|site|link|post|item|product|video|job|event|listing)"
_THE = r"(the |this |that |your )?"
_NO = r"((could|can|was|were|is|are|has|have|does|do|did)(n't| not)|can't|cannot|not|no longer|never)"
_LOST = (
    rf"({_NO} (be |been |longer |currently )*(found|available|exists?|here|there|active)"
    r"|((has|have|was|were|is|are) )?(been |no longer |be )*(removed|deleted|renamed|unavailable|expired|gone|missing))"
)
_CANNOT = r"(can't|cannot|can not|couldn't|could not|(were|are) unable to) (seem to )?"
_SOUGHT = r"(looking for|requested|request|followed|entered|(tried|trying) to (reach|open|access|view|find))"
_NICHT = r"(nicht (gefunden( werden)?|mehr verfügbar|verfügbar|vorhanden)|existiert nicht( mehr)?)"
_PAGE_FR = r"(erreur:? ?)?(404 )?(la |cette )?(page|article|contenu) (demandée? )?"
_NORTH = r"(inte|ikke) (hittades|hittas|fundet|findes|funnet|finnes)"

_TITLES = (
    r"(error:? ?|http ?)*(status )?(404|410)( error| page)?",
    r"(error:? ?|http ?)*(status )?(404|410)( error| page)?[:,.–—-]? ?(page |file |error:? )?(not found|gone)",
    rf"{_OOPS}{_THE}(requested )?{_THING}s? (you requested |you('re| are) looking for )?{_LOST}",
    rf"{_OOPS}(we )?{_CANNOT}find (that|this|the|your) {_THING}( you('re| are) looking for)?",
    r"(the |this |that )?page (doesn't|does not|no longer) exists?|page (missing|unavailable|not available|error)",
    r"not found|missing page|nothing (was )?found( here)?|no results? found|dead link|broken link|file not found",
    r"(this|that|the) page (has )?(moved|vanished|disappeared|gone missing)",
    rf"(fehler:? ?)?(404 )?(die |diese )?(angeforderte )?(seite|artikel) (wurde |konnte |ist )?(leider )?{_NICHT}",
    rf"{_PAGE_FR}(est )?(introuvable|inexistante?|non trouvée?)",
    rf"{_PAGE_FR}n'(a pas été trouvée?|est (pas|plus) disponible|existe (pas|plus))",
    r"(error:? ?)?(404 )?(la )?página (solicitada )?(no (fue |ha sido )?(encontrada|existe|disponible)|inexistente)",
    r"(erro:? ?)?(404 )?(a )?página (solicitada )?(não (foi )?(encontrada|existe|disponível)|inexistente)",
    r"(errore:? ?)?(404 )?(la )?pagina (richiesta )?(non (è stata )?(trovata|esiste|disponibile)|inesistente)",
    r"(fout:? ?)?(404 )?(de )?(opgevraagde )?pagina (is |kon |kan )?niet (gevonden( worden)?|beschikbaar)",
    rf"(404 )?(sidan|siden|sida) (kunde |kunne |blev |ble )?{_NORTH}|sivua ei (löydy|löytynyt)|lehte ei leitud",
    r"(404 )?(nie znaleziono strony|strona nie (została znaleziona|istnieje))",
    r"(404 )?stránka (nebyla |nebola )?(nenalezena|nalezena|nájdená|nenájdená)",
    r"az oldal nem található|a keresett oldal nem található|pagina nu (a fost găsită|există)|stranica nije pronađena",
    r"страницата не (е|беше) намерена|η σελίδα δεν βρέθηκε|sayfa bulunamadı",
    r"(ошибка 404[.,:!]? ?)?(404 )?(такая )?(страница|страницы) (не (найдена|существует)|удалена)",
    r"страницу не знайдено|сторінку не знайдено",
    r"(404 )?(页面不存在|页面未找到|頁面不存在|404页面|找不到頁面|找不到(该|此|您要的)?(页面|网页|頁面))",
    r"您访问的页面不存在|(您要查看的)?网页不存在",
    r"(404 )?(お探しの)?ページ(が|は)(見つかりません(でした)?|存在しません)",
    r"(404 )?(페이지를 찾을 수 없습니다|존재하지 않는 페이지(입니다)?)",
    r"(404 )?(الصفحة غير موجودة|لم يتم العثور على الصفحة|הדף לא נמצא|העמוד לא נמצא|صفحه (مورد نظر )?(یافت|پیدا) نشد)",
    r"(404 )?(halaman tidak ditemukan|không tìm thấy trang|trang không tồn tại|ไม่พบหน้า(ที่คุณต้องการ)?)",
    r"(404 )?(पृष्ठ नहीं मिला|पेज नहीं मिला)",
)
_SENTENCES = (
    rf"\b{_THING}s? (that )?you('(re|ve)| are| were| have)? {_SOUGHT} .{{0,60}}?\b({_LOST}|been moved)\b",
    rf"\brequested {_THING} .{{0,60}}?\b({_LOST}|been moved)\b",
    rf"\bwe {_CANNOT}(find|locate) (the |that |this |your )(requested )?{_THING}\b",
    rf"\b(this|that|the) (requested )?{_THING} (has been|was) (removed|deleted|taken down)\b",
    rf"\b(this|that|the) (requested )?{_THING} (doesn't|does not|no longer) exists?\b",
    rf"\b(this|that|the) (requested )?{_THING} is no longer (available|here|online|active)\b",
    r"\bdie (von ihnen )?(aufgerufene|angeforderte|gesuchte|gewünschte) (seite|adresse) .{0,40}\bnicht\b",
    r"\bla page (que vous (recherchez|cherchez|avez demandée)|demandée) .{0,40}\b(pas|plus|introuvable)\b",
    r"\bla página (que (buscas|busca|está buscando|has solicitado)|solicitada) .{0,40}\bno\b",
    r"\ba página (que (você )?(procura|está procurando|tentou acessar)|solicitada) .{0,40}\bnão\b",
    r"\bla pagina (che (stai cercando|hai richiesto|cerchi)|richiesta) .{0,40}\bnon\b",
    r"\bde pagina (die (u|je) zoekt|waar (u|je) naar zoekt) .{0,40}\bniet\b",
    r"запрашиваем\w+ (вами )?страниц\w+ .{0,40}\bне\b",
    r"お探しのページ.{0,40}(ません|でした)",
    r"您(访问|查找|请求)的页面.{0,20}(不存在|删除|找不到)",
)
_TITLE, _SENTENCE = (
    pattern("|".join(f"(?:{one})" for one in patterns), re.IGNORECASE) for patterns in (_TITLES, _SENTENCES)
)

_SEPARATORS = pattern(r"\s+[|\-–—·•:«»/]+\s+|\s*[|»«]\s*|(?<=404):?\s+(?=page not found)", re.IGNORECASE)
_BODY = pattern(r"<body\b[^>]{0,1000}", re.IGNORECASE)
_CLASS = pattern(r"[\s\"'](error-?404|page-404|http-404|404-page|page-not-found|not-found-page)[\s\"']")


def find_loss(page: Glance) -> tuple[Outcome, str] | None:
    """What says on a page with a good status that there is no such page; None when nothing does."""
    if page.prose >= _MOST_PROSE:
        return None
    for words in (page.title, page.heading):
        for part in (words, *_SEPARATORS.split(words)):
            if part and _TITLE.fullmatch(_straight(part).strip(" .!…?¡。！:-(")):
                return Outcome.SOFT_GONE, f"the page is titled {words[:80]!r}"
    body = _BODY.search(page.source)
    if body and (found := _CLASS.search(body[0])):
        return Outcome.SOFT_GONE, f"the page is marked {found[1]!r}"
    sentence = _SENTENCE.search(_straight(page.text)) if page.prose < LITTLE else None
    return (Outcome.SOFT_GONE, f"the page says {sentence[0][:80]!r}") if sentence else None


def _straight(words: str) -> str:
    return words.replace("’", "'")
