"""Likely names of tools in running text: what a person may make a tool of, and nothing more.

Right before complete: a name counts where the words say that it is a tool's, or that something
by that name is in use in a sentence that speaks of software.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from catalogue.drafts import LeadDraft
from catalogue.text import name_key, one_line, organisation_key
from crawler.extractors.proper_names import NAME, acronym, distinctive, is_product
from crawler.page import ReadRequest
from crawler.view.page_view import PageView

_THING = (
    r"(?:tool|platform|software|app|application|assistant|scribe|chat-?bot|voice-?bot|bot|robot"
    r"|system|solution|product|technology|algorithm|receptionist|agent|copilot|engine"
    r"|module|add-?on|plug-?in|service|suite|dashboard)s?"
)
_SURE = (
    r"(?:tool|platform|software|app|application|assistant|scribe|chat-?bot|voice-?bot|bot|robot"
    r"|solution|product|technology|algorithm|receptionist|system|suite|plug-?in|copilot)"
)
"""Things that are products, whoever speaks of them."""
_ENDS = (
    r"(?=\s+(?:that|which|to|for|from|by|made|developed|designed|built|used|in|on|with|and|called"
    r"|of|can|has|is|was|across|at|will|helps?|uses?|who|as|into|it)\b|\W*$|\s*[.,;:)(\u2013\u2014]|\n)"
)
_MADE = (
    r"(?:developed|made|built|created|supplied|provided|designed|sold|produced|offered|powered"
    r"|delivered)\s+(?:\w+\s+)?by"
)
_FIRM = r"(?P<supplier>[A-Z][\w&+-]*(?:\.\w+)?(?:\s+(?:[A-Z&][\w&+.-]*)){0,3})"
_TAKEN_UP = (
    r"(?:roll(?:s|ed|ing)\s+out|pilot(?:s|ed|ing)?|trial(?:s|led|ling|ing)?"
    r"|introduc(?:e|es|ed|ing)|deploy(?:s|ed|ing)?|adopt(?:s|ed|ing)?|launch(?:es|ed|ing)?"
    r"|implement(?:s|ed|ing)?|install(?:s|ed|ing)?|bought|procured"
    r"|(?:went|go|going|gone|is|are)\s+live\s+with|switched\s+to"
    r"|(?:pilot|trial|roll-?out|implementation|introduction|deployment|adoption|launch"
    r"|contract|licen[cs]es?|supply|provision|purchase|renewal)\s+(?:of|for))"
)
_USING = r"(?:us(?:e|es|ed|ing)|use\s+of|tri(?:es|ed)|trying|test(?:s|ed|ing)|evaluation\s+of)"
_BEFORE = r"(?:(?:the|its|their|our|an?)\s+)?(?:(?:new|AI|AI-powered|own|digital|automated)\s+)*"
_NAMED = rf"(?P<name>{NAME})"
_OF_A_FIRM = r"(?:(?P<supplier>[A-Z][\w&+.-]*(?:\s+[A-Z][\w&+.-]*){0,2})['\u2019]s?\s+)?"

_CUES = (
    # "RotaFlow, an AI tool that ...", "RotaFlow is a rostering platform."
    (
        rf"{_NAMED}(?:\s+\([^)]{{2,60}}\))?(?:,?\s+(?:which\s+)?(?:is|was)|,|\s+[\u2013\u2014-])\s+"
        rf"(?:an?|the|our|its)\s+(?:[\w'\u2019+&/-]+\s+){{0,6}}?{_SURE}{_ENDS}"
    ),
    # "a tool called RotaFlow", "the chatbot, named Emma,"
    (
        rf"\b{_THING},?\s+(?:is\s+|was\s+|has\s+been\s+)?(?:called|named|known\s+as|dubbed|nicknamed"
        rf"|branded)\s+[\"\u201c\u2018']?{_NAMED}"
    ),
    # "RotaFlow, developed by Rotaflow Systems"
    rf"{_NAMED}(?:\s+{_THING})?,?\s+(?:which\s+(?:is|was)\s+)?{_MADE}\s+(?:the\s+)?{_FIRM}",
    # "the RotaFlow platform", "through Rotaflow software"
    (
        rf"\b(?i:the|its|our|their|through|via|using|with)\s+(?:new\s+)?{_OF_A_FIRM}{_NAMED}\s+"
        rf"{_SURE}(?![\w-]|\s+[A-Z])"
    ),
    # "using the AI assistant Emma"
    (
        rf"\b(?:AI|digital|ambient|virtual|automated|voice|software)[\w-]*\s+(?:\w+\s+)?{_SURE}\s+"
        rf"{_NAMED}(?=\s*[,.;:)]|\s+(?:to|for|in|at|is|was|has|which|that|from|by|on|and)\b)"
    ),
    # "built a robot, Lizzie, for ..."
    rf"\b(?i:an?|the|its|our|their)\s+(?:[\w-]+\s+){{0,3}}?{_SURE},\s+{_NAMED}(?=\s*[,.;)])",
    # "Rotaflow Systems built RotaFlow, which ..."
    (
        rf"(?P<supplier>{NAME})\s+(?:has\s+)?(?:built|developed|created|designed|launched)\s+{_NAMED}"
        r"(?=,\s+(?:an?|which|its)\b)"
    ),
)
_USED = (
    # "is piloting RotaFlow", "roll-out of Rotaflow Systems' RotaFlow", "RotaFlow from Rotaflow"
    (
        rf"\b(?:(?i:{_TAKEN_UP})|(?P<using>(?i:{_USING})))\s+{_BEFORE}{_OF_A_FIRM}{_NAMED}"
        rf"(?P<what>\s+{_THING}\b)?"
        r"(?:\s+(?:from|by)\s+(?P<maker>[A-Z][\w&+-]*(?:\s+[A-Z&][\w&+-]*){0,3}))?"
    ),
    # "Rotaflow Systems's RotaFlow software", and where the name is like no word, alone
    (
        rf"(?P<supplier>[A-Z][\w&+-]*(?:\s+[A-Z][\w&+-]*){{0,2}})['\u2019]s?\s+{_NAMED}"
        rf"(?P<thing>\s+{_THING}\b)?"
    ),
    # "RotaFlow went live", "RotaFlow has been rolled out"
    (
        rf"{_NAMED}\s+(?:(?:is|was|has|have|been|being|now|also)\s+){{0,3}}(?:went\s+live|gone\s+live"
        r"|rolled\s+out|piloted|trialled|deployed|installed)\b"
    ),
)
_IN_CARE = re.compile(
    r"\b(?i:trusts?|hospitals?|practices?|surger(?:y|ies)|clinics?|wards?|councils?|ICBs?|boards?|GPs?"
    r"|nurses?|clinicians?|doctors?|consultants?|receptionists?|secretaries|patients?|staff|carers?"
    r"|porters?|midwives|therapists?|social\s+workers?|PCNs?|callers?)\b"
)
"""Words of those who use a tool: scientists use libraries, and methods."""
_OF_CARE = re.compile(
    r"\b(?:NHS|GPs?|[Hh]ealth\w*|[Hh]ospitals?|[Pp]atients?|[Cc]linic\w*|[Cc]are)\b"
)
_NO_TOOL = re.compile(
    r"^\s+(?:models?|modell?ing|data|datasets?|librar(?:y|ies)|packages?|methods?|methodolog(?:y|ies)"
    r"|frameworks?|languages?|environments?|repositor(?:y|ies)|notebooks?|approach(?:es)?|analysis"
    r"|techniques?|tests?|scores?|index|indices|images?|codebase|cross-\w+|scripts?|queries"
    r"|principles?|guidelines?|guidance|standards?|criteria|codes?|disease|syndrome|cells?|paper"
    r"|layers?|loss|functions?|networks?|classifiers?|embeddings?|metrics?|corpus|team|programme"
    r"|project|course|workshop|award|fund(?:ing)?|scale|questionnaire|survey|vaccines?|drugs?)\b"
)
"""What a name belongs to, where it is not a product's."""
_SOFTWARE = re.compile(
    r"\b(?:(?-i:AI)(?:-\w+)?|artificial\s+intelligence|software|digital\w*|automat\w+|tools?|platforms?|apps?"
    r"|assistants?|scribes?|chat-?bots?|robots?|ambient|transcri\w+|algorithms?|machine\s+learning"
    r"|voice|speech|online|system|technology|copilot)\b",
    re.IGNORECASE,
)
_THINGS = (
    *("tool", "platform", "software", " app", "assistant", "scribe", "bot", "solution", "product"),
    *("technolog", "algorithm", "receptionist", "agent", "copilot", "engine", "module", "add-on"),
    *("plug", "service", "suite", "dashboard", "system"),
)
_BEGINNINGS = (
    _THINGS,
    _THINGS,
    (" by ",),
    _THINGS,
    _THINGS,
    _THINGS,
    ("built", "developed", "created", "designed", "launched"),
    (
        *(" use", "using", " roll", "pilot", "trial", "introduc", "deploy", "adopt", "launch"),
        *("implement", "install", "bought", "procured", "live", "switched", "contract", "licen"),
        *("supply", "provision", "purchase", "renewal", " trie", " trying", " test", "evaluation"),
    ),
    ("'", "\u2019"),
    ("live", "rolled out", "piloted", "trialled", "deployed", "installed"),
)
"""For each cue, in their order, what one of must stand in a sentence: most have none."""
_FIRST = frozenset({0, 2, 9})
"""The cues, by their number, whose name may be the first word of a sentence and its only one with
a capital: of the others, a capital stands within the sentence."""
_CAPITAL = re.compile(r"[A-Z]")
_PATTERNS = tuple(
    (begins, re.compile(cue), number < len(_CUES), number in _FIRST)
    for number, (begins, cue) in enumerate(zip(_BEGINNINGS, (*_CUES, *_USED), strict=True))
)
"""Each cue with what must stand in a sentence, whether its words say that a name is a tool's, not
merely that something is used, and whether it is one of `_FIRST`."""
_MAKER = re.compile(rf"\b{_MADE}\s+(?:the\s+)?{_FIRM}")
_NEAR = 120
"""How far behind a name, in characters, its maker may be told."""
_STARTS = re.compile(r"^(?:The|An?|Our|Their|Its|This|That|New|Using|Use|With|Both|Case|Meet)\s+")


