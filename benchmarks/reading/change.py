"""Whether a page counts as changed when it is, and only then.

Two hundred invented pages in five layouts are each fetched twice with nothing new but noise
(view counters, people viewing, "last updated" lines, cookie wording, rotating related stories,
tokens), then with one word changed (a price), then with a new paragraph. A false alarm is a
changed fingerprint after noise alone; a miss is an equal one after a change. Beside ours stand
the hash of the raw body, and of the main text that trafilatura finds.

    python -m benchmarks.reading.change
"""

from __future__ import annotations

import hashlib
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import trafilatura

from crawler.page import Page
from crawler.view.page_view import view_html

PAGES = 200

NAMES = ("Rotaweave", "Clinic Lantern", "Letterfall", "Bedtide", "Queryfold", "Slotwise")
STORIES = (
    "Trust opens new outpatient wing",
    "Five questions for your supplier",
    "Meet the team at our autumn event",
    "What interoperability really costs",
    "Our webinar on rota rules",
    "Hiring: customer success lead",
)
SENTENCES = (
    "It reads the letters that arrive and says what each one is.",
    "A person approves every draft before it is filed.",
    "The team at Northvale went live in eleven weeks.",
    "Nothing is sent to a patient without a member of staff seeing it first.",
    "It runs in the browser and needs no installation.",
    "Support is open from eight to six on working days.",
    "Data are kept in two data centres in the United Kingdom.",
    "Training takes an hour, and most people need no more.",
)


@dataclass(frozen=True)
class Content:
    """What a page says, noise apart."""

    name: str
    sentences: tuple[str, ...]
    price: str
    layout: int


@dataclass(frozen=True)
class Noise:
    """What differs between two fetches of the same page."""

    views: int
    viewing: int
    updated: str
    related: tuple[str, ...]
    token: str
    cookie: str


def content(seed: int) -> Content:
    """One invented page."""
    chance = random.Random(seed)  # noqa: S311 - the same pages in every run
    return Content(
        name=chance.choice(NAMES),
        sentences=tuple(chance.sample(SENTENCES, 5)),
        price=f"£{chance.randint(1, 90)}.{chance.choice(('00', '25', '50'))}",
        layout=seed % 5,
    )


def noise(seed: int) -> Noise:
    """The noise of one fetch."""
    chance = random.Random(seed)  # noqa: S311 - the same pages in every run
    updated = chance.choice(
        (
            f"Last updated {chance.randint(2, 23)} hours ago",
            f"Last updated: {chance.randint(1, 28)} May 2026 at {chance.randint(10, 23)}:15",
            f"Updated {chance.randint(1, 28)}/0{chance.randint(1, 9)}/2026",
            "Updated just now",
        )
    )
    return Noise(
        views=chance.randint(2, 90_000),
        viewing=chance.randint(2, 60),
        updated=updated,
        related=tuple(chance.sample(STORIES, 3)),
        token=f"{chance.getrandbits(64):016x}",
        cookie=chance.choice(
            (
                "We use cookies to make this site work.",
                "This website uses cookies to improve your experience. Accept all cookies",
                "We use essential cookies, and would like to set more.",
            )
        ),
    )


def page(what: Content, around: Noise) -> bytes:
    """The HTML of a page in its layout."""
    paragraphs = "".join(f"<p>{sentence}</p>" for sentence in what.sentences)
    related = "".join(f'<li><a href="/news/{n}">{s}</a></li>' for n, s in enumerate(around.related))
    counter = f"Viewed {around.views:,} times"
    viewing = f"{around.viewing} people are viewing this page"
    price = f"{what.name} costs {what.price} per user per month."
    layouts = (
        f"""<div class="cookie-banner">{around.cookie}</div><nav><a href="/">Home</a></nav>
        <main><h1>{what.name}</h1><p class="meta">{around.updated} · {counter}</p>{paragraphs}
        <p>{price}</p></main><aside><h2>Related stories</h2><ul>{related}</ul></aside>""",
        f"""<div id="consent">{around.cookie}</div><main><h1>{what.name}</h1>{paragraphs}
        <p>{price} {viewing}.</p><h2>Related articles</h2><ul>{related}</ul></main>""",
        f"""<main><h1>{what.name}</h1><table><tr><th>Price</th><td>{what.price} per user</td></tr>
        </table>{paragraphs}<p>{around.updated}. {price}</p></main>
        <section class="related-posts"><h3>Read next</h3><ul>{related}</ul></section>""",
        f"""<article><h1>{what.name}</h1><div>{around.views:,} views</div>{paragraphs}
        <div class="price-box"><strong>{what.price}</strong> per user per month</div>
        <p>{around.cookie}</p></article><footer>© 2026</footer>""",
        f"""<div class="page"><h2>{what.name}</h2>{paragraphs}<ul><li>{price}</li></ul>
        <div class="stat">{around.viewing} people viewing</div></div>""",
    )
    return (
        f'<!doctype html><html lang="en"><head><title>{what.name} | Example</title>'
        f'<meta name="csrf-token" content="{around.token}"></head><body>{layouts[what.layout]}'
        f'<script nonce="{around.token}">var t = "{around.token}"</script></body></html>'
    ).encode()


def raw(body: bytes) -> str:
    """The hash of the bytes."""
    return hashlib.sha256(body).hexdigest()


def main_text(body: bytes) -> str:
    """The hash of the text that trafilatura finds."""
    text = trafilatura.extract(body.decode(), favor_recall=True) or ""
    return hashlib.sha256(text.encode()).hexdigest()


def ours(body: bytes) -> str:
    """The fingerprint of this project."""
    fetched = Page("http://www.site.example/products/x", body, "text/html", datetime.now(UTC))
    return view_html(fetched).text_sha


def counts(detector: Callable[[bytes], str]) -> tuple[int, int, int]:
    """False alarms, missed price changes, missed paragraphs, out of PAGES each."""
    alarms = prices = paragraphs = 0
    for seed in range(PAGES):
        before = content(seed)
        first = detector(page(before, noise(seed)))
        digits = before.price[1:]
        dearer = replace(before, price=f"£{float(digits) + 1:.2f}")
        longer = replace(before, sentences=(*before.sentences, "It now works with dictation."))
        alarms += detector(page(before, noise(seed + PAGES))) != first
        prices += detector(page(dearer, noise(seed + PAGES))) == first
        paragraphs += detector(page(longer, noise(seed + PAGES))) == first
    return alarms, prices, paragraphs


def main() -> None:
    """Print the counts of each detector."""
    print(f"{'':12} false alarms  missed price  missed paragraph   (of {PAGES})")
    for detector in (raw, main_text, ours):
        started = time.process_time()
        alarms, prices, paragraphs = counts(detector)
        spent = (time.process_time() - started) / PAGES / 4 * 1000
        line = f"{detector.__name__:12} {alarms:12} {prices:13} {paragraphs:17}"
        print(f"{line}   {spent:.1f} ms/page")


if __name__ == "__main__":
    main()
