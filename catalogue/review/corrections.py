"""Corrections: the terms that people give tools or take from them, as they name them.

A correction is a ruling of the kind `tag` on a tool and a term. No rule or model overrules it,
whatever is crawled or replayed; it is taken back only by another ruling.
"""

from __future__ import annotations

from collections.abc import Sequence

from catalogue.errors import VocabularyError, nearest
from catalogue.review.rulings import Decision
from catalogue.rows import Verdict
from catalogue.tagging import TAGGED
from catalogue.vocabularies import Term, load


def correction(tool_id: int, term: Term, verdict: Verdict, why: str = "") -> Decision:
    """What a person decides of one term on one tool."""
    return Decision(f"tool/{tool_id}", f"{term.vocabulary}/{term.code}", verdict, why)


def told(decisions: Sequence[Decision]) -> str:
    """Say what corrections did: "'Ambient scribe' accepted and 'Finance' rejected"."""
    said = [
        f"'{load().label(one.object.rpartition('/')[2])}' {one.value or 'left to the rules'}"
        for one in decisions
    ]
    return " and ".join([", ".join(said[:-1]), said[-1]]) if len(said) > 1 else "".join(said)


def term_named(text: str) -> Term:
    """The term that a person means by its code, label or alias.

    Raises:
        VocabularyError: no vocabulary that tools are tagged from has it, or several have.
    """
    vocabularies = [load()[name] for name, _ in TAGGED]
    found = {one.code: one for terms in vocabularies if (one := terms.match(text)) is not None}
    if len(found) == 1:
        return next(iter(found.values()))
    if found:
        raise VocabularyError(
            f"'{text}' names several terms.", f"Give a code: {' or '.join(found)}."
        )
    codes = [one.code for terms in vocabularies for one in terms]
    labels = [one.label for terms in vocabularies for one in terms]
    close = nearest(text, [*codes, *labels])
    hint = close if close.startswith("Did") else "'horizon tags list TOOL' shows those suggested."
    raise VocabularyError(f"There is no use case, setting or user group '{text}'.", hint)