_Pattern = tuple[tuple[str, ...], re.Pattern[str], bool, bool]


@dataclass(frozen=True, slots=True)
class _Found:
    name: str
    supplier: str


def leads(view: PageView, request: ReadRequest, extractor: str) -> Iterator[LeadDraft]:
    """Likely names of tools, in the order they are named, each with the sentence that tells."""
    if not _OF_CARE.search(f"{view.title}\n{view.text}"):
        return
    patterns = _standing(view.text)
    seen = {organisation_key(request.publisher), name_key(request.publisher)}
    for start, end, words in view.sentences:
        for found in candidates(words, view.title, patterns):
            if name_key(found.name) not in seen:
                seen.add(name_key(found.name))
                yield LeadDraft(
                    extractor=extractor,
                    name=found.name,
                    supplier=found.supplier,
                    quote=view.quote(start, end),
                )


def _standing(text: str) -> list[_Pattern]:
    """The patterns that a text could match, each with what it has of what must stand there."""
    small = " " + " ".join(text.lower().split())
    known: dict[tuple[str, ...], tuple[str, ...]] = {}
    for begins, *_ in _PATTERNS:
        if begins not in known:
            known[begins] = tuple(one for one in begins if one in small)
    return [
        (known[begins], pattern, sure, first)
        for begins, pattern, sure, first in _PATTERNS
        if known[begins]
    ]


