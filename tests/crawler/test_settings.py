from __future__ import annotations

from pathlib import Path

import pytest
from scrapy.settings import Settings as ScrapySettings
from scrapy.settings import default_settings
from scrapy.utils.conf import build_component_list
from scrapy.utils.misc import load_object

from catalogue.settings import Settings, load
from crawler.reach import NAMED_HOSTS
from crawler.settings import HOST_REQUESTS, PROXY, scrapy_settings, user_agent
from crawler.source import Source
from tests.crawler.conftest import source


@pytest.fixture
def ours(tmp_path: Path) -> ScrapySettings:
    crawl = {
        "contact": "a@trust.nhs.uk",
        "delay": 7.0,
        "hosts": 3,
        "timeout": 11.0,
        "max_bytes": 5000,
        "proxy": "http://proxy.trust.nhs.uk:8080",
    }
    settings: Settings = load(tmp_path, env={}, overrides={"crawl": crawl})
    slow = source("http://slow.example/", "slow", delay=10.0)
    sources = [Source.model_validate(tree) for tree in (source("http://rota.example/"), slow)]
    return ScrapySettings(scrapy_settings(settings, sources))


UNSAFE = {
    "REMOTE_CONTROL_ENABLED": (True, False),
    "TELNETCONSOLE_ENABLED": (1, False),
    "DOWNLOAD_VERIFY_CERTIFICATES": (False, True),
    "COOKIES_ENABLED": (True, False),
    "METAREFRESH_ENABLED": (True, False),
    "RETRY_ENABLED": (True, False),
    "CONCURRENT_REQUESTS_PER_DOMAIN": (8, 1),
    "DOWNLOAD_DELAY_JITTER": (0.5, 0.0),
    "MEMUSAGE_LIMIT_MB": (0, 2048),
}


@pytest.mark.parametrize("name", UNSAFE)
def test_defaults_of_scrapy_that_are_unsafe_or_rude_are_replaced(
    ours: ScrapySettings, name: str
) -> None:
    theirs, wanted = UNSAFE[name]
    assert getattr(default_settings, name) == theirs, "Scrapy has changed its mind"
    assert ours[name] == wanted


def test_every_setting_we_make_is_one_that_scrapy_knows(ours: ScrapySettings) -> None:
    made = set(ours.attributes) - set(ScrapySettings().attributes)
    assert made == {NAMED_HOSTS, PROXY, HOST_REQUESTS}


def test_only_web_addresses_have_a_handler(ours: ScrapySettings) -> None:
    handlers = ours.getwithbase("DOWNLOAD_HANDLERS")
    assert {scheme for scheme, handler in handlers.items() if handler} == {"http", "https"}


def test_limits_and_manners_come_from_our_settings(ours: ScrapySettings) -> None:
    assert ours.getfloat("DOWNLOAD_DELAY") == 7.0
    assert ours.getfloat("DOWNLOAD_TIMEOUT") == 11.0
    assert ours.getint("DOWNLOAD_MAXSIZE") == 5000
    assert ours[PROXY] == "http://proxy.trust.nhs.uk:8080"
    assert ours.getlist(NAMED_HOSTS) == ["proxy.trust.nhs.uk", "rota.example", "slow.example"]
    assert ours.getint("CONCURRENT_REQUESTS") >= 3
    assert ours.getdict("DOWNLOAD_SLOTS") == {
        "rota.example": {"delay": 7.0},
        "slow.example": {"delay": 10.0},
    }


def test_nothing_is_kept_outside_the_catalogue(ours: ScrapySettings) -> None:
    assert not ours.getbool("HTTPCACHE_ENABLED")
    assert ours["JOBDIR"] is None


def test_the_components_exist_and_stand_in_their_order(ours: ScrapySettings) -> None:
    names = [
        load_object(item).__name__
        for item in build_component_list(
            ours.get_component_priority_dict_with_base("DOWNLOADER_MIDDLEWARES")
        )
    ]
    guards = ["ReachGuard", "RobotsGuard", "Patience", "ConditionalGet", "BodyGuard"]
    assert [name for name in names if name in guards] == guards
    assert names.index("RedirectMiddleware") > names.index("BodyGuard")
    for unwanted in ("CookiesMiddleware", "RetryMiddleware", "RobotsTxtMiddleware"):
        assert unwanted not in names
    steps = [
        load_object(item).__name__
        for item in build_component_list(
            ours.get_component_priority_dict_with_base("ITEM_PIPELINES")
        )
    ]
    assert steps == ["KeepSnapshot", "ReadListing", "ReadPage", "StoreVisit"]


def test_we_say_who_we_are() -> None:
    assert user_agent("a@trust.nhs.uk").endswith(" (+a@trust.nhs.uk)")
    assert user_agent("").startswith("Horizonscan/")
