"""The database's side of `catalogue.hints.HintStore`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from catalogue.account import accounts
from catalogue.database import Database, insert_new
from catalogue.hints import Corrected, Described, Suggested
from catalogue.models import Embedding, TermHint, Tool
from catalogue.precedence import shown
from catalogue.projection import project_again, reading, words_of
from catalogue.review.holding import holding

_CHUNK = 500


class HintShelf:
    """Hints over a database (implements `HintStore`)."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def waiting(self, tagger: str, after: int, limit: int) -> Sequence[Described]:
        """The first tools with numbers beyond `after` that have no hints of their present words
        by this tagger.
        """
        query = (
            select(Tool.id)
            .where(
                Tool.id > after,
                Tool.hinted != Tool.reading + "/" + tagger,
                Tool.canonical_id.is_(None),
            )
            .order_by(Tool.id)
            .limit(limit)
        )
        with self._database.read() as session:
            return list(_described(session, session.scalars(query).all()))

    def put(self, tagger: str, hints: Mapping[Described, Suggested]) -> None:
        """Keep the hints of tools in the place of their old ones, and bring their tags in step."""
        given = {one.tool: one for one in hints}
        with self._database.write() as session:
            tools = session.scalars(select(Tool).where(Tool.id.in_(given)).order_by(Tool.id)).all()
            rows = [row for tool in tools for row in _rows(tool.id, hints[given[tool.id]])]
            session.execute(delete(TermHint).where(TermHint.tool_id.in_(given)))
            if rows:
                session.execute(insert(TermHint), rows)
            for tool in tools:
                one = given[tool.id]
                tool.hinted = f"{reading(one.title, one.text)}/{tagger}"
            project_again(session, tools)

    def corrected(self) -> Sequence[Corrected]:
        """All that people decided of terms on tools and that holds, in a fixed order."""
        with self._database.read() as session:
            ruled = [
                Corrected(
                    int(ruling.subject.removeprefix("tool/")),
                    *_term(ruling.object),
                    ruling.value == "accepted",
                )
                for ruling in holding(session, "tag")
            ]
        return sorted(ruled, key=lambda one: (one.tool, one.vocabulary, one.code))

    def described(self, tools: Sequence[int]) -> Iterator[Described]:
        """The words of these tools, by number."""
        for start in range(0, len(tools), _CHUNK):
            with self._database.read() as session:
                yield from _described(session, tools[start : start + _CHUNK])

    def held(self, model: str, hashes: Sequence[str]) -> Mapping[str, bytes]:
        """Vectors that are stored of texts, by the text's hash, as little-endian float32."""
        found: dict[str, bytes] = {}
        with self._database.read() as session:
            for start in range(0, len(hashes), _CHUNK):
                query = select(Embedding.text_sha, Embedding.vector).where(
                    Embedding.model == model,
                    Embedding.text_sha.in_(hashes[start : start + _CHUNK]),
                )
                found |= {row[0]: row[1] for row in session.execute(query)}
        return found

    def put_vectors(self, model: str, vectors: Iterable[tuple[str, bytes]]) -> None:
        """Store vectors, pairs (text hash, little-endian float32 bytes), in one transaction."""
        rows = [{"text_sha": sha, "model": model, "vector": vector} for sha, vector in vectors]
        with self._database.write() as session:
            insert_new(session, Embedding, rows)


def _described(session: Session, ids: Sequence[int]) -> Iterator[Described]:
    tools = session.scalars(select(Tool).where(Tool.id.in_(ids)).order_by(Tool.id)).all()
    for account in accounts(session, tools):
        yield Described(account.tool.id, *words_of(account, shown(account.spoken, account.homes)))


def _rows(tool: int, suggested: Suggested) -> Iterator[dict[str, object]]:
    for vocabulary, some in sorted(suggested.items()):
        for one in sorted(some, key=lambda one: one.code):
            if one.state == "suggested":
                yield {
                    "tool_id": tool,
                    "vocabulary": vocabulary,
                    "code": one.code,
                    "confidence": one.confidence,
                    "why": one.why,
                    "quote": one.quote,
                }


def _term(name: str) -> tuple[str, str]:
    vocabulary, _, code = name.partition("/")
    return vocabulary, code
