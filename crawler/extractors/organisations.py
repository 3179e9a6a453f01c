"""Buyers named in running text: trusts, boards, practices, councils, homes, national bodies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from catalogue.text import one_line

_WORD = r"[A-Z][\w'\u2019.-]*"
_LINK = r"(?:of|and|the|upon|under|&|St\.?|for(?=\s+(?:Children|Women|Sick)))"
_TRUST = r"NHS\s+(?:Foundation\s+)?Trust|NHS\s+FT|NHS\s+(?:FOUNDATION\s+)?TRUST"
_KIND = (
    rf"(?:(?:University\s+)?(?:Teaching\s+)?Hospitals?\s+)?(?:{_TRUST})"
    r"|Health\s+and\s+(?:Social\s+)?Care\s+(?:NHS\s+)?Trust"
    r"|Health\s+and\s+(?:Social\s+)?Care\s+Partnership"
    r"|Integrated\s+Care\s+(?:Board|System)|INTEGRATED\s+CARE\s+BOARD|ICB"
    r"|Health\s+Board|HEALTH\s+BOARD|Primary\s+Care\s+Network|PRIMARY\s+CARE\s+NETWORK|PCN"
    rf"|Ambulance\s+Service(?:\s+(?:{_TRUST}))?"
    r"|(?:Medical|Health|Group|Family|GP)\s+(?:Practice|Centre|Center)|Surgery|Medical\s+Group"
    r"|MEDICAL\s+(?:PRACTICE|CENTRE)|HEALTH\s+CENTRE|SURGERY"
    r"|GP\s+(?:Federation|Partnership)|Medical\s+Partnership"
    r"|(?:County|City|Borough|District|Metropolitan|Unitary)\s+Council|Council|COUNCIL"
    r"|(?:Care|Nursing)\s+Home|Hospice|Shared\s+Services"
    r"|(?:University\s+|Teaching\s+|General\s+|District\s+|Community\s+"
    r"|Children[\u2019']s\s+)*Hospitals?(?!\s+(?:of|at|for)\s+(?:[A-Z]|the\s))"
    rf"(?:\s+(?:{_TRUST}))?"
)
_PLACE = rf"{_WORD}(?:(?:\s+(?:and|&)\s+|\s+){_WORD}){{0,2}}?"
_NAME = re.compile(
    # A kind of organisation with its name before it: "Saltreach Community Health NHS Trust".
    rf"(?<![\w'\u2019])(?:{_WORD}(?:(?:\s+|,\s+(?={_WORD}\s+(?:and|&)\s))(?:{_WORD}"
    rf"|{_LINK}(?=\s))){{0,8}}?)\s+(?:{_KIND})\b"
    # With its name after it.
    rf"|(?<!\w)University\s+Hospitals?\s+of\s+{_PLACE}(?:\s+(?:{_TRUST})\b|(?=\W*(?:[a-z(,.;:]|$)))"
    rf"|(?<!\w)(?:London|Royal)\s+Borough\s+of\s+{_WORD}(?:\s+(?:and|&)\s+{_WORD})?"
    # A practice that goes by the word alone: "The Larkmoor Practice", but not "Best Practice".
    rf"|(?<!\w)The\s+(?:{_WORD}\s+){{1,3}}?Practice\b"
)
_BOARDS = (
    r"NHS\s+(?:Ayrshire\s+(?:and|&)\s+Arran|Borders|Dumfries\s+(?:and|&)\s+Galloway|Fife"
    r"|Forth\s+Valley|Grampian|Greater\s+Glasgow\s+(?:and|&)\s+Clyde|Highland|Lanarkshire|Lothian"
    r"|Orkney|Shetland|Tayside|Western\s+Isles)\b"
)
"""Scotland's boards, whose names do not say what they are."""
_NATIONAL = (
    r"NHS\s+(?:England|Blood\s+and\s+Transplant|Business\s+Services\s+Authority|Resolution"
    r"|Supply\s+Chain|National\s+Services\s+Scotland|Education\s+for\s+Scotland|24|Digital)\b"
    r"|NHSBSA\b|NHSBT\b|UKHSA\b|UK\s+Health\s+Security\s+Agency|Care\s+Quality\s+Commission"
    r"|Health\s+Research\s+Authority|Public\s+Health\s+(?:Wales|Scotland)"
    r"|Digital\s+Health\s+and\s+Care\s+Wales|Healthcare\s+Improvement\s+(?:Scotland|Wales)"
    r"|Department\s+of\s+Health\s+and\s+Social\s+Care"
    r"|Medicines\s+and\s+Healthcare\s+products\s+Regulatory\s+Agency"
)
_KNOWN = re.compile(rf"(?<!\w)(?:{_BOARDS}|{_NATIONAL})")
_NATIONAL_NAME = re.compile(rf"(?:{_NATIONAL})$")
_LEADING = re.compile(
    r"^(?:(?:At|The|With|Our|In|For|From|When|How|And|But|By|After|Before|Since|While|Both|All"
    r"|One|Two"
    r"|Three|Four|Five|Six|Seven|Eight|Nine|Ten|Staff|Clinicians|Nurses|Doctors|GPs|Teams"
    r"|Across|Today|Over|Now|Like|Last|Until|Then|Case\s+[Ss]tudy|Where|Why|Elsewhere|However"
    r"|During|Many|Some|Every|Each|This|That|Its|Their|If|As|To|On|Because|Under|Although|Of|And"
    r"|Meanwhile|the|of|and|&|for)\s+)+"
)
_GENERIC = re.compile(
    r"^(?:The\s+)?(?:NHS|An?|Any|Your|Local|Acute|Mental|Community|Foundation|National|Primary"
    r"|Integrated|GP|District"
    r"|General|University|Teaching|Care|Medical|Group|Health|County|City|Borough|Research"
    r"|Medical\s+Research|Best|Good|Clinical|Private"
    r"|British|Privy|Security)?\s*(?:NHS\s+(?:Foundation\s+)?Trusts?|Trusts?"
    r"|Integrated\s+Care\s+(?:Board|System)"
    r"|ICBs?|Hospitals?|Surgery|Councils?|(?:Medical|Health|Group)\s+(?:Practice|Centre)"
    r"|Practice|Health\s+Board"
    r"|Care\s+Home|Nursing\s+Home|Primary\s+Care\s+Network|PCN|Ambulance\s+Service|Hospice"
    r"|Medical\s+Group|GP\s+(?:Federation|Partnership)|Health\s+and\s+(?:Social\s+)?Care\s+\w+"
    r"|Shared\s+Services)$",
    re.IGNORECASE,
)
_SETTINGS = (
    ("SET_AMB", re.compile(r"\bAmbulance\b", re.IGNORECASE)),
    ("SET_MH", re.compile(r"\bMental Health\b|\bPsychological\b", re.IGNORECASE)),
    ("SET_COMMUNITY", re.compile(r"\bCommunity Health(?:care)?\b", re.IGNORECASE)),
    (
        "SET_PRIMARY",
        re.compile(
            r"(?:Medical|Health|Group|Family|GP) (?:Practice|Centre|Center)$|Surgery$"
            r"|^The .*Practice$|Medical (?:Group|Partnership)$|GP (?:Federation|Partnership)$"
            r"|Primary Care Network$|PCN$",
            re.IGNORECASE,
        ),
    ),
    ("SET_CAREHOME", re.compile(r"(?:Care|Nursing) Home$")),
    ("SET_EOL", re.compile(r"Hospice$")),
    ("SET_SOCIAL", re.compile(r"Council$|Borough of ", re.IGNORECASE)),
    ("SET_CORP", re.compile(r"Shared Services$")),
    ("SET_ICS", re.compile(r"Integrated Care|ICB$", re.IGNORECASE)),
    (
        "SET_ACUTE",
        re.compile(r"Hospitals?(?: NHS.*| for \w+.*)?$|^University Hospitals?", re.IGNORECASE),
    ),
    ("SET_NATIONAL", _NATIONAL_NAME),
)


