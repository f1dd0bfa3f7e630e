"""The web app of the real program in a real browser, as people use it: by keyboard, without scripts, small and dark."""

import re
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from sourcebook.fetch.installed import find_browser
from tests.browser.axe import WIDTHS, views

CHROMIUM, MISSING = find_browser("")
pytestmark = pytest.mark.skipif(MISSING is not None, reason=f"{MISSING and '; '.join(MISSING)}")
PROGRAM = [sys.executable, "-m", "sourcebook"]
RECORD = "/sources/294f55e1e8c8ecbb"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the demo, served by the program itself."""
    folder = tmp_path_factory.mktemp("demo") / "pages"
    subprocess.run([*PROGRAM, "demo", "--folder", folder, "--no-serve"], check=True, capture_output=True)
    with subprocess.Popen([*PROGRAM, "serve", folder, "--port", "0"], stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        said = next(found for line in server.stdout if (found := re.search(r"http://\S+?:\d+", line)))
        yield said[0]
        server.terminate()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def visit(browser: Browser, home: str) -> Iterator[Callable[..., Page]]:
    """Opens a page of the demo, with a window, a colour scheme or without scripts. No request may go elsewhere."""
    contexts = []
    elsewhere: list[str] = []

    def open_page(address: str, **manner: object) -> Page:
        contexts.append(browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **manner}))
        page = contexts[-1].new_page()
        page.on("request", lambda request: request.url.startswith(home) or elsewhere.append(request.url))
        page.on("pageerror", lambda error: elsewhere.append(f"script error: {error}"))
        page.goto(home + address)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert elsewhere == []


def is_in_focus(page: Page, selector: str) -> bool:
    return bool(page.evaluate("selector => document.activeElement.matches(selector)", selector))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_no_view_is_wider_than_its_window_and_each_follows_the_colours_of_the_system(
    visit, home, scheme, width
) -> None:
    page = visit("/", viewport={"width": width, "height": 900}, color_scheme=scheme)
    for address in views(home):
        page.goto(home + address)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
        lightness = sum(int(one) for one in re.findall(r"\d+", paper)[:3]) / 3

        assert wide <= 0, address
        assert (lightness > 128) is (scheme == "light"), address


def test_a_reader_without_a_mouse_searches_and_opens_a_record(visit) -> None:
    page = visit("/")
    page.keyboard.press("Tab")
    assert is_in_focus(page, "a.skip")
    for _ in range(12):
        page.keyboard.press("Tab")
        if is_in_focus(page, "input[name=q]"):
            break
    page.keyboard.type("superintelligence")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=superintelligence")
    for _ in range(20):
        page.keyboard.press("Tab")
        if is_in_focus(page, ".hits h3 a"):
            break
    page.keyboard.press("Enter")

    expect(page.locator("h1")).to_contain_text("superintelligence")
    assert page.url.endswith(RECORD)


def test_the_queue_is_answered_by_keys(visit, home) -> None:
    page = visit("/problems?rule=contradicted")
    before = page.locator(".task").count()
    first = page.locator(".task .reading").first.inner_text()
    page.locator(".task").first.focus()
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("d")
    assert is_in_focus(page, "input[name=why]")
    page.keyboard.type("the page was right when it was written")
    page.keyboard.press("Enter")
    page.wait_for_load_state()

    expect(page.locator(".task")).to_have_count(before - 1)
    expect(page.locator(".task").first).to_be_focused()
    page.keyboard.press("j")
    expect(page.locator(".task").nth(1)).to_be_focused()
    assert first not in page.locator("main").inner_text()
    page.goto(f"{home}/claims?reviewed=yes")
    expect(page.locator("main")).to_contain_text(first)


def test_a_finding_of_a_parser_is_dismissed_by_keys_and_taken_back_without_scripts(visit) -> None:
    page = visit("/problems?rule=undefined-footnote")
    before = page.locator(".task").count()
    words = page.locator(".task p").first.inner_text()
    where = page.locator(".task a").first.get_attribute("href")
    page.locator(".task").first.focus()
    page.keyboard.press("d")
    page.keyboard.type("it comes with the next edition")
    page.keyboard.press("Enter")
    page.wait_for_load_state()
    expect(page.locator(".task")).to_have_count(before - 1)

    page = visit(where, java_script_enabled=False)
    dismissed = page.locator("section", has_text="Dismissed findings")
    expect(dismissed.first).to_contain_text(words[1:])
    page.get_by_role("button", name="Take back the dismissal").click()
    expect(page.get_by_text("Dismissed findings")).to_have_count(0)


def test_everything_works_without_scripts(visit) -> None:
    page = visit(RECORD, java_script_enabled=False)
    page.locator("summary", has_text="Correct").first.click()
    form = page.locator("form[action$=corrections]").first
    form.locator("[name=field]").select_option("title")
    form.locator("[name=value]").fill("A title by hand")
    form.locator("[name=why]").fill("the letter is called so")
    form.locator("button").first.click()
    expect(page.locator("h1")).to_have_text("A title by hand")

    page = visit("/sources", java_script_enabled=False)
    page.locator("select[name=type]").select_option("paper")
    page.locator("form.filters button").first.click()
    expect(page.locator("tbody tr").first).to_contain_text("paper")
    assert "type=paper" in page.url


def test_a_source_is_added_without_scripts(visit) -> None:
    page = visit("/sources", java_script_enabled=False)
    page.locator("summary", has_text="Add a source").click()
    page.get_by_label("Address").last.fill("https://added.example/by-hand")
    page.get_by_label("What for").fill("background for the next page")
    page.get_by_role("button", name="Add it").click()

    expect(page.locator("h1")).to_contain_text("added.example/by-hand")
    expect(page.get_by_role("button", name="Ask for it now")).to_be_visible()
    expect(page.locator("main")).to_contain_text("background for the next page")


def test_pointing_at_a_claim_opens_its_card(visit, home) -> None:
    page = visit("/pages")
    page.locator("tbody a").first.click()
    closed = page.locator("details.card:not([open])").first
    number = re.search(r"nth-\d+", closed.get_attribute("class") or "")
    assert number is not None
    start = (closed.get_attribute("id") or "").removeprefix("card-")
    inside = closed.locator("a").first
    expect(inside).not_to_be_visible()
    page.locator(f"#claim-{start}").hover()

    expect(inside).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_build_is_started_and_watched(visit, home, scripts) -> None:
    page = visit("/build", java_script_enabled=scripts)
    page.get_by_role("button", name="Build now").click()

    expect(page.get_by_role("heading", name="Done")).to_be_visible(timeout=30_000)
    expect(page.locator("main")).to_contain_text("12, 0 read now")
