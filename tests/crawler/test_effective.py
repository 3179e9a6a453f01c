from __future__ import annotations

from pathlib import Path

from catalogue.settings import CrawlSettings
from crawler.effective import EffectiveValue, effective
from crawler.source import load_source
from crawler.source_tree import read_tree

FAMILY = """\
cadence: monthly
walk: {archetype: site, deny: [/events/], delay: 9}
"""
SOURCE = """\
name: rota
family: circle
publisher: {name: Rota, kind: network}
walk: {url: "http://www.rota.example/"}
"""


def values(folder: Path, text: str) -> dict[str, EffectiveValue]:
    (folder / "families").mkdir(exist_ok=True)
    (folder / "families" / "circle.yml").write_text(FAMILY, encoding="utf-8")
    path = folder / "rota.yml"
    path.write_text(text, encoding="utf-8")
    found = effective(load_source(path), read_tree(path), CrawlSettings(delay=4.0))
    return {one.key: one for one in found}


def test_every_value_says_where_it_came_from(tmp_path: Path) -> None:
    found = values(tmp_path, SOURCE)
    assert (found["publisher.name"].value, found["publisher.name"].origin) == ("Rota", "source")
    assert (found["cadence"].value, found["cadence"].origin) == ("monthly", "family circle")
    assert found["walk.deny"].origin == "family circle"
    assert (found["walk.sitemap"].value, found["walk.sitemap"].origin) == (True, "default")


def test_what_follows_from_another_value_says_from_which(tmp_path: Path) -> None:
    found = values(tmp_path, SOURCE)
    assert found["voice"] == EffectiveValue("voice", "VOICE_NETWORK", "from publisher.kind")
    assert found["publisher.url"].value == "http://www.rota.example/"
    assert found["title"] == EffectiveValue("title", "Rota", "from publisher.name")
    assert found["extract"].origin == "from the archetype site"


def test_the_longer_of_two_delays_is_in_force(tmp_path: Path) -> None:
    assert values(tmp_path, SOURCE)["walk.delay"].value == 9
    alone = SOURCE.replace("family: circle\n", "").replace("url:", "archetype: site, url:")
    delay = values(tmp_path, alone)["walk.delay"]
    assert (delay.value, delay.origin) == (4.0, "setting crawl.delay")
