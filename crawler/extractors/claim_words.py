"""The words by which a sentence of benefit is known: changes, hedges, dimensions, denominators."""

from __future__ import annotations

import re
from typing import Final, Literal

Direction = Literal["up", "down", "none"]


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE)


SAVE: Final = _words(r"sav(?:e|es|ed|ing|ings)|claw(?:s|ed)? back|gain(?:s|ed)? back")
"""Something is no longer spent."""

FREE: Final = _words(
    r"free(?:s|d|ing)?(?:\s+up)?|releas(?:e|es|ed|ing)|return(?:s|ed|ing)|giv(?:e|es|ing) back"
    r"|gave back|add(?:s|ed|ing)?|creat(?:e|es|ed|ing)|deliver(?:s|ed|ing)?|recover(?:s|ed|ing)?"
)
"""Something has become available."""

DOWN: Final = _words(
    r"reduc(?:e|es|ed|ing|tion|tions)|cut(?:s|ting)?|drop(?:s|ped|ping)?|f(?:a|e)ll(?:s|en|ing)?"
    r"|decreas(?:e|es|ed|ing)|lower(?:s|ed|ing)?|fewer|less|shorter|shorten(?:s|ed|ing)?"
    r"|slash(?:es|ed|ing)?|shrank|shrunk|shrinks?|halv(?:e|es|ed|ing)|avoid(?:s|ed|ing)?"
    r"|prevent(?:s|ed|ing)?|faster|quicker|sooner|earlier|trim(?:s|med|ming)?|down|take[sn]?|took"
)
UP: Final = _words(
    r"increas(?:e|es|ed|ing)|ris(?:e|es|en|ing)|rose|improv(?:e|es|ed|ing|ement|ements)"
    r"|boost(?:s|ed|ing)?|rais(?:e|es|ed|ing)|gr(?:ow|ew|own|owth)|uplift|more|extra|additional"
    r"|higher|better|up|jump(?:s|ed)?|doubl(?:e|es|ed|ing)|tripl(?:e|es|ed|ing)|gain(?:s|ed)?"
)
WORK: Final = _words(
    r"identif(?:y|ies|ied)|f(?:ound|inds)|remov(?:e|es|ed)|process(?:es|ed)|handl(?:e|es|ed)"
    r"|complet(?:e|es|ed)|resolv(?:e|es|ed)|automat(?:e|es|ed)|answer(?:s|ed)|validat(?:e|es|ed)"
)
"""Something was done that is counted."""

AFTER: Final = re.compile(
    r"^[\s-]*(?:of\s+)?(?:(?:a|an|the|are|is|was|were|be|in|net|overall|average|relative"
    r"|time|cost|staff"
    r"|per\s+\w+|each"
    r"|(?:of\s+)?(?:clinicians?|clinical|admin(?:istrative|istration)?|their)(?:'s?"
    r"|\u2019s?)?)\s+){0,3}"
    r"(?P<change>reduction|decrease|drop|fall|cut|fewer|less|shorter|faster|quicker|lower|saved"
    r"|saving|savings|increase|rise|improvement|uplift|growth|boost|more|higher|better|extra"
    r"|additional|freed|released|avoided|sooner|earlier)\b",
    re.IGNORECASE,
)
"""The change that follows its amount: "30% reduction", "two hours saved"."""

AGAIN: Final = _words(
    r"said|say|says|report(?:s|ed|ing)?|agree[ds]?|felt|feel|rated|rate|prefer(?:s|red)?"
    r"|respond(?:s|ed)"
    r"|answer(?:s|ed)|recommend(?:s|ed)?|would recommend|satisfied|found|understood|experienced"
    r"|complet(?:e|es|ed)"
)
"""What people said or did, in a share of them."""

HEDGES: Final = re.compile(
    r"\b(?:could|may|might|potential(?:ly)?|estimate[sd]?|estimated|projected|projects?\s+that"
    r"|expect(?:s|ed)?(?:\s+to)?|equivalent(?:\s+to|\s+of)?|anticipate[sd]?|forecast(?:s|ed)?"
    r"|aim(?:s|ed|ing)?\s+to|hop(?:e|es|ed|ing)\s+to|plan(?:s|ned)?\s+to|target(?:s|ing)?"
    r"|designed to"
    r"|promis(?:e|es|ing)|set to|likely to|can|will|would|should|if)\b",
    re.IGNORECASE,
)
EXTRAPOLATED: Final = re.compile(
    r"^(?:could|may|might|potential|estimat|project|expect|equivalent|anticipat|forecast|aim"
    r"|hop|plan"
    r"|target|will|would|should|if|set to|likely|promis)",
    re.IGNORECASE,
)
NEGATION: Final = _words(
    r"no evidence|not|n[o\u2019']t|never|without|no (?:significant |measurable |clear )?"
    r"(?:reduction|saving|savings|improvement|increase|change|difference)|fail(?:s|ed)? to|unclear"
    r"|rather than|doubt(?:s|ed)?"
)
HARM: Final = _words(
    r"wait(?:s|ing)?(?: lists?| times?)?|backlogs?|demand|workloads?|costs?|spend(?:ing)?"
    r"|vacanc(?:y|ies)"
    r"|burnout|stress|missed|no-shows?|dnas?|non-attendance|errors?|complaints?|queues?|pressures?"
    r"|sickness|turnover|admissions?|delays?|population|prices?|referrals"
)
"""What nobody sells an increase of: "waits rose by 20%" is the problem, not the benefit."""

