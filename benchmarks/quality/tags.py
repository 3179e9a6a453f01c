"""How well tags are suggested, beside two baselines: aliases only, and nearest definition only.

On the labelled pages (`nhs-pages-dev.jsonl`), which phrases and weights were tuned on: once as the
product is, and once held out, each page read by weights fitted on the others and without the names
and cues that it alone vouches for. And on self-hosted tools with 95 described tags, on
those of 1,348 that no weight was fitted on: their vocabulary is made from the descriptions.

    python -m benchmarks.quality.tags [pages|tools]
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from benchmarks.quality.calibrate import VOCABULARIES, sheets
from benchmarks.quality.pages import Encoder, labelled_pages
from benchmarks.quality.selfhosted import tools, vocabulary
from catalogue import tagging
from catalogue.phrases import Phrases
from catalogue.quality import by_label, macro_f1, micro
from catalogue.tagging import SHOWN, offered
from catalogue.vocabularies import Vocabulary, load
from search.learned import ENOUGH, Correction, learn
from search.nearness import whole
from search.tagger import Tagger

FOLDS = 5
UNSEEN = slice(1, None, 2)
"""Of the self-hosted tools, those that no weight was fitted on."""
BINS = (0.0, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 1.0)


@dataclass(frozen=True, slots=True)
class Text:
    """What is tagged, and what a person gave it."""

    title: str
    text: str
    marked: frozenset[str]


Found = Mapping[str, float]
"""Confidence by code of what is suggested for one text."""


def aliases_only(terms: Vocabulary) -> Callable[[Text], Found]:
    """Suggest every term of which a name stands in the text."""
    names = Phrases((term.code, name) for term in offered(terms) for name in term.names)
    return lambda one: {hit.owner: 1.0 for hit in names.longest(f"{one.title}\n{one.text}")}


def nearest_definition(terms: Vocabulary, encoder: Encoder) -> Callable[[Text], Found]:
    """Suggest the one term whose definition is nearest in meaning."""
    those = list(offered(terms))
    described = encoder([f"{term.label}: {term.definition}" for term in those])

    def way(one: Text) -> Found:
        cosines = described @ encoder([whole(one.title, one.text)])[0]
        at = int(cosines.argmax())
        return {those[at].code: float(cosines[at])}

    return way


def words_only(terms: Vocabulary) -> Callable[[Text], Found]:
    """Suggest by names and cues, as the product does where there is no model."""
    return lambda one: {
        said.code: said.confidence for said in tagging.suggest(terms, one.title, one.text)
    }


def as_the_product(terms: Vocabulary, tagger: Tagger) -> Callable[[Text], Found]:
    """Suggest by words and meaning, as the product does."""

    def way(one: Text) -> Found:
        usual = tagger.usual(terms.name, one.title, one.text)
        return {s.code: s.confidence for s in tagger.suggest(terms, one.title, one.text, usual)}

    return way


def row(name: str, texts: Sequence[Text], found: Sequence[Found]) -> str:
    """One line of the table."""
    scores = by_label((list(one), text.marked) for one, text in zip(found, texts, strict=True))
    total = micro(scores.values())
    firsts = [
        min(one, key=lambda code: (-one[code], code)) in text.marked
        for one, text in zip(found, texts, strict=True)
        if one
    ]
    first = sum(firsts) / len(firsts) if firsts else 0.0
    return (
        f"{name:34} {total.precision:9.3f} {total.recall:6.3f} {total.f1:8.3f}"
        f" {macro_f1(scores.values()):8.3f} {first:12.3f}"
    )


def calibration(found: Sequence[Found], texts: Sequence[Text]) -> Iterator[str]:
    """For each band of confidence: how many suggestions, their mean, and the share that is right.

    Says at the end by how much confidence and share differ on average (ECE).
    """
    pairs = [
        (sure, code in text.marked)
        for one, text in zip(found, texts, strict=True)
        for code, sure in one.items()
    ]
    yield "confidence   terms   mean  right"
    apart = 0.0
    for low, high in pairwise(BINS):
        band = [pair for pair in pairs if low <= pair[0] < high or pair[0] == high == 1]
        if band:
            mean = sum(sure for sure, _ in band) / len(band)
            right = sum(marked for _, marked in band) / len(band)
            apart += len(band) / len(pairs) * abs(mean - right)
            yield f"{low:.2f} - {high:.2f} {len(band):7} {mean:6.2f} {right:6.2f}"
    yield f"mean distance (ECE) {apart:.3f}"


HEADING = (
    f"{'':34} {'precision':>9} {'recall':>6} {'micro F1':>8} {'macro F1':>8} {'first right':>12}"
)


def on_pages(encoder: Encoder) -> None:
    """The labelled pages."""
    pages = labelled_pages()
    held = sheets(encoder, pages)
    for name in VOCABULARIES:
        terms = load()[name]
        codes = {term.code for term in terms}
        texts = [Text(one.title, one.text, one.codes & codes) for one in pages]
        print(f"\n{len(texts)} labelled pages, {name}\n{HEADING}")
        ways = {
            "aliases only": aliases_only(terms),
            "nearest definition only": nearest_definition(terms, encoder),
            "names and cues (tuned here)": words_only(terms),
            "words and meaning (tuned here)": as_the_product(terms, Tagger(encoder)),
        }
        for title, way in ways.items():
            print(row(title, texts, [way(text) for text in texts]))
        confidences = held[name].confidences()
        print(row("words and meaning, held out", texts, [_shown(one) for one in confidences]))
        taught = _taught(terms, texts, confidences, encoder, len(texts))
        print(row("with corrections, leave one out", texts, [_shown(one) for one in taught]))
        print("\n".join(["", *calibration(confidences, texts)]))


def on_tools(encoder: Encoder) -> None:
    """Self-hosted tools, with a vocabulary that nothing was tuned on."""
    terms = vocabulary()
    unseen = tools(terms)[UNSEEN]
    texts = [Text(f"{one.name}. {one.summary}", "", one.codes) for one in unseen]
    print(f"\n{len(texts)} self-hosted tools, {len(terms)} tags\n{HEADING}")
    tagger = Tagger(encoder)
    ways = {
        "aliases only": aliases_only(terms),
        "nearest definition only": nearest_definition(terms, encoder),
        "names and cues": words_only(terms),
        "words and meaning": as_the_product(terms, tagger),
    }
    for title, way in ways.items():
        print(row(title, texts, [way(text) for text in texts]))
    weighed = [tagger.weigh(terms, text.title, text.text)[0] for text in texts]
    taught = _taught(terms, texts, weighed, encoder, FOLDS)
    print(row(f"with corrections, {FOLDS} folds", texts, [_shown(one) for one in taught]))
    print("\n".join(["", "without corrections", *calibration(weighed, texts)]))
    print("\n".join(["", "with corrections", *calibration(taught, texts)]))


def _shown(confidences: Found) -> Found:
    return {code: sure for code, sure in confidences.items() if sure >= SHOWN}


def _taught(
    terms: Vocabulary,
    texts: Sequence[Text],
    untaught: Sequence[Found],
    encoder: Encoder,
    folds: int,
) -> list[Found]:
    """The confidence in each term of each text after corrections of all texts of other folds."""
    vectors = [encoder([whole(text.title, text.text)])[0] for text in texts]
    corrections = [
        [
            Correction(terms.name, code, code in text.marked, sure, vector)
            for code, sure in line.items()
        ]
        for text, line, vector in zip(texts, untaught, vectors, strict=True)
    ]
    taught: list[Found] = [{}] * len(texts)
    for fold in range(folds):
        learned = learn(
            one for at, some in enumerate(corrections) if at % folds != fold for one in some
        )
        for at in range(fold, len(texts), folds):
            taught[at] = {
                code: judged.confidence
                if (judged := learned.judge(terms.name, code, sure, vectors[at]))
                else sure
                for code, sure in untaught[at].items()
            }
    return taught


def main(wanted: Sequence[str]) -> None:
    """Print the tables."""
    encoder = Encoder()
    print(f"A term is learned from {ENOUGH} corrections of both kinds; suggested from {SHOWN}.")
    if "tools" not in wanted:
        on_pages(encoder)
    if "pages" not in wanted:
        on_tools(encoder)


if __name__ == "__main__":
    main(sys.argv[1:])
