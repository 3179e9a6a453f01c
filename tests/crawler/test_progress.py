from __future__ import annotations

import pytest

from crawler.progress import CrawlProgress, SourceTally

PROGRESS = CrawlProgress(
    (
        SourceTally("rota", "failed", visited=3, pending=2, note="Zeitüberschreitung “x”\n"),
        SourceTally("news", visited=4, read=1, unchanged=2, pending=5),
    )
)


def test_a_line_of_progress_comes_back_as_it_went() -> None:
    line = PROGRESS.to_line()
    assert "\n" not in line
    assert CrawlProgress.from_line(line) == PROGRESS


def test_sums_are_over_all_sources() -> None:
    assert (PROGRESS.visited, PROGRESS.pending) == (7, 7)
    assert [tally.source for tally in PROGRESS.failed] == ["rota"]
    assert PROGRESS.sources[1].documents == 3


@pytest.mark.parametrize("line", ["", "hello", "[]", "{}", '{"sources":[{"x":1}],"ended":true}'])
def test_any_other_line_is_refused(line: str) -> None:
    with pytest.raises(ValueError):
        CrawlProgress.from_line(line)
