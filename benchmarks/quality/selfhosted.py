"""Self-hosted tools and the vocabulary of their tags, as a person might have written it down."""

from __future__ import annotations

import re
from dataclasses import dataclass

from benchmarks.quality.real import rows
from catalogue.vocabularies import Term, Vocabulary

_LINK = re.compile(r"\[([^\]]+)\]\((?:[^()\s]|\([^)]*\))*\)")
_PARENTHESIS = re.compile(r"\(([^)]+)\)")


@dataclass(frozen=True, slots=True)
class SelfHosted:
    """A tool with the tags that its community gave it."""

    name: str
    summary: str
    codes: frozenset[str]


def vocabulary() -> Vocabulary:
    """The tags: their names, what stands in brackets or after a dash as aliases, what their
    descriptions link to as cues.
    """
    return Vocabulary(
        name="selfhosted",
        prefix="TAG_",
        version=1,
        title="Tags of self-hosted software",
        origin="awesome-selfhosted-data",
        terms=tuple(
            _term(row["name"], row["description"]) for row in rows("selfhosted/tags.jsonl")
        ),
    )


def tools(terms: Vocabulary) -> list[SelfHosted]:
    """All tools that have a tag."""
    return [
        SelfHosted(
            row["name"],
            _LINK.sub(r"\1", row["description"]),
            frozenset(term.code for term in map(terms.match, row["tags"]) if term is not None),
        )
        for row in rows("selfhosted/tools.jsonl")
    ]


def _term(name: str, description: str, **_: object) -> Term:
    aliases = [*_PARENTHESIS.findall(name), *(part.strip() for part in name.split(" - ")[1:])]
    return Term(
        vocabulary="selfhosted",
        code="TAG_" + re.sub(r"\W+", "_", name).strip("_").upper(),
        label=name,
        definition=_LINK.sub(r"\1", description),
        aliases=tuple(aliases),
        cues=tuple(_LINK.findall(description)),
    )
