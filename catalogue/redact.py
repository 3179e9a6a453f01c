"""Taking personal contact details out of text before it is stored.

E-mail addresses, telephone numbers and NHS numbers are replaced by `[e-mail]`, `[telephone]` and
`[NHS number]`. Prices, percentages, dates, standards, company numbers and versions stay.
"""

from __future__ import annotations

import re
from typing import Final

from phonenumbers import Leniency, PhoneNumberMatcher

E_MAIL: Final = "[e-mail]"
TELEPHONE: Final = "[telephone]"
NHS_NUMBER: Final = "[NHS number]"

_AT = r"(?:@|\uff20|\s?[\[({<]\s?(?:at|@)\s?[\])}>]\s?)"
_DOT = r"(?:\.|\s?[\[({<]\s?(?:dot|\.)\s?[\])}>]\s?|\sdot\s)"
_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_ENDS = r"(?:uk|com|org|net|io|ai|co|eu|ie|info|gov|edu|health|care|tech|digital)"
_E_MAIL = re.compile(
    rf"(?<![\w.+'-])[\w.+'%-]{{1,64}}{_AT}{_LABEL}(?:{_DOT}{_LABEL}){{1,5}}"
    rf"|(?<![\w.+'-])[\w.+'-]{{1,64}}\sat\s[\w-]{{1,63}}(?:\sdot\s[\w-]{{1,63}}){{0,4}}\sdot\s{_ENDS}\b"
    rf"|(?<![\w.+'-])\w{{1,30}}[._]\w{{1,30}}\sat\s[\w-]{{1,63}}(?:\.[\w-]{{1,63}}){{0,4}}\.{_ENDS}\b",
    re.IGNORECASE,
)
"""With a sign or bracketed words; spelt out in words; or "first.last at host.uk"."""
_SIGNS = ("@", "\uff20")
_WORD_FOR_ONE = re.compile(
    r"[aA][tT](?:\s?[\])}>]|(?<=\s..)\s[\w-]{1,63}(?:\s[dD][oO][tT]\s|\.[\w-]))"
)
"""A sign, or a word for one, stands in each of the three forms: most texts have neither, and are
not looked through."""

_NHS_NUMBER = re.compile(r"(?<![\d.,/£$€-])\d{3}([ \u00a0-]?)\d{3}\1\d{4}(?![\d%]|[.,/-]\d)")
_FIRST_DIGITS = frozenset({3, 4, 6, 7, 9})
"""First digits of the ranges in use; any other needs the words "NHS number" before it."""
_NHS_BEFORE = re.compile(r"\b(?:NHS|CHI|H&C|HSC)\b[^\d]{0,20}\Z", re.IGNORECASE)

_DIGITS = re.compile(r"\d(?:[\s().\u00a0/-]{0,3}\d){8}")
"""A stretch that could be a telephone number: nine digits or more with little between them."""
_BRITISH = re.compile(
    r"(?<![\w.,/£$€#+-])(?:(?:\+|00)44[\s.-]?(?:\(0\)[\s.-]?)?|\(?0)[1-35789]\d{1,4}\)?"
    r"(?:[\s.\u00a0-]?\d{2,8}){1,4}(?:\s?(?:ext\.?|x)\s?\d{1,5})?(?![\d%]|[.,/-]\d)"
)
"""The shape of a British number, whether or not Ofcom has given the range out."""
_BETWEEN = re.compile(r"[\s.\u00a0-]+")
_EXTENSION = re.compile(r"\A\s?(?:ext\.?|x)\s?\d{1,5}")
_BRITISH_DIGITS = range(9, 11)
"""Digits of a British number after its 0 or its country code."""
_A_REFERENCE_BEFORE = re.compile(
    r"(?:[£$€#]\s?|\b(?:ISO|IEC|BS|EN|version|v|company|registration|registered|charity|isbn|issn|"
    r"certificate|reference|ref|notice|contract|order|invoice|ocid|doi|id|DCB|RM|G-Cloud|arXiv)\b"
    r"(?:\s(?:no|number|nos)\b)?[\s.:]*)\Z",
    re.IGNORECASE,
)


def redact(text: str) -> str:
    """Give `text` with e-mail addresses, telephone numbers and NHS numbers replaced.

    Obfuscated addresses ("name [at] host dot uk") count as addresses; telephone numbers are
    British unless they carry a country code; NHS numbers are told by their check digit.
    """
    if any(sign in text for sign in _SIGNS) or _WORD_FOR_ONE.search(text):
        text = _E_MAIL.sub(E_MAIL, text)
    if _DIGITS.search(text):
        text = _NHS_NUMBER.sub(_nhs_number, text)
        text = _BRITISH.sub(_british, text)
        text = _without_telephones(text)
    return text


def _is_reference(text: str, start: int) -> bool:
    return bool(_A_REFERENCE_BEFORE.search(text, max(0, start - 40), start))


def _nhs_number(found: re.Match[str]) -> str:
    digits = [int(digit) for digit in found[0] if digit.isdecimal()]
    remainder = sum(digit * (10 - place) for place, digit in enumerate(digits[:9])) % 11
    labelled = _NHS_BEFORE.search(found.string, max(0, found.start() - 30), found.start())
    issued = digits[0] in _FIRST_DIGITS and not _is_reference(found.string, found.start())
    valid = (11 - remainder) % 11 == digits[9]
    return NHS_NUMBER if valid and (labelled or issued) else found[0]


def _british(found: re.Match[str]) -> str:
    """Replace the longest beginning that has as many digits as a British number."""
    written = found[0]
    if _is_reference(found.string, found.start()):
        return written
    for end in reversed([*(gap.start() for gap in _BETWEEN.finditer(written)), len(written)]):
        digits = "".join(filter(str.isdecimal, written[:end].replace("(0)", "")))
        if len(re.sub(r"\A(?:0044|44|0)", "", digits)) in _BRITISH_DIGITS:
            rest = _EXTENSION.sub("", written[end:], count=1)
            return TELEPHONE + _BRITISH.sub(_british, rest)
    return written


def _without_telephones(text: str) -> str:
    """Replace what the library holds to be a valid number of any country."""
    parts: list[str] = []
    start = 0
    for match in PhoneNumberMatcher(text, "GB", leniency=Leniency.VALID, max_tries=10_000):
        if not _is_reference(text, match.start):
            parts += (text[start : match.start], TELEPHONE)
            start = match.end
    return "".join((*parts, text[start:]))
