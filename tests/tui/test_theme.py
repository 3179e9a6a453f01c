from __future__ import annotations

from collections.abc import Iterable

import pytest
from rich.segment import Segment
from textual.color import Color

from tests.tui.fake import FakeServices
from tests.tui.frames import WIDE, running, segments, step
from tui.theme import NAMES, THEMES, after

LEAST = 4.5
"""WCAG 2.2, 1.4.3: contrast of text, level AA."""

PAIRS = (
    ("foreground", "background"),
    ("foreground", "panel"),
    ("foreground", "row-odd"),
    ("foreground", "block-hover-background"),
    ("text-muted", "background"),
    ("text-muted", "panel"),
    ("text-muted", "row-odd"),
    ("text-muted", "block-cursor-blurred-background"),
    ("text-primary", "background"),
    ("text-primary", "panel"),
    ("text-primary", "block-cursor-blurred-background"),
    ("text-warning", "background"),
    ("text-warning", "block-cursor-blurred-background"),
    ("text-error", "background"),
    ("text-error", "panel"),
    ("text-success", "background"),
    ("text-success", "block-cursor-blurred-background"),
    ("block-cursor-foreground", "block-cursor-background"),
    ("block-cursor-blurred-foreground", "block-cursor-blurred-background"),
    ("footer-key-foreground", "footer-background"),
    ("footer-description-foreground", "footer-background"),
    ("button-color-foreground", "primary"),
)


def luminance(colour: Color) -> float:
    def linear(part: int) -> float:
        share = part / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = colour.rgb
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)


def contrast(one: Color, other: Color) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_computed_as_the_standard_says() -> None:
    assert contrast(Color.parse("#000"), Color.parse("#fff")) == pytest.approx(21)
    assert contrast(Color.parse("#777"), Color.parse("#fff")) == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("name", [theme.name for theme in THEMES])
async def test_all_text_can_be_read(name: str) -> None:
    async with running(theme=name) as (app, _):
        colours = app.theme_variables
        low = {}
        for text, ground in PAIRS:
            ratio = contrast(Color.parse(colours[text]), Color.parse(colours[ground]))
            if ratio < LEAST:
                low[f"{text} on {ground}"] = round(ratio, 2)
        assert low == {}


PLACES = {
    "evidence": ("enter", "2", "down"),
    "filters": ("f", "down", "enter"),
    "pages": ("slash", "=rota", "enter", "p"),
    "shortlists": ("S",),
    "add": ("s",),
    "help": ("question_mark", "down", "down"),
    "export": ("e",),
}


def illegible(painted: Iterable[Segment]) -> dict[str, tuple[str, str]]:
    """Text without enough contrast, with its colours."""
    low = {}
    for segment in painted:
        style, words = segment.style, segment.text.strip()
        if not any(char.isalnum() for char in words):
            continue
        assert style is not None
        assert style.color is not None
        assert style.bgcolor is not None
        text, ground = Color.from_rich_color(style.color), Color.from_rich_color(style.bgcolor)
        if contrast(text, ground) < LEAST:
            low[words] = (text.hex, ground.hex)
    return low


@pytest.mark.parametrize("place", sorted(PLACES))
@pytest.mark.parametrize("name", [theme.name for theme in THEMES])
async def test_what_is_painted_can_be_read(name: str, place: str) -> None:
    """Not the palette but the screen: every piece of text against the ground it stands on."""
    services = FakeServices()
    services.new_shortlist("Rota", "")
    services.add("Rota", [2, 3], "")
    async with running(services, size=WIDE, theme=name) as (app, pilot):
        await step(pilot, *PLACES[place])
        if app.screen.is_modal:
            window = app.screen.query_one(".window").region
            strips = app.screen._compositor.render_strips()[window.y : window.bottom]
            inside = [strip.crop(window.x, window.right) for strip in strips]
            assert illegible([segment for strip in inside for segment in strip]) == {}
        else:
            assert illegible(list(segments(app))) == {}


def test_the_key_goes_round_all_colours() -> None:
    name, seen = NAMES[0], []
    for _ in NAMES:
        seen.append(name)
        name = after(name)
    assert seen == list(NAMES)
    assert name == NAMES[0]
