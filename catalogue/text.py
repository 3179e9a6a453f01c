"""Untrusted text made safe and comparable: cleaning, keys of names, sentences, quotes.

Text from a page passes `clean` before it is stored and again before it is painted, because a
terminal obeys control sequences wherever they come from. Every function is pure and takes any
`str`, lone surrogates included; `clean`, `one_line`, `quote` and the keys give the same answer
when they are applied to their own answer.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Final

QUOTE_LIMIT: Final = 300
"""Longest quote, in characters: the limit of `catalogue.drafts.Quote`."""

_PLAIN = re.compile(r"[\x20-\x7e\t\n]*")
"""Text that needs no cleaning."""

_SEQUENCE = re.compile(
    r"""
    (?: \x1b\[ | \x9b ) [0-?]* [ -/]* [@-~]?            # CSI: colours, cursor, modes
    | \x1b[\]PX^_] (?:                                  # OSC, DCS, SOS, PM, APC:
        [^\x07\x1b\x90\x98\x9b-\x9f]* (?: \x07 | \x1b\\ | \x9c )    # with its end, or
        | [^\x07\x1b\x90\x98\x9b-\x9f\n]* )                         # to the end of the line
    | (?<!\x80) [\x90\x98\x9d-\x9f]                     # their one-byte forms, which also occur
        [^\x07\x1b\x90\x98\x9b-\x9f]* (?: \x07 | \x1b\\ | \x9c )    # in wrongly decoded quotation
                                                        # marks (after \x80): ended ones only
    | \x1b [ -/]* [0-~]?                                # all other escapes
    """,
    re.VERBOSE,
)

_LINE_END = re.compile("\r\n?|[\v\f\x85\u2028\u2029]")

_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"  # C0, DEL, C1
    "\xad\u034f\u061c\u180e"  # soft hyphen, joiners and marks without width
    "\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff"  # spaces, bidi, byte-order mark
    "\ufdd0-\ufdef\ufff9-\ufffb\ufffe\uffff"  # annotations, noncharacters
    "\U000e0000-\U000e0fff]"  # tags and selectors that can carry hidden text
)

_SURROGATE = re.compile("[\ud800-\udfff]")

_PICTURE = "\u2190-\u2bff\u3030\u303d\ufe0f\U0001f000-\U0001faff"
_STRAY_JOINER = re.compile(f"(?<![{_PICTURE}])\u200d|\u200d(?![{_PICTURE}])")
"""A zero-width joiner that does not join two emoji."""

_MARKS_KEPT: Final = 6
"""Longest run of combining marks: enough for every script, too few to spill over other lines."""

_MARKS: Final = range(0x300, 0x1E94B)
"""Code points among which combining marks are found."""


@cache
def _excess_marks() -> re.Pattern[str]:
    """Match a run of combining marks longer than what is kept; group 1 is what is kept."""
    marks = [c for c in map(chr, _MARKS) if unicodedata.category(c)[0] == "M"]
    near = "".join(c for c in marks if c <= "\uffff")
    far = "".join(c for c in marks if c > "\uffff")
    # The class of the far planes is slow, so it is asked about their characters only.
    mark = f"(?:[{near}]|(?=[\U00010000-\U0010ffff])[{far}])"
    return re.compile(f"({mark}{{{_MARKS_KEPT}}}){mark}+")


def clean(text: str) -> str:
    """Give `text` without anything a terminal would obey or a reader could not see.

    Terminal sequences are removed, ended or not; other control characters, bidirectional
    overrides, characters without width, tags and noncharacters are dropped; a lone surrogate
    becomes U+FFFD; every line end becomes a newline; runs of combining marks are cut to six;
    the result is in Unicode form NFC. Tabs, newlines and the joiners inside emoji stay.
    """
    if _PLAIN.fullmatch(text):
        return text
    text = _SEQUENCE.sub("", text)
    text = _LINE_END.sub("\n", text)
    text = _INVISIBLE.sub("", text)
    text = _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text)
    text = _STRAY_JOINER.sub("", text)
    if not text.isascii():
        # Composition opens some characters into several marks, so the runs are cut twice.
        text = _composed(_composed(text))
    return text


def _composed(text: str) -> str:
    """Cut runs of combining marks, then compose. Most texts have no mark, and looking at each
    letter once is much faster than the pattern.
    """
    if any(letter >= "\u0300" and unicodedata.category(letter)[0] == "M" for letter in set(text)):
        text = _excess_marks().sub(r"\1", text)
    return unicodedata.normalize("NFC", text)


def one_line(text: str, limit: int = 0) -> str:
    """Clean `text` and put it on one line, white space collapsed.

    With a `limit`, the result has at most that many characters: it is cut at a word where there
    is one in its second half, and ends in "…".
    """
    line = " ".join(clean(text).split())
    if limit <= 0 or len(line) <= limit:
        return line
    kept = line[: limit - 1]
    if line[limit - 1] != " ":
        space = kept.rfind(" ")
        if space >= limit // 2:
            kept = kept[:space]
    return clean(kept).rstrip(" ,;:.…") + "…"


def quote(text: str) -> str:
    """Give `text` as a quote: one line, at most 300 characters, cut at a word with "…"."""
    return one_line(text, QUOTE_LIMIT)


def name_key(name: str) -> str:
    """Give the key by which two spellings of a name are equal.

    Case, accents, punctuation and spaces do not count, "&" is "and" and "+" is "plus"; a name of
    nothing but other punctuation is its own key.
    """
    if name.isascii() and name.isalnum():  # most words, and nothing to fold but their case
        return name.lower()
    folded = unicodedata.normalize("NFKD", clean(name)).casefold()
    folded = unicodedata.normalize("NFKD", folded).replace("&", "and").replace("+", "plus")
    visible = (c for c in folded if not c.isspace() and unicodedata.category(c)[0] != "M")
    return "".join(filter(str.isalnum, folded)) or "".join(visible)


_LEGAL_FORM_LIST = """
ltd limited plc llp lp llc inc incorporated corp corporation co company cic cio
gmbh ag bv nv sa sas sarl srl spa ab as asa aps oy oyj pty pte kk uk gb
"""
_LEGAL_FORMS = frozenset(_LEGAL_FORM_LIST.split())
_WRITTEN_OUT: Final = {"icb": "integrated care board", "pcn": "primary care network"}
_BOARD: Final = ["integrated", "care", "board"]


def organisation_key(name: str) -> str:
    """Give the key of an organisation's name: `name_key` without its legal form.

    A leading "the" and trailing words such as Ltd, Limited, plc, LLP, Inc, CIC, GmbH, "& Co" and
    (UK) are left out, unless nothing else remains. What the NHS calls by letters is written out,
    as its register does: an ICB, a PCN, an NHS FT; and an ICB's leading "NHS" is left out.
    """
    words = re.sub(r"(?<=\w)[.'\N{RIGHT SINGLE QUOTATION MARK}](?=\w|\s|$)", "", clean(name))
    tokens = re.findall(r"[^\W_]+|&", words.casefold())
    if len(tokens) > 1 and tokens[0] == "the":
        tokens = tokens[1:]
    if tokens and tokens[-1] in _WRITTEN_OUT:
        tokens[-1:] = _WRITTEN_OUT[tokens[-1]].split()
    if tokens[-2:] == ["nhs", "ft"]:
        tokens[-1:] = ["foundation", "trust"]
    if tokens[:1] == ["nhs"] and tokens[-3:] == _BOARD and len(tokens) > len(_BOARD) + 1:
        tokens = tokens[1:]
    while len(tokens) > 1 and (tokens[-1] in _LEGAL_FORMS or tokens[-1] in {"&", "and"}):
        tokens.pop()
    return name_key(" ".join(tokens) or name)


def without_legal_form(name: str) -> str:
    """Give an organisation's name as people say it: "Quillon Hythe" of "Quillon Hythe Ltd"."""
    words = name.split()
    while len(words) > 1 and words[-1].strip("().,").casefold() in _LEGAL_FORMS | {"&", "and", ""}:
        words.pop()
    return " ".join(words).rstrip(",")


