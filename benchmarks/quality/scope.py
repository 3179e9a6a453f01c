"""How well the rules of scope tell what is clinical and what is borderline, on the labelled pages.

Each page is read as the product reads a tool: each use case that it is labelled with is a function,
and a page is clinical when a function is out of scope, borderline when one may inform care or is
likely a medical device. Beside it in the same run: a page is clinical when any clinical word stands
in it, whatever the sentence says. The rules were written with these pages in sight.

    python -m benchmarks.quality.scope
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from benchmarks.quality.pages import LabelledPage, labelled_pages
from catalogue.phrases import Phrases
from catalogue.quality import Score, micro, score
from catalogue.scope import ScopeDecision, decide
from catalogue.vocabularies import load

CLINICAL = "SC_CLINICAL_OUT"


def decisions(page: LabelledPage) -> list[ScopeDecision]:
    """What the rules say of each function of a page."""
    use_cases = sorted(code for code in page.codes if code.startswith("UC_")) or [""]
    return [decide(one, f"{page.title}\n{page.text}") for one in use_cases]


def by_rules(page: LabelledPage) -> bool:
    """Clinical by the rules."""
    return any(one.scope == CLINICAL for one in decisions(page))


def by_any_word(page: LabelledPage) -> bool:
    """Clinical by any cue of a clinical rule."""
    rules = [rule for rule in load()["scope_rules"] if rule.attribute("scope") == CLINICAL]
    cues = Phrases((rule.code, cue) for rule in rules for cue in rule.cues)
    return next(cues.find(f"{page.title}\n{page.text}"), None) is not None


def borderline(page: LabelledPage) -> bool:
    """Borderline, or likely a medical device, by the rules."""
    return any(one.scope == "SC_BORDERLINE" or one.device == "likely" for one in decisions(page))


def row(
    name: str,
    pages: Sequence[LabelledPage],
    found: Callable[[LabelledPage], bool],
    marked: Callable[[LabelledPage], bool],
) -> str:
    """One line of the table."""
    pairs = [(found(page), marked(page)) for page in pages]
    total: Score = micro(
        score({1} if ours else (), {1} if theirs else ()) for ours, theirs in pairs
    )
    right = sum(ours == theirs for ours, theirs in pairs) / len(pairs)
    return (
        f"{name:34} {total.precision:9.3f} {total.recall:6.3f} {total.f1:5.3f} {right:8.3f}"
        f" {total.tp:5} {total.fp:5} {total.fn:6}"
    )


def main() -> None:
    """Print the table, the rules that decided, and every page that was judged wrongly."""
    pages = labelled_pages()
    print(f"{len(pages)} labelled pages")
    print(f"{'':34} precision recall    F1 accuracy right wrong missed")
    print(row("clinical, by any clinical word", pages, by_any_word, lambda one: one.is_clinical))
    print(row("clinical, by the rules", pages, by_rules, lambda one: one.is_clinical))
    print(row("borderline or device, by the rules", pages, borderline, lambda one: one.borderline))
    rules = Counter(one.rule or "none" for page in pages for one in decisions(page))
    print("\nfunctions by the rule that decided:")
    print(", ".join(f"{rule} {count}" for rule, count in sorted(rules.items())))
    for page in pages:
        said = "; ".join(f"{one.rule or 'no rule'}: {one.quote}" for one in decisions(page))
        if by_rules(page) != page.is_clinical:
            print(
                f"\nclinical: {page.is_clinical}, and not as the rules say: {page.title}\n  {said}"
            )
        elif borderline(page) != page.borderline and not page.is_clinical:
            marked = page.borderline
            print(f"\nborderline: {marked}, and not as the rules say: {page.title}\n  {said}")


if __name__ == "__main__":
    main()