def candidates(
    sentence: str, title: str = "", patterns: Sequence[_Pattern] | None = None
) -> list[_Found]:
    """The likely names in one sentence, each with the name of its supplier where it is given.

    Args:
        sentence: Where to look.
        title: That of its page, which may say that software is spoken of.
        patterns: Those that its page could match, where they are known.
    """
    found: dict[str, _Found] = {}
    small = f" {sentence.lower()}"
    named = _CAPITAL.search(sentence, 1) is not None
    stands: dict[tuple[str, ...], bool] = {}
    for begins, pattern, sure, first in _PATTERNS if patterns is None else patterns:
        if not (named or first):
            continue
        if begins not in stands:
            stands[begins] = any(one in small for one in begins)
        if not stands[begins]:
            continue
        for match in pattern.finditer(sentence):
            one = _judged(sentence, match, title, sure=sure)
            if one is not None:
                found.setdefault(name_key(one.name), one)
    return list(found.values())


def _judged(sentence: str, match: re.Match[str], title: str, *, sure: bool) -> _Found | None:
    """What a cue found, where it is likely a product's name."""
    start, end = match.span("name")
    lead = _STARTS.match(sentence[start:end])
    start += lead.end() if lead is not None else 0
    if not is_product(sentence, start, end) or _NO_TOOL.match(sentence[end:]):
        return None
    name, told = sentence[start:end], match.groupdict()
    supplier = one_line(told.get("supplier") or told.get("maker") or "")
    if not supplier and (made := _MAKER.search(sentence[end : end + _NEAR])):
        supplier = one_line(made["supplier"])
    named = distinctive(name)
    if not sure:
        in_care = _IN_CARE.search(sentence) is not None
        by_itself = told.get("thing", "-") is None and not (named and in_care)
        merely_used = bool(told.get("using")) and not (supplier or told.get("what") or in_care)
        vague = not (named or told.get("supplier")) and (
            start == 0 or acronym(name) or not _SOFTWARE.search(f"{title}\n{sentence}")
        )
        if by_itself or merely_used or vague:
            return None
    return _Found(name, supplier.rstrip(".,"))
