"""What a person should be told about a source file that can be read but could be better."""

from __future__ import annotations

from pathlib import Path

from catalogue.errors import SourceError, nearest
from crawler.address import host_of, same_site
from crawler.extractors import EXTRACTORS
from crawler.source import Source, load_source


def check(source: Source) -> list[str]:
    """Findings about a source, each a sentence; none when it is in order."""
    return [
        *_check_extractors(source),
        *_check_metadata(source),
        *_check_expectations(source),
    ]


def check_file(path: Path) -> list[str]:
    """As `check`, for a file; one that cannot be read is a finding, too."""
    try:
        return check(load_source(path))
    except SourceError as error:
        return [str(error)]


def _check_extractors(source: Source) -> list[str]:
    findings = [
        f"There is no extractor '{name}'. {nearest(name, EXTRACTORS)}"
        for name in source.extractors
        if name not in EXTRACTORS
    ]
    if "govuk_content" in source.extractors and source.walk.archetype != "govuk":
        findings.append("govuk_content reads only what the archetype govuk fetches.")
    return findings


def _check_metadata(source: Source) -> list[str]:
    findings = []
    if not source.title:
        findings.append("title is missing: lists show the publisher's name in its place.")
    if not source.publisher.url and source.walk.archetype != "site":
        findings.append("publisher.url is missing: the publisher is known by it.")
    if "licence" not in source.model_fields_set:
        findings.append("licence is not stated: it is taken as all-rights-reserved.")
    if not source.voice:
        findings.append(f"voice is not stated: {source.spoken_by} is taken from publisher.kind.")
    if (
        source.publisher.kind == "supplier"
        and source.publisher.url
        and not same_site(source.publisher.url, source.walk.url)
    ):
        findings.append(
            f"The supplier's site is {host_of(source.publisher.url)}, but the walk is over "
            f"{host_of(source.walk.url)}: is the supplier the publisher?"
        )
    if host_of(source.walk.url).endswith(".gov.uk") and source.walk.url.startswith("http:"):
        findings.append("walk.url says http: the site answers https.")
    return findings


def _check_expectations(source: Source) -> list[str]:
    wanted = source.expect.documents
    if wanted.min == 0 and not source.expect.may_be_empty:
        return ["expect.documents.min is not stated: a site that falls silent is not noticed."]
    if wanted.max is not None and wanted.max > source.walk.page_budget:
        budget = source.walk.page_budget
        return [f"expect.documents.max is {wanted.max}, but a run visits {budget} pages at most."]
    return []
