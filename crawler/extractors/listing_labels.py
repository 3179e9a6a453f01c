"""The visible labels of service pages, and what each is to us: `gcloud_labels.yml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from catalogue.text import name_key


@dataclass(frozen=True, slots=True)
class Labels:
    """Keys of labels (`catalogue.text.name_key`), each in one of these tables."""

    text: Mapping[str, str]
    """The property whose value the words are."""
    coded: Mapping[str, str]
    """The property whose vocabulary the words name terms of."""
    held: Mapping[str, str]
    """The ASR_ code of the artefact that the answer says is held or not."""
    details: Mapping[str, tuple[str, str]]
    """The ASR_ code of the artefact that the words tell more of, and the word that joins them."""
    named: frozenset[str]
    """Artefacts are named in the words."""
    offered: Mapping[str, str]
    """What a "yes" offers for others to connect by."""
    left_out: frozenset[str]

    def knows(self, key: str) -> bool:
        """Whether a label stands in one of the tables."""
        tables = (self.text, self.coded, self.held, self.details, self.offered)
        return key in self.named or key in self.left_out or any(key in one for one in tables)


@cache
def labels() -> Labels:
    """The labels this package knows."""
    tree = yaml.safe_load(files("crawler.extractors").joinpath("gcloud_labels.yml").read_bytes())
    return Labels(
        text=_keyed(tree["text"]),
        coded=_keyed(tree["coded"]),
        held=_keyed(tree["held"]),
        details={
            name_key(label): next(iter(said.items())) for label, said in tree["details"].items()
        },
        named=frozenset(map(name_key, tree["named"])),
        offered=_keyed(tree["offered"]),
        left_out=frozenset(map(name_key, tree["left_out"])),
    )


def _keyed(table: Mapping[str, str]) -> Mapping[str, str]:
    return {name_key(label): target for label, target in table.items()}