_STOP = re.compile(r"[.!?…][.!?…]*[\"'\u201d\u2019)\]]*(?=\s)")
_NO_BLANK = re.compile(r"\S")
_WORD_BEFORE = re.compile(r"[\w.&/-]+\Z")
_ABBREVIATION_LIST = """
dr mr mrs ms mx prof st rev hon sir jr sr e.g i.e eg ie cf vs v viz al approx ca c
dept ed eds fig figs ltd inc co corp tel ext est min max nr ave rd incl excl vol pp p
para sec u.s u.k jan feb mar apr jun jul aug sep sept oct nov dec
"""
_ABBREVIATIONS = frozenset(_ABBREVIATION_LIST.split())
_LONG_WORD: Final = 1 + max(map(len, _ABBREVIATIONS))
"""Letters from which a word before a full stop is no abbreviation."""
_BEFORE_A_NUMBER = frozenset({"no", "nos", "art", "ref", "reg"})


def sentences(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield the sentences of `text` as (start, end, sentence), with `text[start:end]` the sentence.

    A line that begins with anything but a small letter begins a sentence, so headings and list
    items stand alone. Full stops inside numbers, after initials and after abbreviations such as
    "e.g." and "Dr." do not end one.
    """
    start = 0
    ends = (end for at, end in _breaks(text) if _ends_sentence(text, at, end))
    for end in (*ends, len(text)):
        said = text[start:end]
        if sentence := said.strip():
            begins = start + len(said) - len(said.lstrip())
            yield begins, begins + len(sentence), sentence
        start = end


def _breaks(text: str) -> Iterator[tuple[int, int]]:
    """Where a sentence may end, as (start, end): marks that stand before white space, and the white
    space around a line end. Lines are found first: a pattern for both would try each character.
    """
    start = 0
    while start < len(text):
        line_end = text.find("\n", start)
        stop = len(text) if line_end < 0 else line_end + 1  # the mark may stand right before it
        for found in _STOP.finditer(text, start, stop):
            yield found.span()
        if line_end < 0:
            return
        after = _NO_BLANK.search(text, line_end)
        end = len(text) if after is None else after.start()
        yield start + len(text[start:line_end].rstrip()), end
        start = end


def _ends_sentence(text: str, at: int, end: int) -> bool:
    after = text[end : end + 80].lstrip()
    mark = text[at:end]
    if not after or (after[0].islower() and "\n\n" not in mark):
        return not after
    if "\n" in mark or mark[0] != ".":
        return True
    if at >= _LONG_WORD and text[at - _LONG_WORD : at].isalpha():
        return True
    before = _WORD_BEFORE.search(text[max(0, at - 40) : at].rpartition(" ")[2])
    if before is None:
        return True
    word = before[0].strip(".-/&").casefold()
    if word in _BEFORE_A_NUMBER:
        return not after[0].isdigit()
    initial = len(word) == 1 and before[0][0].isupper()
    return not (initial or word in _ABBREVIATIONS)
