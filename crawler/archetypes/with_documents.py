"""Archetypes whose pages may link to PDF documents that are wanted, too."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pydantic import Field

from catalogue.frontier import Found
from crawler.address import clean, is_pdf, junk, same_site
from crawler.archetypes.archetype import Archetype, each_once
from crawler.archetypes.pattern import Expression


class WithDocuments(Archetype):
    """Base of archetypes that can be told to visit the PDF documents of their site."""

    pdf: bool = False
    """Whether PDF documents on the site that its pages link to are read, too."""
    max_pdf: int = Field(default=20, ge=1, le=1_000)
    """Most PDF documents that one run visits; they count as pages, too."""
    deny: tuple[Expression, ...] = ()
    """Regular expressions; an address that matches one is not visited."""

    @property
    def pdf_budget(self) -> int:
        """Most PDF documents that one run visits."""
        return self.max_pdf if self.pdf else 0

    def follow(self, links: Iterable[str], depth: int) -> tuple[Found, ...]:
        """The PDF documents among the links on a page, if they are wanted."""
        if not self.pdf:
            return ()
        spelled = (clean(link, self.url) for link in links)
        return each_once(
            Found(url, depth + 1, "page")
            for url in spelled
            if is_pdf(url)
            and same_site(url, self.url)
            and not junk(url, pdf=True)
            and not any(re.search(pattern, url) for pattern in self.deny)
        )
