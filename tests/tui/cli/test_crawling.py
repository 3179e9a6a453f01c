from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from catalogue.settings import Settings
from crawler.progress import CrawlProgress, SourceTally
from tui.cli import crawling

Cancelled = Callable[[], bool]


def test_returns_the_last_word(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    last = CrawlProgress((SourceTally("a", "finished"),), ended=True)

    def child(of: Settings, files: Sequence[Path], cancelled: Cancelled) -> Iterator[CrawlProgress]:
        assert (of, list(files), cancelled()) == (settings, [Path("a.yml")], False)
        yield CrawlProgress((SourceTally("a"),))
        yield last

    monkeypatch.setattr(crawling, "crawl_in_child", child)
    assert crawling.crawl_files(settings, [Path("a.yml")]) is last


def test_ctrl_c_stops_cleanly_and_says_how_to_go_on(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    cleaned_up = False

    def child(of: Settings, files: Sequence[Path], cancelled: Cancelled) -> Iterator[CrawlProgress]:
        nonlocal cleaned_up
        del of, files
        yield CrawlProgress((SourceTally("a"),))
        os.kill(os.getpid(), signal.SIGINT)
        assert cancelled()
        cleaned_up = True

    monkeypatch.setattr(crawling, "crawl_in_child", child)
    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(KeyboardInterrupt):
        crawling.crawl_files(settings, [])
    assert cleaned_up
    assert signal.getsignal(signal.SIGINT) is before
    assert "the same command goes on from there" in capsys.readouterr().err


def test_a_second_ctrl_c_breaks_off(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    reached = []

    def child(of: Settings, files: Sequence[Path], cancelled: Cancelled) -> Iterator[CrawlProgress]:
        del of, files, cancelled
        yield CrawlProgress(())
        os.kill(os.getpid(), signal.SIGINT)
        reached.append("after the first")
        os.kill(os.getpid(), signal.SIGINT)
        reached.append("after the second")

    monkeypatch.setattr(crawling, "crawl_in_child", child)
    with pytest.raises(KeyboardInterrupt):
        crawling.crawl_files(settings, [])
    assert reached == ["after the first"]
