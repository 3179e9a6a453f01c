"""Who paid for a use or trial, as the words tell."""

from __future__ import annotations

import re

UNKNOWN = "TRIAL_FUND_UNKNOWN"

_PAID = r"(?:funded|paid\s+for|financed|sponsored|underwritten|subsidised|met)\s+(?:\w+\s+)?by"
_FUNDING = (
    (
        "TRIAL_FUND_SUPPLIER_FREE",
        re.compile(
            r"\b(?:(?:free\s+of\s+charge|at\s+no\s+(?:extra\s+)?(?:cost|charge)|without\s+charge)"
            r"(?!\s+to\s+(?:patients|the\s+public|residents|callers))"
            r"|no[\s-]cost\s+(?:pilot|trial)|free\s+(?:\w+[\s-]){0,2}(?:pilot|trial)"
            r"|(?:supplier|vendor|company|developer)[\s-](?:funded|paid)"
            rf"|{_PAID}\s+(?:the|its)\s+(?:supplier|vendor|developer|company|manufacturer)"
            r"|(?:supplier|vendor|company|developer)\s+(?:paid|bore|covered|met|waived)\b"
            r"|waived\s+(?:its|the|their|all)\s+(?:\w+\s+)?(?:fees?|charges?|licences?))",
            re.IGNORECASE,
        ),
    ),
    (
        "TRIAL_FUND_SUPPLIER_DISCOUNT",
        re.compile(
            r"\b(?:at\s+a\s+(?:\w+\s+)?discount|discounted|(?:at\s+)?(?:a\s+)?reduced\s+(?:price"
            r"|rate)|(?:at\s+)?half[\s-]price|subsidised\s+by\s+the\s+(?:supplier|vendor|company))",
            re.IGNORECASE,
        ),
    ),
    (
        "TRIAL_FUND_NATIONAL_PROGRAMME",
        re.compile(
            rf"\b(?:{_PAID}\s+(?:NHS\s+England|the\s+national|a\s+national|the\s+NHS\s+AI\s+Lab"
            r"|the\s+Department\s+of\s+Health|the\s+(?:Welsh|Scottish)\s+Government)"
            r"|NHS\s+England(?:['\u2019]s)?\s+(?:\w+\s+){0,3}(?:fund(?:ing|ed)?|paid|money)"
            r"|national\s+(?:programme|funding)|transformation\s+fund(?:ing)?)",
            re.IGNORECASE,
        ),
    ),
    (
        "TRIAL_FUND_GRANT",
        re.compile(
            r"\b(?:grant(?:s|[\s-]funded)?(?!\s+(?:access|them|us|permission))"
            r"|NIHR[\s-]funded|Innovate\s+UK|SBRI"
            r"|AI\s+(?:in\s+Health\s+and\s+Care\s+)?Award"
            rf"|{_PAID}\s+(?:a\s+|the\s+)?(?:NIHR|charity|network|Health\s+Foundation"
            r"|[\w ]{0,40}(?:Network|Trust\s+for|Foundation|Charity)))",
            re.IGNORECASE,
        ),
    ),
    (
        "TRIAL_FUND_LOCAL_BUDGET",
        re.compile(
            r"\b(?:own\s+(?:budget|expense|funds|money)|(?:local|existing|its)\s+budgets?"
            r"|competitive(?:ly)?\s+(?:procurement|tender|procured)"
            r"|bought\s+(?:it|the\s+(?:tool|licences?|software|system))"
            r"|locally\s+funded|self[\s-]funded"
            r"|(?:ICB|trust|practice|council|board)\s+(?:paid|pays|bought|funded|is\s+paying)"
            rf"|{_PAID}\s+the\s+(?:trust|ICB|practice|council|board|PCN|hospital)|procured"
            r"|business\s+case\s+(?:was\s+)?approved)",
            re.IGNORECASE,
        ),
    ),
)
_NOT = re.compile(
    r"\b(?:not|never|no\s+longer|neither|n['\u2019]t)\s+(?:\w+\s+){0,3}$", re.IGNORECASE
)


def funding(words: str) -> str:
    """TRIAL_FUND_ code of who paid; `UNKNOWN` where the words do not say, or deny it."""
    for code, pattern in _FUNDING:
        for found in pattern.finditer(words):
            if not _NOT.search(words[: found.start()]):
                return code
    return UNKNOWN
