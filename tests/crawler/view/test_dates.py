from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from crawler.page import Page
from crawler.view.page_view import view_html

HTML = b"<html><head><title>Rota</title></head><body><p>Words of a page.</p></body></html>"
FETCHED = datetime(2026, 11, 21, tzinfo=UTC)


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("2026/11/05/rota-pilot/", date(2026, 11, 5)),
        ("2026-11-05-rota-pilot", date(2026, 11, 5)),
        ("posts/20261105_rota/", date(2026, 11, 5)),
        ("posts/20261105-rota/", date(2026, 11, 5)),
        ("notice/20269905-rota/", None),
        ("item/120261105-rota/", None),
        ("item/20261105/", None),
        ("20301105_rota/", None),
    ],
)
def test_a_day_in_the_address_is_the_day_of_a_page_that_says_no_other(
    path: str, day: date | None
) -> None:
    page = Page(f"http://www.rota.example/{path}", HTML, "text/html", FETCHED)
    assert view_html(page).published_on == day
