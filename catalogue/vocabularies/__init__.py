"""The vocabularies: every code the catalogue uses, with its meaning and what people really write.

One YAML file per vocabulary stands beside this module and is read when it is first asked for.
Codes are stable: a label may change, a code never does, and a code that is no longer used is
retired, not removed. `docs/vocabularies.md` says how they are kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from catalogue.errors import VocabularyError, nearest
from catalogue.vocabularies.term import Term, Vocabulary

__all__ = ["PREFIXES", "Term", "Vocabularies", "Vocabulary", "load"]

PREFIXES: Mapping[str, str] = MappingProxyType(
    {
        "use_cases": "UC_",
        "settings": "SET_",
        "user_groups": "USR_",
        "benefits": "BEN_",
        "rungs": "RUNG_",
        "counter_effects": "CTR_",
        "assumptions": "ASM_",
        "autonomy": "AUT_",
        "evidence_types": "EVT_",
        "evidence_strengths": "EVS_",
        "measurements": "EVM_",
        "relations": "REL_",
        "voices": "VOICE_",
        "phases": "PH_",
        "trial_funding": "TRIAL_FUND_",
        "assurance_artefacts": "ASR_",
        "assurance_states": "AST_",
        "scope_classes": "SC_",
        "scope_rules": "R",
        "enabling_conditions": "ENB_",
        "risks": "RSK_",
        "signals": "SIG_",
        "horizons": "HZ_",
        "data_locations": "LOC_",
        "integrations": "INT_",
        "exclusion_reasons": "XR_",
        "notice_types": "NTC_",
    }
)
"""The vocabularies there are: name (of the file, too) and the prefix of every code in it."""


class Vocabularies:
    """All vocabularies by name; each is read and checked once, when it is first asked for."""

    def __getitem__(self, name: str) -> Vocabulary:
        """The vocabulary of that name.

        Raises:
            VocabularyError: there is none of that name, or its file is inconsistent.
        """
        if name not in PREFIXES:
            raise VocabularyError(f"There is no vocabulary '{name}'.", nearest(name, PREFIXES))
        return _read(name)

    def __iter__(self) -> Iterator[Vocabulary]:
        return (self[name] for name in PREFIXES)

    def __len__(self) -> int:
        return len(PREFIXES)

    def term(self, code: str) -> Term:
        """The term of any code, its vocabulary found by the code's prefix.

        Raises:
            VocabularyError: no vocabulary has that code; the message gives the nearest.
        """
        prefixed = [name for name, prefix in PREFIXES.items() if code.startswith(prefix)]
        if not prefixed:
            raise VocabularyError(f"'{code}' is not a code of any vocabulary.")
        return self[max(prefixed, key=lambda name: len(PREFIXES[name]))].get(code)

    def label(self, code: str) -> str:
        """The label of any code; the code itself when no vocabulary has it, or it is empty."""
        try:
            return self.term(code).label
        except VocabularyError:
            return code

    def versions(self) -> tuple[tuple[str, int], ...]:
        """Name and version of every vocabulary: what an export records."""
        return tuple((vocabulary.name, vocabulary.version) for vocabulary in self)


@cache
def load() -> Vocabularies:
    """The vocabularies this package carries."""
    return Vocabularies()


@cache
def _read(name: str) -> Vocabulary:
    # The app knows the fields of a query before it is painted, and needs no term until then.
    from catalogue.vocabularies.reader import read_vocabulary  # noqa: PLC0415

    text = files(__name__).joinpath(f"{name}.yml").read_text(encoding="utf-8")
    return read_vocabulary(text, name=name, prefix=PREFIXES[name])