_HINTS = (
    *("Trust", "TRUST", "Hospital", "Board", "BOARD", "ICB", "Council", "COUNCIL", "Practice"),
    *("PRACTICE", "Surgery", "SURGERY", "Network", "NETWORK", "PCN", "Ambulance", "Cent", "CENTRE"),
    *(
        "Hospice",
        "Home",
        "Service",
        "Borough",
        "NHS",
        "Group",
        "Federation",
        "Partnership",
        "NHS FT",
    ),
    *("UKHSA", "Care ", "Health", "System"),
)
"""One of these stands in every name that is looked for; most sentences have none."""
_CAPITAL = re.compile(r"[A-Z]")
"""So does a capital that is not the first letter of the text."""


@dataclass(frozen=True, slots=True)
class Named:
    """An organisation named in a text."""

    name: str
    start: int
    end: int


def organisations(text: str) -> Iterator[Named]:
    """Organisations of kinds that buy for the NHS, in order; kinds without a name left out."""
    if _CAPITAL.search(text, 1) is None or not any(hint in text for hint in _HINTS):
        return
    found = {}
    for match in _NAME.finditer(text):
        words = one_line(match[0])
        bare = words if words.endswith("Practice") else _LEADING.sub("", words)
        if bare and not _GENERIC.match(bare) and "\n" not in match[0]:
            found[match.end()] = Named(bare, match.end() - len(bare), match.end())
    for match in _KNOWN.finditer(text):
        inside = any(one.start <= match.start() < one.end for one in found.values())
        if not inside:
            found[match.end()] = Named(one_line(match[0]), match.start(), match.end())
    yield from (found[end] for end in sorted(found))


def national(name: str) -> bool:
    """Whether the organisation is a national body: it pays for and speaks of what others use."""
    return _NATIONAL_NAME.match(name) is not None


def setting_of(name: str) -> str:
    """Code of the care setting that the name itself tells; empty when it does not."""
    return next((code for code, pattern in _SETTINGS if pattern.search(name)), "")