DIMENSIONS: Final = tuple(
    (code, _words(pattern))
    for code, pattern in (
        ("BEN_SUSTAIN", r"carbon|co2e?|emissions|miles|mileage|fuel|paper use"),
        ("BEN_EQUITY", r"equity|inequalit\w+|deprived|underserved|inclusion|equitable"),
        (
            "BEN_WELLBEING",
            (
                r"burnout|stress|wellbeing|well-being|morale|cognitive (?:load|burden)"
                r"|staff satisfaction"
                r"|job satisfaction|overtime|after-hours|pyjama time|retention|turnover|sickness"
            ),
        ),
        (
            "BEN_FLOW",
            (
                r"wait(?:s|ing)?(?: lists?| times?)?|queues?|dnas?|no-shows?|did not attend"
                r"|non-attendance"
                r"|missed appointments?|length of stay|discharge\w*|backlogs?|turnaround|throughput"
                r"|cancell?(?:ed|ations?)|theatres?|beds?|vacant|unfilled|response times?"
                r"|within \d+ \w+|on time|same day|handovers?|occupancy|bed[\s-]days|attendance"
            ),
        ),
        (
            "BEN_CAPACITY",
            (
                r"capacity|calls?|e-?mails?|enquiries|queries|episodes|shifts|tickets"
                r"|(?:extra|additional|more) (?:\w+ )?(?:appointments?|patients?|slots?"
                r"|consultations?)"
                r"|patients per|appointments per|slots?|productivity|see more patients"
            ),
        ),
        ("BEN_SAFETY", r"safety|harms?|incidents?|near miss(?:es)?|sepsis|falls prevented"),
        (
            "BEN_QUALITY",
            (
                r"accura\w+|returned|incomplete|errors?|quality|complete(?:ness)?|correct\w*"
                r"|consistency|coding depth"
                r"|compliance|data quality|rejected|rejections"
            ),
        ),
        (
            "BEN_PATIENT_EXP",
            (
                r"patient (?:satisfaction|experience)|satisfaction|experience|complaints?|responded"
                r"|interaction|eye contact|friends and family|patients? (?:said|felt|preferred"
                r"|reported)"
            ),
        ),
        (
            "BEN_RESILIENCE",
            r"resilien\w+|downtime|(?:service|business) continuity|agency (?:spend|use)",
        ),
    )
)
"""Dimension of benefit by the words of what changed, the narrower first."""

ONE: Final = (
    r"(?:ward |line |team |site )?manager|consultation|appointment|patient|clinician|doctor|GP"
    r"|nurse|clinic|session|user|member of staff"
    r"|staff member|employee|practice|site|trust|ward|team|letter|referral|case|call|document"
    r"|record"
    r"|form|note|visit|shift|encounter|discharge(?: summary)?|task|hour|day|week|fortnight"
    r"|month|quarter"
    r"|year|annum|application|request|person|robot|record"
)
PER: Final = re.compile(
    rf"(?<!\w)(?:(?:per|each|every|for (?:each|every))\s+(?:single\s+|working\s+|new\s+)?"
    rf"(?P<one>{ONE})|an?\s+(?:single\s+|working\s+)?(?P<span>hour|day|week|fortnight|month|quarter"
    rf"|year|shift|session|clinic)|per\s+(?!cent\b)(?P<any>[a-z]+)"
    rf"|(?P<adverb>daily|weekly|monthly|annually|yearly))\b",
    re.IGNORECASE,
)
ADVERBS: Final = {
    "daily": "day",
    "weekly": "week",
    "monthly": "month",
    "annually": "year",
    "yearly": "year",
}
SYNONYMS: Final = {"annum": "year", "gp": "GP", "member of staff": "staff member"}

PEOPLE: Final = (
    r"clinicians?|doctors?|GPs|nurses?|consultants?|staff|users?|patients?|people|practices"
    r"|trusts|sites"
    r"|wards|teams|surgeries|hospitals|participants?|respondents?|practitioners?"
    r"|administrators?|encounters"
    r"|care homes|clinics|ICBs|boards|councils"
)
BUSINESS: Final = _words(
    r"revenues?|sales|profits?|funding|investments?|invested|headcount|valuation|market|shares?"
    r"|grants?|budgets?|salar(?:y|ies)|F1|AUC|AUROC|ROC|recall|sensitivity|specificity"
    r"|test set|loss"
)
"""Growth that is no benefit to a buyer: the supplier's own, or a model's scores."""

TIME: Final = _words(
    r"times?|hours?|minutes?|admin\w*|paperwork|documentation|workload|typing|burden|notes?"
    r"|efficien\w+"
    r"|productiv\w+|manual|effort|tasks?|work|spen[dt]|length|duration|shorter|longer"
    r"|quicker|faster|sooner|earlier"
)
LATER_HEDGE: Final = re.compile(
    r"^[^.;]{0,60}?\b(?:is|are|was|were|been|be)\s+(?:\w+\s+)?"
    r"(?P<hedge>projected|estimated|expected|forecast|anticipated|predicted|possible|potential)\b",
    re.IGNORECASE,
)
METHODS: Final = tuple(
    (code, _words(pattern))
    for code, pattern in (
        ("OBSERVED_TIME", r"time[\s-]and[\s-]motion|observ(?:ed|ational)|timed|stopwatch"),
        ("DIARY", r"diar(?:y|ies)"),
        ("SELF_REPORT", r"self[\s-]report\w*|survey\w*|questionnaire|staff (?:said|reported|told)"),
        ("SYSTEM_LOG", r"system logs?|audit trail|log data|usage data"),
        ("ROUTINE_DATA", r"routine(?:ly collected)? data|hospital episode statistics|audit"),
        ("MODELLED", r"modell?ed|modell?ing|simulat\w+"),
    )
)
