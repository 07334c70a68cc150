"""Every page of the site in a browser: wide enough for a phone, legible in light and in dark."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.access.conftest import things
from tests.access.table import rows
from tests.access.test_access import PATTERNS, address

__all__ = ["things"]

# Downloads and what scripts read are no pages.
PAGES = sorted(
    name
    for name, method, row in rows()
    if method == "GET" and row["alice"] == 200
    if not any(part in str(PATTERNS[name].pattern) for part in (".json", ".csv", "live", "healthz", "metrics"))
)

SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"

# As WCAG 2.2 asks in 1.4.3: 4.5, or 3 for large text. A text's ground is its nearest opaque ancestor's.
TOO_FAINT = """() => {
  const dot = Object.assign(document.createElement("canvas"), {width: 1, height: 1});
  const brush = dot.getContext("2d", {willReadFrequently: true});
  const rgba = (colour) => { brush.clearRect(0, 0, 1, 1); brush.fillStyle = colour; brush.fillRect(0, 0, 1, 1);
    return [...brush.getImageData(0, 0, 1, 1).data]; };
  const light = (colour) => { const [r, g, b] = colour.map((v) => v / 255)
      .map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const ground = (element) => { for (let e = element; e; e = e.parentElement) {
      const colour = rgba(getComputedStyle(e).backgroundColor); if (colour[3] === 255) return colour; }
    return [255, 255, 255]; };
  const found = new Set(), texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement, box = element.getBoundingClientRect();
    if (!texts.currentNode.textContent.trim() || !element.checkVisibility()) continue;
    if (box.width < 2 || box.height < 2) continue;
    const style = getComputedStyle(element), size = parseFloat(style.fontSize);
    const pair = [light(rgba(style.color)), light(ground(element))].sort((a, b) => b - a);
    const ratio = (pair[0] + 0.05) / (pair[1] + 0.05);
    if (ratio < (size >= 24 || (size >= 18.66 && style.fontWeight >= 700) ? 3 : 4.5))
      found.add(`${ratio.toFixed(1)}: ${texts.currentNode.textContent.trim().slice(0, 40)}`);
  }
  return [...found];
}"""


@pytest.mark.parametrize("width", [375, 1280])
def test_no_page_scrolls_sideways(page: Page, things: dict[str, Any], width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    too_wide = {}
    for name in PAGES:
        page.goto(address(name, things))
        if over := page.evaluate(SIDEWAYS):
            too_wide[name] = over
    assert too_wide == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_is_legible(page: Page, things: dict[str, Any], scheme: Any) -> None:
    page.emulate_media(color_scheme=scheme)
    faint = {}
    for name in PAGES:
        page.goto(address(name, things))
        if found := page.evaluate(TOO_FAINT):
            faint[name] = found
    assert faint == {}


def test_every_page_says_what_it_is_without_scripts(
    page: Page, browser: Browser, things: dict[str, Any], live_server: Any
) -> None:
    plain = browser.new_context(
        base_url=live_server.url, java_script_enabled=False, storage_state=page.context.storage_state()
    )
    bare = plain.new_page()
    without = [name for name in PAGES if bare.goto(address(name, things)) and not bare.locator("h1").is_visible()]
    plain.close()
    assert without == []
