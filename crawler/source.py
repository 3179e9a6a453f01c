"""A source: one small YAML file that says who publishes something and how to walk it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal, Self, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    SerializeAsAny,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)

from catalogue import vocabularies
from catalogue.cadence import DEFAULT_ZONE, hours, rhythm, zone
from catalogue.drafts import Origin, Reading
from catalogue.errors import SourceError, VocabularyError, nearest
from catalogue.expectation import Expectation
from catalogue.frontier import SourceRecord
from catalogue.text import one_line
from crawler.archetypes import ARCHETYPES, Archetype
from crawler.archetypes.archetype import WebAddress
from crawler.page import ReadRequest
from crawler.source_tree import DEFAULT_PACK, SUFFIX, read_tree
from crawler.stamp import stamp

__all__ = ["DEFAULT_PACK", "SUFFIX", "Source", "load_source", "load_sources"]

Line = Annotated[str, AfterValidator(one_line)]
"""Words for a person, on one line, without what a terminal would obey."""

PublisherKind = Literal[
    "supplier", "network", "publisher", "regulator", "buyer", "research", "funder"
]

_VOICES = {
    "supplier": "VOICE_SUPPLIER",
    "network": "VOICE_NETWORK",
    "publisher": "VOICE_PRESS",
    "regulator": "VOICE_REGULATOR",
    "buyer": "VOICE_CUSTOMER",
    "research": "VOICE_INDEPENDENT",
    "funder": "VOICE_GOV",
}
"""In whose voice a source speaks where its file does not say, by the kind of publisher."""


class Part(BaseModel):
    """Base of all parts of a source: immutable, unknown keys refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Publisher(Part):
    """Who is behind a source."""

    name: Annotated[Line, Field(min_length=1)]
    """Who publishes, as they call themselves."""
    url: WebAddress | Literal[""] = ""
    """The publisher's own site; empty means the address that is walked."""
    kind: PublisherKind = "supplier"
    """What they are to the market."""


class Licence(Part):
    """Under which terms the source may be used."""

    name: Annotated[Line, Field(min_length=1)] = "all-rights-reserved"
    """SPDX identifier where there is one (`OGL-UK-3.0`); `all-rights-reserved` means that facts
    and short quotes are kept and nothing longer is shown."""
    url: WebAddress | Literal[""] = ""
    """Where the terms stand."""


class Key(Part):
    """A key that the publisher gives out, without which the source is not crawled."""

    env: Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9_]{2,60}$")]
    """Name of the environment variable that holds it, or of the entry in the system's keyring
    (`keyring set horizonscan NAME`). The key itself never stands in a file."""
    url: WebAddress | Literal[""] = ""
    """Where one is asked for."""
    sent_as: Literal["basic", "bearer"] | Annotated[str, Field(pattern=r"^header [A-Za-z-]+$")] = (
        "basic"
    )
    """How it is sent: `basic` (as the user name, without a password), `bearer`, or `header` and
    the header's name (`header X-Api-Key`)."""


