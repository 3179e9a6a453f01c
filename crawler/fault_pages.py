"""Pages that answer 200 and are none: errors, walls and placeholders in the shape of a page.

What they say is not what the site's owner says about anything, so it must never become a fact.
A page is taken for one only when its title or heading says so in full, or when it says hardly
anything else: an article about the error 404, or a product for signing in, is a page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from crawler.page import FaultPageKind

SHORT: Final = 90
"""Words up to which a page says hardly anything but its one message."""

LONG: Final = 350
"""Words beyond which a page is a page, whatever its title."""

_MARKUP_READ: Final = 200_000
"""Characters of the markup that are looked through for marks of a wall."""


@dataclass(frozen=True, slots=True)
class FaultPage:
    """What a page is in truth."""

    kind: FaultPageKind
    note: str
    """One line for a person."""


@dataclass(frozen=True, slots=True)
class _Rule:
    fault: FaultPage
    title: re.Pattern[str]
    """What the whole title or heading of such a page says."""
    words: re.Pattern[str]
    """What a short page of this kind says."""
    markup: re.Pattern[str] | None = None
    """What the markup of a short page of this kind holds."""


def _any_of(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


_PAGE = r"(?:the|this|that|your)?\s*(?:requested\s+)?(?:page|content|resource|file|url)"
_CANNOT = r"(?:can(?:no|')t|could(?:n't| not))"
_NOT_FOUND = rf"(?:(?:{_CANNOT} be|was not|is not|not) found)"
_NO_LONGER = r"(?:does not|doesn't|no longer)"
_OOPS = r"(?:(?:sorry|oops|whoops)\W+)?"
_HUMAN = r"you(?:'re| are) (?:a |not a )?(?:human|robot|bot)"

_RULES: Final = (
    _Rule(
        FaultPage("bot_wall", "The site asks for a proof that no machine is asking."),
        _any_of(
            r"just a moment(?:\.\.\.|…)?",
            r"attention required!?(?: \| cloudflare)?",
            r"(?:are you|you are not|i am not) a (?:robot|human)\W*",
            r"(?:human|robot|security|bot) (?:check|verification|challenge)",
            rf"(?:please )?(?:verify|confirm)(?:ing)? (?:that )?{_HUMAN}\W*",
            r"checking your browser\b.*",
            r"pardon our interruption\W*",
            r"access (?:to this page has been )?denied\W*",
            r"(?:captcha|ddos protection)(?: by \w+)?",
            r"request unsuccessful\W*.*",
        ),
        _any_of(
            rf"\b(?:verify|confirm|prov|check)(?:e|ing)?\b.{{0,40}}\b{_HUMAN}",
            r"checking (?:if the site connection is secure|your browser before)",
            r"\b(?:complete|solve) (?:the|this) captcha",
            r"unusual (?:traffic|activity) from your (?:computer|network|ip)",
            r"(?:incapsula incident id|cloudflare ray id|ddos protection by)",
            r"you have been blocked",
        ),
        _any_of(
            r"/cdn-cgi/challenge-platform/",
            r"_incapsula_resource",
            r"\bid=.px-captcha",
            r"geo\.captcha-delivery\.com",
            r"\bcf-challenge\b",
            r"awswafcaptcha|awswafcookiedomainlist",
        ),
    ),
    _Rule(
        FaultPage("login", "The site asks to sign in."),
        _any_of(
            r"(?:please )?(?:sign|log)[ -]?in(?: required| to (?:your account|continue|.{1,40}))?",
            r"(?:login|authentication|authorisation|authorization) required",
            r"members?(?:'s?)? (?:login|only|area)",
            r"password protected",
        ),
        _any_of(
            r"you (?:must|need to|have to) (?:be )?(?:log|sign)(?:ged|ned)?[ -]?in (?:to|in order)",
            r"(?:this|the) (?:page|content|site|post) is password[ -]protected",
            r"please (?:sign|log)[ -]?in to (?:continue|view|access)",
        ),
        _any_of(r"<input\b[^>]{0,300}\btype=[\"']?password\b"),
    ),
    _Rule(
        FaultPage("parked", "The domain is parked or for sale."),
        _any_of(
            r"[\w.-]+\.\w{2,} (?:is for sale|is parked|domain name is for sale)\W*.*",
            r"(?:this )?domain (?:name )?(?:is )?(?:for sale|parked|expired|has expired)\W*",
            r"parked domain(?: name)?\b.*",
            r"(?:buy|purchase) (?:this|the) domain\W*.*",
        ),
        _any_of(
            r"\b(?:this|the) domain(?: name)? (?:\S+ )?(?:is|may be) (?:for sale|parked|available)",
            r"(?:buy|purchase|acquire) this domain",
            r"this domain(?: name)? has (?:recently )?(?:expired|been registered)",
            r"domain (?:is )?parked (?:by|courtesy|free)",
            r"is this your domain\?",
            r"future home of something",
        ),
        _any_of(
            r"(?:sedoparking|parkingcrew|bodis|above|dan)\.com/[^\"']{0,40}park", r"window\.park\b"
        ),
    ),
    _Rule(
        FaultPage("maintenance", "The site is closed for maintenance, or not open yet."),
        _any_of(
            r"(?:(?:web ?)?site )?(?:is )?(?:currently )?(?:down for|under) maintenance\W*",
            r"maintenance(?: mode)?",
            r"(?:site |website )?(?:is )?under construction\W*",
            r"(?:we(?:'ll| will) be (?:right )?back(?: soon)?|back soon)\W*",
        ),
        _any_of(
            (
                r"\b(?:down for|under(?:going)?|performing|scheduled)\b.{0,20}\bmaintenance\b"
                r".{0,200}\b(?:back|again|later|soon|shortly)\b"
            ),
            r"\bsite is (?:currently )?(?:under construction|undergoing|down for)",
            r"we(?:'ll| will) be back (?:online )?(?:soon|shortly)",
            r"(?:our|this) (?:new )?(?:web ?site|page) is (?:coming soon|being built)",
        ),
    ),
    _Rule(
        FaultPage("soft_404", "The page says that there is no such page, and answers 200."),
        _any_of(
            r"(?:error |http )?404(?: error)?(?:\W+.{0,60})?",
            rf"{_OOPS}(?:error\W+)?{_PAGE} (?:you.{{0,50}} )?{_NOT_FOUND}\W*",
            rf"(?:we )?{_NOT_FOUND}",
            rf"{_OOPS}we {_CANNOT} find (?:{_PAGE}|what)\b.*",
            rf"{_PAGE} {_NO_LONGER} exists?\W*",
            rf"{_PAGE} has (?:been )?(?:moved|removed|deleted)\W*.*",
            rf"{_PAGE} is (?:not |no longer |un)available\W*.*",
        ),
        _any_of(
            rf"\b{_PAGE} (?:that )?(?:you.{{0,60}} )?(?:{_NOT_FOUND}|{_NO_LONGER} exists?)",
            r"\b404\b.{0,40}\bnot found\b",
            rf"\bwe {_CANNOT} find {_PAGE}",
        ),
    ),
    _Rule(
        FaultPage("error_page", "The page tells of an error of the site, and answers 200."),
        _any_of(
            r"(?:http |error )?(?:status )?50[0234]\b.{0,40}",
            r"(?:http |error )?403\b.{0,20}",
            r"(?:internal )?server error\W*",
            r"(?:service (?:temporarily )?unavailable|bad gateway|gateway time-?out|forbidden)",
            r"(?:application|runtime|database|unexpected|fatal) error",
            r"error(?: page)?",
            r"(?:something|oops\W+something) went wrong\W*",
            r"welcome to nginx!?",
            r"apache2? .{0,20}default page.*",
            r"iis windows server|test page for .{0,40}",
            r"account suspended|site not (?:found|published|configured)\W*",
        ),
        _any_of(
            r"error establishing a database connection",
            r"\ban? (?:unexpected|internal|server|application) (?:\w+ )?error (?:has )?occurred",
            r"there has been a critical error on (?:this|your) web ?site",
            r"\b(?:service|site|server) (?:is )?(?:temporarily |currently )unavailable\b",
            r"\b(?:fatal error|parse error|uncaught exception|traceback \(most recent call last\))",
            r"(?:account|web ?site) has been suspended",
            r"something went wrong\W.{0,80}\b(?:try|again|later|refresh)",
        ),
    ),
)
"""Tried in this order: a wall before what it may say besides."""

_PARTS = re.compile(r"\s+[|\u2013\u2014·•»:-]\s+|\s*[|»]\s*")


def fault_page(title: str, heading: str, words: str, markup: str) -> FaultPage | None:
    """What a page is in truth, when it is none; None when it is a page.

    Args:
        title: The page's title, with or without the name of the site.
        heading: Its main heading; empty when there is none.
        words: All words that it shows, without navigation and footers.
        markup: Its HTML.
    """
    count = len(words.split())
    if count > LONG:
        return None
    names = {part for text in (title, heading) for part in _names(_plain(text))}
    said = _plain(words)
    for rule in _RULES:
        if any(rule.title.fullmatch(name) for name in names):
            return rule.fault
        if count <= SHORT and (
            rule.words.search(said)
            or (rule.markup is not None and rule.markup.search(markup[:_MARKUP_READ]))
        ):
            return rule.fault
    return None


def _names(text: str) -> tuple[str, ...]:
    """A title as a whole, and its first and last part: sites put their own name around it."""
    parts = _PARTS.split(text)
    return (text, parts[0], parts[-1])


def _plain(text: str) -> str:
    """Words on one line, with plain apostrophes."""
    return " ".join(text.replace("\u2019", "'").split())
