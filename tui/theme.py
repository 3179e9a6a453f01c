"""The colours: three themes of our own, each with a contrast of at least 4.5 to 1 for text.

No state is told by colour alone. `ansi-dark` and `ansi-light`, which take the terminal's own
colours, come with Textual.
"""

from __future__ import annotations

from textual.theme import Theme

NHS_DARK = Theme(
    name="nhs-dark",
    dark=True,
    background="#0F171E",
    surface="#0F171E",
    panel="#1B2832",
    foreground="#E8EDEE",
    primary="#41B6E6",
    secondary="#7FC8EC",
    accent="#FFC658",
    warning="#FFC658",
    error="#FF8A80",
    success="#8FD14F",
    variables={
        "text": "#E8EDEE",
        "text-muted": "#9FB1BC",
        "text-disabled": "#7D909C",
        "text-primary": "#6CC7EC",
        "text-warning": "#FFC658",
        "text-error": "#FF8A80",
        "text-success": "#8FD14F",
        "row-odd": "#131D25",
        "block-cursor-background": "#41B6E6",
        "block-cursor-foreground": "#08131A",
        "block-cursor-text-style": "bold",
        "block-cursor-blurred-background": "#24394A",
        "block-cursor-blurred-foreground": "#E8EDEE",
        "block-hover-background": "#1B2832",
        "border": "#41B6E6",
        "border-blurred": "#32444F",
        "footer-background": "#1B2832",
        "footer-foreground": "#C3CFD6",
        "footer-description-foreground": "#C3CFD6",
        "footer-key-foreground": "#6CC7EC",
        "input-selection-background": "#1F5F80",
        "scrollbar": "#32444F",
        "scrollbar-hover": "#4C6272",
        "scrollbar-active": "#41B6E6",
        "scrollbar-background": "#131D25",
        "scrollbar-background-hover": "#131D25",
        "scrollbar-background-active": "#131D25",
        "scrollbar-corner-color": "#131D25",
        "button-color-foreground": "#08131A",
        "button-focus-text-style": "bold",
    },
)

NHS_LIGHT = Theme(
    name="nhs-light",
    dark=False,
    background="#FFFFFF",
    surface="#FFFFFF",
    panel="#E8EDEE",
    foreground="#212B32",
    primary="#005EB8",
    secondary="#003087",
    accent="#8A4B00",
    warning="#8A4B00",
    error="#B3140B",
    success="#006747",
    variables={
        "text": "#212B32",
        "text-muted": "#4C6272",
        "text-disabled": "#6B7E8A",
        "text-primary": "#005EB8",
        "text-warning": "#8A4B00",
        "text-error": "#B3140B",
        "text-success": "#006747",
        "row-odd": "#F5F7F8",
        "block-cursor-background": "#005EB8",
        "block-cursor-foreground": "#FFFFFF",
        "block-cursor-text-style": "bold",
        "block-cursor-blurred-background": "#CFE1F3",
        "block-cursor-blurred-foreground": "#212B32",
        "block-hover-background": "#E8EDEE",
        "border": "#005EB8",
        "border-blurred": "#AEB7BD",
        "footer-background": "#E8EDEE",
        "footer-foreground": "#212B32",
        "footer-description-foreground": "#212B32",
        "footer-key-foreground": "#003087",
        "input-selection-background": "#A9D0F5",
        "scrollbar": "#AEB7BD",
        "scrollbar-hover": "#768692",
        "scrollbar-active": "#005EB8",
        "scrollbar-background": "#F0F4F5",
        "scrollbar-background-hover": "#F0F4F5",
        "scrollbar-background-active": "#F0F4F5",
        "scrollbar-corner-color": "#F0F4F5",
        "button-color-foreground": "#FFFFFF",
        "button-focus-text-style": "bold",
    },
)

HIGH_CONTRAST = Theme(
    name="high-contrast",
    dark=True,
    background="#000000",
    surface="#000000",
    panel="#1A1A1A",
    foreground="#FFFFFF",
    primary="#FFDD00",
    secondary="#FFFFFF",
    accent="#FFDD00",
    warning="#FFDD00",
    error="#FF9C94",
    success="#7CFC7C",
    variables={
        "text": "#FFFFFF",
        "text-muted": "#E0E0E0",
        "text-disabled": "#C0C0C0",
        "text-primary": "#FFDD00",
        "text-warning": "#FFDD00",
        "text-error": "#FF9C94",
        "text-success": "#7CFC7C",
        "row-odd": "#000000",
        "block-cursor-background": "#FFDD00",
        "block-cursor-foreground": "#000000",
        "block-cursor-text-style": "bold",
        "block-cursor-blurred-background": "#4D4D4D",
        "block-cursor-blurred-foreground": "#FFFFFF",
        "block-hover-background": "#333333",
        "border": "#FFDD00",
        "border-blurred": "#C0C0C0",
        "footer-background": "#1A1A1A",
        "footer-foreground": "#FFFFFF",
        "footer-description-foreground": "#FFFFFF",
        "footer-key-foreground": "#FFDD00",
        "input-selection-background": "#665800",
        "scrollbar": "#C0C0C0",
        "scrollbar-hover": "#FFFFFF",
        "scrollbar-active": "#FFDD00",
        "scrollbar-background": "#1A1A1A",
        "scrollbar-background-hover": "#1A1A1A",
        "scrollbar-background-active": "#1A1A1A",
        "scrollbar-corner-color": "#1A1A1A",
        "button-color-foreground": "#000000",
        "button-focus-text-style": "bold",
    },
)

THEMES: tuple[Theme, ...] = (NHS_DARK, NHS_LIGHT, HIGH_CONTRAST)

NAMES: tuple[str, ...] = (*(theme.name for theme in THEMES), "ansi-dark", "ansi-light")
"""Themes the reader can choose from, in the order in which the key goes through them."""

DEFAULT = NHS_DARK.name


def after(name: str) -> str:
    """The theme that follows `name` in the round."""
    return NAMES[(NAMES.index(name) + 1) % len(NAMES)] if name in NAMES else DEFAULT
