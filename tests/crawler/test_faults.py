from __future__ import annotations

import pytest
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)

from crawler.faults import RefusedError, of_exception, of_status


@pytest.mark.parametrize(
    ("error", "kind", "passing"),
    [
        (DownloadTimeoutError(), "timeout", True),
        (CannotResolveHostError("no results"), "dns", True),
        (DownloadConnectionRefusedError(), "connection", True),
        (DownloadFailedError("reset\nby peer"), "connection", True),
        (ResponseDataLossError(), "connection", True),
        (OSError("broken pipe"), "connection", True),
        (DownloadCancelledError(), "too_large", False),
        (IgnoreRequest("max redirections reached"), "redirect", False),
        (IgnoreRequest("exceeded during decompression."), "too_large", False),
        (IgnoreRequest("something new"), "ignored", False),
    ],
)
def test_each_way_to_fail_has_one_word(error: Exception, kind: str, passing: bool) -> None:
    fault = of_exception(error)
    assert (fault.kind, fault.passing, fault.refused) == (kind, passing, False)
    assert "\n" not in fault.note


def test_a_refusal_keeps_its_reason() -> None:
    fault = of_exception(RefusedError("robots", "robots.txt forbids this address."))
    assert (fault.kind, fault.refused, fault.passing) == ("robots", True, False)


def test_a_defect_is_not_taken_for_a_fault_of_the_site() -> None:
    with pytest.raises(KeyError):
        of_exception(KeyError("x"))


@pytest.mark.parametrize(
    ("status", "passing"),
    [(403, False), (400, False), (408, True), (429, True), (500, True), (503, True), (999, False)],
)
def test_statuses_that_may_pass_are_told_from_those_that_stay(status: int, passing: bool) -> None:
    fault = of_status(status)
    assert (fault.kind, fault.passing) == (f"http_{status}", passing)
    assert str(status) in fault.note
