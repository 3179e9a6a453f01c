"""Whether a clause says that something is in use, or was, and how far it has come.

A wish, a plan, a possibility and a denial are none. What is left of a clause without them is
asked: "after a pilot, the trust plans to roll it out" tells of a pilot.
"""

from __future__ import annotations

import re
from typing import Final

NOT_STATED: Final = "PH_NOT_STATED"

_DEAL = r"(?:contract|licen[cs]es?|deal|agreement|subscription)"
_VERB = (
    r"(?:us(?:e|es|ed|ing)|deploy(?:s|ed|ing|ments?)?|roll(?:s|ed|ing)?[\s-]?out|roll\w*\s+it\s+out"
    r"|pilot(?:s|ed|ing)?|trial(?:s|led|ling|ed|ing)?|implement(?:s|ed|ing|ation)?"
    r"|introduc(?:e|es|ed|ing|tion)|adopt(?:s|ed|ing|ion)?"
    r"|(?:went|gone|go|goes|going|is|are|been|be)\s+live"
    r"|live\s+(?:at|in|across|since|with)|launch(?:es|ed|ing)?"
    r"|install(?:s|ed|ing)?|try|tries|tried|trying|test(?:s|ed|ing)?|evaluat(?:es|ed|ing|ion\s+of)"
    r"|turned\s+(?:on|to)|switched\s+(?:on|to)|bought|buys|procured|chose|chosen|select(?:s|ed)"
    rf"|(?:sign|award|renew)(?:s|ed)?\b[^.;]{{0,60}}\b{_DEAL}|renew(?:s|ed)"
    r"|sign(?:s|ed)\s+(?:up\s+)?(?:for|with)"
    r"|in\s+(?:routine|daily|full|live)\s+use|plans?\s+(?:its|their)|(?:public|private)\s+beta)"
)
_USE = re.compile(rf"\b{_VERB}\b", re.IGNORECASE)
_ENDED = (
    r"(?:(?:stopped|ceased|ended|abandoned|dropped|scrapped|switched\s+off)\s+(?:its\s+|the\s+)?"
    r"(?:use|using|trial|pilot|contract|licen[cs]e|tool|system|software|scribe|assistant|app"
    r"|platform|robot|chat-?bot|(?=[A-Z]))\w*"
    r"|switched\s+(?:it\s+)?off|decommissioned|discontinued|withdrawn\s+from\s+use"
    r"|no\s+longer\s+(?:us(?:e|es|ed|ing)|in\s+use)|ended\s+its\s+use"
    r"|(?:did|does|do|will|would|has|have)\s+not\s+(?:to\s+)?renew(?:ed)?|decided\s+not\s+to\s+renew"
    r"|(?:contract|licen[cs]e)\s+(?:was\s+|has\s+)?(?:been\s+)?(?:ended|terminated|cancelled)"
    r"|terminated\s+(?:its|the)\s+contract)"
)
_RETIRED = re.compile(rf"\b(?-i:{_ENDED})\b|\b{_ENDED.replace('|(?=[A-Z])', '')}\b", re.IGNORECASE)
_DENIED = re.compile(
    rf"(?:\b(?:not|never|cannot)|n['\u2019]t)\b(?!\s+(?:only|just|merely|have\s+to))"
    rf"(?:\W+(?!but\b|and\b|while\b)\w+){{0,5}}?\W+{_VERB}\b[^,;]*"
    r"|(?<!\bis\s)(?<!are\s)(?<!was\s)(?<!were\s)(?<!been\s)(?<!being\s)(?<!now\s)\bused\s+to\b[^,;]*"
    rf"|\b(?:yet\s+to|without|instead\s+of|rather\s+than|before|if|whether|unless)\s+(?:\w+\s+)"
    rf"{{0,4}}?{_VERB}\b[^,;]*"
    r"|\b(?:used\s+to\s+be|data\s+(?:provided\s+)?(?:by|from)|decided\s+(?:not\s+to|against)"
    r"|rejected|declined|ruled\s+out|turned\s+down|was\s+unable\s+to|failed\s+to)\b[^,;]*",
    re.IGNORECASE,
)
_OTHER_USE = re.compile(
    r"\bus(?:e|es|ed|ing)\s+(?:[\w'\u2019-]+\s+){0,3}?(?:data|datasets?|information|records|findings"
    r"|results|methods?|words?|language)\b"
    r"|\btr(?:y|ies|ied|ying)\s+to\b",
    re.IGNORECASE,
)
_PURPOSE = re.compile(
    r"(?<!began\s)(?<!begun\s)(?<!started\s)(?<!continue\s)(?<!continues\s)(?<!continued\s)"
    r"(?<!chose\s)(?<!chosen\s)(?<!able\s)(?<!first\s)"
    r"\bto\s+(?:(?:\w+ly|further|better)\s+)?(?:us(?:e|ing)|deploy|roll\s+(?:it\s+)?out|pilot|trial|implement|introduce|adopt"
    r"|launch|install|test|try|go\s+live|evaluate)\b",
    re.IGNORECASE,
)
"""What something is for: "an idea to use AI" is not its use."""
_FIRST = re.compile(r"(\bthe\s+first\b[^,;]{0,60}?)\bto(?=\s)", re.IGNORECASE)
"""Who is the first to use something uses it."""
_AHEAD = re.compile(
    r"\b(?:plan(?:s|ned|ning)?\s+(?:to|for|a|on)\b|has\s+plans\b"
    r"|(?:hop|aim|intend|want|wish|look|seek|prepar|propos|expect|agree)(?:e|s|es|ed|ing|ping)?"
    r"\s+to\b|would\s+like\s+to\b|keen\s+to\b|interested\s+in\b|in\s+talks\b|in\s+discussions?\b"
    r"|(?:consider|explor|discuss|propos|envisag)(?:s|es|ed|ing|e)\b|could\b|might\b|(?-i:may)\b"
    r"|can\b(?!\s+now)|should\b|would\b"
    r"|will\b|['\u2019]ll\b|shall\b|set\s+to\b|(?:is|are)\s+(?:due\s+)?to\b|due\s+to\b"
    r"|ready\s+to\b|about\s+to\b|bid(?:s|ding)?\s+(?:to|for)\b|appl(?:y|ies|ied|ying)\s+(?:to|for)\b"
    r"|invit(?:es|ed|ing)\b|call(?:s|ed|ing)\s+for\b|to\s+be\s+(?=\w+ed\b)"
    r"|(?:the\s+)?(?:proposal|plans?|ambition|vision|hope)\s+(?:is|are|was|to)\b)[^,;]*",
    re.IGNORECASE,
)
_SETTLED = re.compile(
    r"\b(?:will|set\s+to|due\s+to|(?:is|are)\s+to)\b[^,;]*?"
    r"\b(?:start|begin|launch|go\s+live|pilot|trial|introduc|roll\w*\s+out|deploy|adopt|use)\w*\b"
    r"[^,;]*\b(?:in|on|from|this|next)\s+(?:the\s+)?(?:(?:early|late|mid)\W)?"
    r"(?:\d{1,2}(?:st|nd|rd|th)?\s+)?(?:(?-i:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\w*"
    r"|spring|summer|autumn|winter|20\d\d)\b",
    re.IGNORECASE,
)
_TRIED = (
    r"(?:pilot\w*|trial\w*|proof\s+of\s+concept|early\s+adopter|evaluat\w+|test(?:ed|ing|s)"
    r"|phase\s+one|try|tries|tried|trying|stud(?:y|ied))"
)
_PHASES = (
    ("PH_PUBLIC_BETA", re.compile(r"\b(?:public|open)\s+beta\b", re.IGNORECASE)),
    ("PH_PRIVATE_BETA", re.compile(r"\b(?:private|closed)\s+beta\b", re.IGNORECASE)),
    (
        "PH_PAUSED",
        re.compile(
            r"\b(?:(?:has|have|was|were|been|is|are)\s+(?:\w+\s+)?(?:paused|suspended)"
            r"|on\s+hold|paused\s+(?:its|the|their))\b",
            re.IGNORECASE,
        ),
    ),
    (
        "PH_BETA_PILOT",  # in use, but as a trial
        re.compile(
            r"\b(?:in|as|during|for|under|through|via)\s+(?:part\s+of\s+)?(?:an?|its|the|this|our)"
            r"\s+(?:[\w-]+\s+){0,3}(?:pilot|trial|proof\s+of\s+concept|evaluation)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "PH_PRODUCTION",
        re.compile(
            r"\b(?:(?:went|gone|is|are|been)\s+live|live\s+(?:at|in|across|since|with)"
            r"|in\s+(?:routine|daily|full|live)\s+use|business\s+as\s+usual"
            r"|roll(?:s|ed|ing)?[\s-]?out|fully\s+deployed|now\s+uses?|uses|are\s+using|is\s+using"
            r"|now\s+using|ha(?:s|ve)\s+(?:\w+\s+)?(?:been\s+)?us(?:ed|ing)[^.]{0,60}\bsince"
            r"|is\s+used|are\s+used|in\s+use\s+(?:at|across|in|by)"
            r"|(?:its|their)\s+use\s+of|extended\s+(?:it\s+)?to\s+all|in\s+production|into\s+production|deployed|adopted"
            r"|implemented|renewed\s+its)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "PH_PRE_DEPLOYMENT",
        re.compile(
            rf"\b(?:(?:signs|signed|awards|awarded)\b[^.]{{0,60}}\b{_DEAL}|signed\s+(?:up\s+)?for"
            r"|signs\s+(?:up\s+)?for|has\s+chosen|has\s+selected|chose|selected"
            r"|has\s+(?:bought|procured))\b",
            re.IGNORECASE,
        ),
    ),
    ("PH_BETA_PILOT", re.compile(rf"\b{_TRIED}\b", re.IGNORECASE)),
    (
        "PH_PRODUCTION",
        re.compile(
            r"\b(?:introduced|launched|installed|(?:switched|turned)\s+(?:on|to))\b", re.IGNORECASE
        ),
    ),
)
STRENGTH: Final = (
    "PH_RETIRED",
    "PH_PAUSED",
    "PH_PRODUCTION",
    "PH_PUBLIC_BETA",
    "PH_PRIVATE_BETA",
    "PH_BETA_PILOT",
    "PH_PRE_DEPLOYMENT",
    NOT_STATED,
)
"""Phases in the order of how much they tell: where a page gives two, the first one holds."""

_THING = (
    r"(?:it|its|them|tools?|systems?|software|AI|assistants?|scribes?|chat-?bots?|bots?|robots?"
    r"|platforms?|apps?|applications?|technolog(?:y|ies)|solutions?|products?|licen[cs]es?|pilots?"
    r"|trials?|beta|contracts?|automations?|algorithms?|models?|proof\s+of\s+concept)"
)
_A_TOOL = re.compile(
    rf"(?i:\b{_THING}\b)|(?i:\b{_VERB})(?:\W+[a-z]\w*){{0,4}}\W+[A-Z]|(?i:\bsign(?:s|ed)\s+for\b)"
    rf"|[A-Z][\w-]*(?:\s+(?:is|are|was|were|has|have|been|being|now|also|already)){{0,4}}\s+(?i:{_VERB})\b"
)
_BREAK = re.compile(
    r";\s+|\s[\u2013\u2014]\s|,?\s+(?:but|whereas|while|although|though)\s+"
    r"|,\s+and\s+(?=(?:the\s+)?[A-Z][\w'\u2019]+\s+(?:[A-Z]|is|has|plans|will))"
)


def clauses(sentence: str) -> list[str]:
    """The parts of a sentence that may be said of different organisations."""
    return [part for part in _BREAK.split(sentence) if part]


def phase_of(words: str) -> str:
    """PH_ code of a clause that says that something is, was or will for certain be in use:
    `NOT_STATED` where it does not say how far; "" where it tells of no use.

    What is merely announced counts, as not deployed, only with a time that can be held against
    what came of it.
    """
    if _RETIRED.search(words):
        return "PH_RETIRED"
    settled = _SETTLED.search(words) is not None and _DENIED.search(words) is None
    told = _said(words)
    if not _USE.search(told):
        return "PH_PRE_DEPLOYMENT" if settled else ""
    return how_far(told) or NOT_STATED


def how_far(words: str) -> str:
    """PH_ code of the phase that the words tell, whatever they say it of; "" where none."""
    if _RETIRED.search(words):
        return "PH_RETIRED"
    told = _said(words)
    return next((code for code, pattern in _PHASES if pattern.search(told)), "")


def of_a_tool(words: str) -> bool:
    """Whether what is used is something that could be a tool: a name, a thing such as "the
    software", or what was spoken of before.

    Args:
        words: A clause that says that something is in use, without names of organisations.
    """
    return _A_TOOL.search(words) is not None


def _said(words: str) -> str:
    """What is left of a clause without denials, plans and purposes."""
    words = _FIRST.sub(r"\g<1>", words)
    return _PURPOSE.sub(" ", _AHEAD.sub(" ", _DENIED.sub(" ", _OTHER_USE.sub(" ", words))))
