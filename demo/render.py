"""Pages of the invented sites as HTML, RSS and sitemaps. Everything is escaped by default."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markupsafe import Markup

from demo.market import Host, Page
from demo.structured import structured_data

NOTICE = "Invented for demonstration"
"""Stands visibly on every page."""
_SOUP = {
    "heading_open": '<div class="hd">',
    "heading_close": "</div>\n",
    "paragraph_open": '<div class="tx">',
    "paragraph_close": "</div>\n",
    "bullet_list_open": '<div class="bl">\n',
    "bullet_list_close": "</div>\n",
    "list_item_open": '<div class="it">&bull; ',
    "list_item_close": "</div>\n",
}


def render_page(host: Host, page: Page, viewers: int) -> str:
    """One page as its site shows it; `viewers` is the number that never stands still."""
    return (
        _environment()
        .get_template(f"{host.layout}.html.j2")
        .render(
            host=host,
            page=page,
            tool=page.tool,
            body=_markdown(page.body, soup=host.layout == "soup"),
            nav=[other for other in host.standing if other.nav],
            children=_children(host, page),
            related=_related(host, page),
            data=structured_data(host, page),
            viewers=viewers if host.counter else None,
            notice=NOTICE,
        )
    )


def render_feed(host: Host) -> str:
    """The articles as RSS 2.0, with the tracking parameters such feeds add to their links."""
    bodies = {page.path: _markdown(page.body, soup=False) for page in host.articles}
    return (
        _environment()
        .get_template("feed.xml.j2")
        .render(host=host, bodies=bodies, notice=NOTICE, rfc822=_rfc822)
    )


def render_sitemap(host: Host, part: str, rebuilt_on: date) -> str | None:
    """A sitemap: the `index`, or the `pages` or `articles` it leads to, or `all` in one."""
    wanted: dict[str, tuple[Page, ...]] = {
        "all": host.standing,
        "pages": tuple(page for page in host.standing if page.kind != "article"),
        "articles": host.articles,
        "index": (),
    }
    if part not in wanted:
        return None
    return (
        _environment()
        .get_template("sitemap.xml.j2")
        .render(host=host, pages=wanted[part], part=part, rebuilt_on=rebuilt_on, notice=NOTICE)
    )


def render_markdown(text: str) -> str:
    """Markdown as plain semantic HTML."""
    return str(_markdown(text, soup=False))


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _reader(soup: bool) -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    if soup:
        for rule, html in _SOUP.items():
            reader.add_render_rule(rule, _fixed(html))
    return reader


def _fixed(html: str) -> Callable[..., str]:
    """A render rule that always gives the same."""

    def rule(_renderer: RendererHTML, *_: object) -> str:
        return html

    return rule


def _markdown(text: str, *, soup: bool) -> Markup:
    return Markup(_reader(soup).render(text))  # noqa: S704 (the reader lets no HTML through)


def _children(host: Host, page: Page) -> list[Page]:
    if not page.lists:
        return []
    newest_first = [*host.articles, *host.products]
    return [other for other in newest_first if other.path.startswith(page.lists)]


def _related(host: Host, page: Page) -> list[Page]:
    """Two other stories, chosen by their place in the file so that a new one moves none."""
    stories = [other for other in host.standing if other.kind == "article"]
    if page not in stories:
        return []
    place = stories.index(page)
    return [story for story in (stories[place - 1 : place] or []) + stories[:1] if story != page]


def _rfc822(day: date) -> str:
    return datetime(day.year, day.month, day.day, 8, tzinfo=UTC).strftime(
        "%a, %d %b %Y %H:%M:%S +0000"
    )