class Source(Part):
    """One source, as its file describes it."""

    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{1,60}$")]
    """The name of the file, too: small letters, digits and underscores."""
    family: str = ""
    """A file in `families/` whose keys count where this file does not give them."""
    title: Line = ""
    """A line for a person; empty means the publisher's name."""
    publisher: Publisher
    licence: Licence = Licence()
    voice: str = ""
    """VOICE_ code; empty means the one that goes with the kind of publisher."""
    cadence: str = "weekly"
    """How often it is due: `hourly`, `daily`, `weekly`, `monthly`, `quarterly`, `every 3 days`."""
    quiet: str = ""
    """Hours in which it is left alone, `08:00-18:00`; they may span midnight."""
    timezone: str = DEFAULT_ZONE
    """Where its hours and days are counted."""
    enabled: bool = True
    """Whether it is crawled when all sources are."""
    key: Key | None = None
    """The key it needs; without it the source stays off."""
    walk: SerializeAsAny[Archetype]
    """The archetype and its options."""
    extract: tuple[str, ...] = ()
    """Extractors, in order; empty means those of the archetype."""
    expect: Expectation = Expectation()
    note: str = ""
    """What a person should know."""

    @field_validator("walk", mode="before")
    @classmethod
    def _of_its_archetype(cls, walk: object) -> object:
        """Let the options be judged by the model of the archetype that they name."""
        if not isinstance(walk, dict):
            return walk
        name = walk.get("archetype")
        if not isinstance(name, str) or name not in ARCHETYPES:
            raise ValueError(f"unknown archetype '{name}'. {nearest(str(name), ARCHETYPES)}")
        return ARCHETYPES[name].model_validate(walk)

    @field_validator("voice")
    @classmethod
    def _known_voice(cls, voice: str) -> str:
        try:
            return voice and vocabularies.load()["voices"].get(voice).code
        except VocabularyError as error:
            raise ValueError(str(error)) from error

    @field_validator("cadence", "quiet", "timezone")
    @classmethod
    def _understood(cls, value: str, info: ValidationInfo) -> str:
        """Let the schedule judge what is its own."""
        judges: dict[str, Callable[[str], object]] = {
            "cadence": rhythm,
            "quiet": hours,
            "timezone": zone,
        }
        judges[str(info.field_name)](value)
        return value

    @model_validator(mode="after")
    def _coherent(self) -> Self:
        if self.expect.documents.min > self.walk.page_budget:
            raise ValueError(
                f"at least {self.expect.documents.min} documents are expected, but the walk visits "
                f"{self.walk.page_budget} at most: raise the limit or expect less"
            )
        if len(set(self.extract)) < len(self.extract):
            raise ValueError("extract names an extractor twice")
        return self

    @property
    def extractors(self) -> tuple[str, ...]:
        """The extractors that read its pages."""
        return self.extract or self.walk.extractors

    @property
    def spoken_by(self) -> str:
        """The VOICE_ code in force."""
        return self.voice or _VOICES[self.publisher.kind]

    @cached_property
    def site(self) -> str:
        """The publisher's own site."""
        return self.publisher.url or self.walk.url

    def read_request(self, known_text_sha: str = "") -> ReadRequest:
        """How its pages are to be read; a page whose chosen text is known is not read again."""
        return ReadRequest(
            extractors=self.extractors,
            publisher=self.publisher.name,
            voice=self.spoken_by,
            site=self.site,
            known_text_sha=known_text_sha,
            options=self.walk.for_extractors,
        )

    @cached_property
    def reader(self) -> str:
        """What reads its pages: see `crawler.stamp`."""
        return stamp(self.walk.archetype, self.read_request())

    def signed(self, reading: Reading, url: str, *, listed: bool = False) -> Reading:
        """A reading that says what read it, and which address its bytes came from; `listed` when
        they are those of a listing that it stands in.
        """
        origin = Origin(reader=self.reader, url=url, listed=listed)
        return reading.model_copy(update={"origin": origin})

    def record(self) -> SourceRecord:
        """What the catalogue keeps of it."""
        return SourceRecord(
            name=self.name,
            title=self.title or self.publisher.name,
            archetype=self.walk.archetype,
            publisher=self.publisher.name,
            publisher_url=self.site,
            publisher_kind=self.publisher.kind,
            voice=self.spoken_by,
            licence=self.licence.name,
            cadence=self.cadence,
            definition=self.model_dump_json(),
            enabled=self.enabled,
            quiet=self.quiet,
            timezone=self.timezone,
            reader=self.reader,
        )


def load_source(path: Path) -> Source:
    """Read one source file.

    Raises:
        SourceError: it cannot be read, is not YAML, has an unknown key or a wrong value, names a
            family that does not exist, or does not bear its own name.
    """
    tree = read_tree(path).values
    try:
        source = Source.model_validate(tree)
    except ValidationError as error:
        raise SourceError(f"{path}: {' '.join(_sentences(error, tree))}") from error
    if source.name != path.stem:
        raise SourceError(
            f"{path} calls itself '{source.name}'.",
            f"A source bears the name of its file: name: {path.stem}",
        )
    return source


def source_defined(definition: str) -> Source:
    """The source of a definition that the catalogue kept (`Source.record`).

    Raises:
        SourceError: it is not understood any more.
    """
    try:
        return Source.model_validate_json(definition)
    except ValidationError as error:
        said = " ".join(_sentences(error, json.loads(definition)))
        raise SourceError(f"Its definition is not understood any more: {said}") from error


def load_sources(folder: Path) -> tuple[Source, ...]:
    """Read all source files of a folder, by name.

    Raises:
        SourceError: the folder has none, or one of them is wrong.
    """
    paths = sorted(folder.glob(f"*{SUFFIX}"))
    if not paths:
        raise SourceError(f"There are no source files (*{SUFFIX}) in {folder}.")
    return tuple(load_source(path) for path in paths)


def _sentences(error: ValidationError, tree: Mapping[str, Any]) -> Iterator[str]:
    """One sentence for each fault: where, what, and the nearest right key."""
    for fault in error.errors():
        place = fault["loc"]
        where = ".".join(str(part) for part in place)
        if fault["type"] == "extra_forbidden":
            yield f"Unknown key '{where}'. {nearest(str(place[-1]), _keys(place[:-1], tree))}"
        elif fault["type"] == "missing":
            yield f"The key '{where}' is missing."
        else:
            said = fault["msg"].removeprefix("Value error, ").rstrip(".")
            yield f"{where or 'The file'}: {said}."


def _keys(place: Sequence[int | str], tree: Mapping[str, Any]) -> list[str]:
    """The keys that may stand at a place."""
    model: type[BaseModel] = Source
    for part in place:
        annotation = model.model_fields[str(part)].annotation
        if part == "walk":
            annotation = ARCHETYPES[tree["walk"]["archetype"]]
        for kind in (annotation, *get_args(annotation)):
            if isinstance(kind, type) and issubclass(kind, BaseModel):
                model = kind
    return list(model.model_fields)
