"""Buyers named in running text: trusts, boards, practices, councils, care homes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from catalogue.text import one_line

_WORD = r"[A-Z][\w'\u2019.-]*"
_LINK = r"(?:of|and|the|in|for|on|upon|under|at|with|&|St\.?)"
_KIND = (
    r"(?:(?:University\s+)?(?:Teaching\s+)?Hospitals?\s+)?NHS\s+(?:Foundation\s+)?Trust"
    r"|NHS\s+FT|Health\s+and\s+(?:Social\s+)?Care\s+(?:NHS\s+)?Trust"
    r"|Health\s+and\s+Care\s+Partnership"
    r"|Integrated\s+Care\s+(?:Board|System)|ICB|Health\s+Board|Primary\s+Care\s+Network|PCN"
    r"|Ambulance\s+Service(?:\s+NHS\s+(?:Foundation\s+)?Trust)?"
    r"|(?:Medical|Health|Group|Family|GP)\s+(?:Practice|Centre|Center)|Surgery|Medical\s+Group"
    r"|(?:County|City|Borough|District|Metropolitan|Unitary)\s+Council|Council"
    r"|(?:Care|Nursing)\s+Home|Hospice|Shared\s+Services"
    r"|(?:University\s+|Teaching\s+|General\s+|District\s+|Community\s+"
    r"|Children[\u2019']s\s+)*Hospitals?(?!\s+(?:of"
    r"|at)\s+[A-Z])(?:\s+NHS(?:\s+Foundation)?\s+Trust)?"
)
_NAME = re.compile(
    rf"(?<![\w'\u2019])(?:{_WORD}(?:(?:\s+|,\s+(?={_WORD}\s+(?:and|&)\s))(?:{_WORD}"
    rf"|{_LINK}(?=\s))){{0,7}}?)\s+(?:{_KIND})\b"
)
_LEADING = re.compile(
    r"^(?:(?:At|The|With|Our|In|For|From|When|How|And|But|By|After|Before|Since|While|Both|All"
    r"|One|Two"
    r"|Three|Four|Five|Six|Seven|Eight|Nine|Ten|Staff|Across|Today|Over|Now|Like"
    r"|Case\s+[Ss]tudy|Where|Why"
    r"|During|Many|Some|Every|Each|This|That|Its|Their|If|As|To|On|Because|Under|Although"
    r"|Meanwhile)\s+)+"
)
_GENERIC = re.compile(
    r"^(?:NHS|An?|Any|Your|Local|Acute|Mental|Community|Foundation|National|Primary|Integrated"
    r"|GP|District"
    r"|General|University|Teaching|Care|Medical|Group|Health|County|City|Borough|Research"
    r"|Medical\s+Research"
    r"|British|Privy|Security)?\s*(?:NHS\s+(?:Foundation\s+)?Trusts?|Trusts?"
    r"|Integrated\s+Care\s+(?:Board|System)"
    r"|ICBs?|Hospitals?|Surgery|Councils?|(?:Medical|Health|Group)\s+(?:Practice|Centre)"
    r"|Practice|Health\s+Board"
    r"|Care\s+Home|Nursing\s+Home|Primary\s+Care\s+Network|PCN|Ambulance\s+Service|Hospice"
    r"|Medical\s+Group"
    r"|Shared\s+Services)$",
    re.IGNORECASE,
)
_SETTINGS = (
    ("SET_AMB", re.compile(r"\bAmbulance\b")),
    ("SET_MH", re.compile(r"\bMental Health\b|\bPsychological\b")),
    ("SET_COMMUNITY", re.compile(r"\bCommunity Health(?:care)?\b")),
    (
        "SET_PRIMARY",
        re.compile(
            r"(?:Medical|Health|Group|Family|GP) (?:Practice|Centre|Center)$|Surgery$"
            r"|Medical Group$"
            r"|Primary Care Network$|PCN$"
        ),
    ),
    ("SET_CAREHOME", re.compile(r"(?:Care|Nursing) Home$")),
    ("SET_EOL", re.compile(r"Hospice$")),
    ("SET_SOCIAL", re.compile(r"Council$")),
    ("SET_CORP", re.compile(r"Shared Services$")),
    ("SET_ICS", re.compile(r"Integrated Care|ICB$")),
    ("SET_ACUTE", re.compile(r"Hospitals?(?: NHS.*)?$")),
)


@dataclass(frozen=True, slots=True)
class Named:
    """An organisation named in a text."""

    name: str
    start: int
    end: int


def organisations(text: str) -> Iterator[Named]:
    """Organisations of kinds that buy for the NHS, as named; kinds without a name left out."""
    for found in _NAME.finditer(text):
        words = one_line(found[0])
        bare = _LEADING.sub("", words)
        if bare and not _GENERIC.match(bare) and "\n" not in found[0]:
            yield Named(bare, found.end() - len(bare), found.end())


def setting_of(name: str) -> str:
    """Code of the care setting that the name itself tells; empty when it does not."""
    return next((code for code, pattern in _SETTINGS if pattern.search(name)), "")
