"""Reading a vocabulary file: every mistake is refused with the file, the term and the remedy."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date

import yaml

from catalogue.errors import VocabularyError, nearest
from catalogue.text import name_key
from catalogue.vocabularies.term import Term, Vocabulary

_Loader: type[yaml.SafeLoader | yaml.CSafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_HEAD_NEEDED = ("vocabulary", "prefix", "version", "title", "origin", "terms")
_HEAD_KEYS = frozenset({*_HEAD_NEEDED, "attributes", "labels"})
_TERM_KEYS = frozenset(
    {
        "code",
        "label",
        "definition",
        "aliases",
        "cues",
        "broader",
        "origin",
        "crosswalks",
        "retired_on",
        "replaced_by",
    }
)
_CODE = re.compile(r"[A-Z][A-Z0-9_]*")


def read_vocabulary(text: str, *, name: str, prefix: str) -> Vocabulary:
    """Read the vocabulary `name` from the text of its file.

    Raises:
        VocabularyError: the file is not YAML, has unknown or missing keys, codes or names that
            are not unique, codes without the prefix, empty definitions, or a `broader` or
            `replaced_by` that is not in the file.
    """
    where = f"{name}.yml"
    try:
        head = yaml.load(text, Loader=_Loader)  # noqa: S506 - both loaders are safe ones
    except yaml.YAMLError as error:
        raise VocabularyError(f"{where} is not YAML: {error}") from error
    if not isinstance(head, dict):
        raise VocabularyError(f"{where} has no head.")
    _known_keys(head, _HEAD_KEYS, where)
    for key in _HEAD_NEEDED:
        if not head.get(key):
            raise VocabularyError(f"{where} has no '{key}'.")
    if (head["vocabulary"], head["prefix"]) != (name, prefix):
        raise VocabularyError(f"{where} must say 'vocabulary: {name}' and 'prefix: {prefix}'.")
    if type(head["version"]) is not int:
        raise VocabularyError(f"{where}: 'version' is not a whole number.")
    attributes = _texts(head.get("attributes"), f"{where}: 'attributes'")
    vocabulary = Vocabulary(
        name=name,
        prefix=prefix,
        version=head["version"],
        title=str(head["title"]),
        origin=str(head["origin"]),
        labels=_texts(head.get("labels"), f"{where}: 'labels'"),
        terms=tuple(_term(entry, name, attributes) for entry in head["terms"]),
    )
    _check(vocabulary)
    return vocabulary


def _term(entry: object, name: str, attributes: tuple[str, ...]) -> Term:
    if not isinstance(entry, dict) or not isinstance(entry.get("code"), str):
        raise VocabularyError(f"{name}.yml: a term has no 'code': {entry!r:.80}.")
    where = f"{name}.yml, {entry['code']}"
    _known_keys(entry, _TERM_KEYS.union(attributes), where)
    return Term(
        vocabulary=name,
        code=entry["code"],
        label=_text(entry.get("label"), f"{where}: 'label'"),
        definition=_text(entry.get("definition"), f"{where}: 'definition'"),
        aliases=_texts(entry.get("aliases"), f"{where}: 'aliases'"),
        cues=_texts(entry.get("cues"), f"{where}: 'cues'"),
        broader=str(entry.get("broader", "")),
        origin=str(entry.get("origin", "")),
        crosswalks=_crosswalks(entry.get("crosswalks"), f"{where}: 'crosswalks'"),
        attributes=tuple(
            (key, _text(entry[key], f"{where}: '{key}'")) for key in attributes if key in entry
        ),
        retired_on=_date(entry.get("retired_on"), f"{where}: 'retired_on'"),
        replaced_by=str(entry.get("replaced_by", "")),
    )


def _known_keys(entry: dict[object, object], known: frozenset[str], where: str) -> None:
    for key in entry:
        if key not in known:
            raise VocabularyError(f"{where}: unknown key '{key}'.", nearest(str(key), known))


def _text(value: object, where: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise VocabularyError(f"{where} is empty or not text.", "Put a value in quotation marks.")
    return value.strip()


def _texts(value: object, where: str) -> tuple[str, ...]:
    if value is None:
        return ()
    if not isinstance(value, list):
        raise VocabularyError(f"{where} is not a list.")
    return tuple(_text(item, where) for item in value)


def _crosswalks(value: object, where: str) -> tuple[tuple[str, str], ...]:
    if value is None:
        return ()
    if not isinstance(value, dict):
        raise VocabularyError(f"{where} is not a mapping of scheme to codes.")
    return tuple(
        (str(scheme), code)
        for scheme, codes in value.items()
        for code in _texts(codes if isinstance(codes, list) else [codes], where)
    )


def _date(value: object, where: str) -> str:
    if value is None:
        return ""
    if not isinstance(value, date):
        raise VocabularyError(f"{where} is not a date such as 2026-11-21.")
    return value.isoformat()


def _check(vocabulary: Vocabulary) -> None:
    where = f"{vocabulary.name}.yml"
    codes = {term.code for term in vocabulary.terms}
    for code in _repeated(term.code for term in vocabulary.terms):
        raise VocabularyError(f"{where}: the code {code} stands twice.")
    owners: dict[str, str] = {}
    for term in vocabulary.terms:
        if not term.code.startswith(vocabulary.prefix) or not _CODE.fullmatch(term.code):
            raise VocabularyError(
                f"{where}: the code {term.code} is not {vocabulary.prefix} and capital letters."
            )
        for relation, code in (("broader", term.broader), ("replaced_by", term.replaced_by)):
            if code and (code not in codes or code == term.code):
                raise VocabularyError(
                    f"{where}, {term.code}: '{relation}' names {code}, which is not another term.",
                    nearest(code, codes),
                )
        _check_top(vocabulary, term, where)
        if term.replaced_by and not term.retired_on:
            raise VocabularyError(f"{where}, {term.code}: replaced, but without 'retired_on'.")
        for name in () if term.retired_on else (term.code, *term.names):
            key = name_key(name)
            if key in owners:
                raise VocabularyError(
                    f"{where}, {term.code}: '{name}' already stands under {owners[key]}.",
                    "A name means one term; put a shared word under 'cues'.",
                )
            owners[key] = term.code


def _check_top(vocabulary: Vocabulary, term: Term, where: str) -> None:
    above = [term.code]
    while vocabulary.get(above[-1]).broader:
        above.append(vocabulary.get(above[-1]).broader)
        if above[-1] in above[:-1]:
            raise VocabularyError(f"{where}, {term.code}: 'broader' goes in a circle.")


def _repeated(items: Iterable[str]) -> list[str]:
    return [item for item, count in Counter(items).items() if count > 1]
