"""The words by which a sentence of benefit is known: changes, hedges, dimensions, denominators."""

from __future__ import annotations

import re
from typing import Final, Literal

Direction = Literal["up", "down", "none"]


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE)


SAVE: Final = _words(r"sav(?:e|es|ed|ing|ings)(?!\s+up\b)|claw(?:s|ed)? back|gain(?:s|ed)? back")
"""Something is no longer spent."""

FREE: Final = _words(
    r"(?:free(?!\s+(?:trial|pilot|of|for|at|and|training|account|plan))|free(?:s|d|ing))(?:\s+up)?"
    r"|releas(?:e|es|ed|ing)|return(?:s|ed|ing)"
    r"|(?:giv(?:e|es|en|ing)|gave|g[eo]t|gets|getting|win|wins|won|hand(?:s|ed|ing)?)"
    r"(?=[^.;:]{0,60}\bback\b)|regain(?:s|ed|ing)?|reclaim(?:s|ed|ing)?|add(?:s|ed|ing)?|creat(?:e|es|ed|ing)|deliver(?:s|ed|ing)?|recover(?:s|ed|ing)?"
)
"""Something has become available."""

DOWN: Final = _words(
    r"reduc(?:e|es|ed|ing|tion|tions)|cut(?:s|ting)?|drop(?:s|ped|ping)?|f(?:a|e)ll(?:s|en|ing)?"
    r"|decreas(?:e|es|ed|ing)|lower(?:s|ed|ing)?|fewer|less|shorter|shorten(?:s|ed|ing)?"
    r"|slash(?:es|ed|ing)?|shrank|shrunk|shrinks?|halv(?:e|es|ed|ing)|avoid(?:s|ed|ing)?"
    r"|eliminat(?:e|es|ed|ing)|prevent(?:s|ed|ing)?|faster|quicker|sooner|earlier|trim(?:s|med|ming)?|down|take[sn]?|took"
)
UP: Final = _words(
    r"increas(?:e|es|ed|ing)|ris(?:e|es|en|ing)|rose|improv(?:e|es|ed|ing|ement|ements)"
    r"|boost(?:s|ed|ing)?|rais(?:e|es|ed|ing)|gr(?:ow|ew|own|owth)|uplift|more|extra|additional"
    r"|higher|better|up(?!\s+to\b)|jump(?:s|ed)?|gain(?:s|ed)?|climb(?:s|ed)?"
    r"|(?:doubl|tripl|trebl|quadrupl)(?:e|es|ed|ing)"
)
ASSERTS: Final = re.compile(
    r"\b(?:sav(?:e|es|ed|ing)|free(?:s|d|ing)?|releas(?:e|es|ed|ing))\b", re.IGNORECASE
)
ASSERTING: Final = ("sav", "free", "releas")
"""One of these stands in each word of `ASSERTS`: most sentences have none."""

SPARED: Final = _words(r"time|minutes?|hours?|appointments?")
"""With a word of `ASSERTS`: a gain that a sentence asserts without a figure."""

MOVED: Final = _words(r"gone?|went|came|come|moved|changed|improved|takes?|now")
"""With a figure of before and one of now, these tell of a change, too."""

WORK: Final = _words(
    r"identif(?:y|ies|ied)|f(?:ound|inds)|remov(?:e|es|ed)|process(?:es|ed)|handl(?:e|es|ed)"
    r"|complet(?:e|es|ed)|resolv(?:e|es|ed)|automat(?:e|es|ed)"
    r"(?!\s+(?:calls?|messages?|texts?|systems?|tools?|voice|telephone|phone|reminders?|service))"
    r"|answer(?:s|ed)|validat(?:e|es|ed)"
)
"""Something was done that is counted."""

AFTER: Final = re.compile(
    r"^[\s/|:\u00b7\u2013-]*(?:of\s+)?(?:(?:a|an|the|are|is|was|were|be|in|net|overall|average"
    r"|relative|time|cost|staff"
    r"|per\s+\w+|each|of\s+[a-z]+\s+time"
    r"|(?:of\s+)?(?:clinicians?|clinical|admin(?:istrative|istration)?|their)(?:'s?"
    r"|\u2019s?)?)\s+){0,3}"
    r"(?P<change>reduction|decrease|drop|fall|cut|fewer|less|shorter|faster|quicker|lower|saved"
    r"|saving|savings|increase|rise|improvement|uplift|growth|boost|more|higher|better|extra"
    r"|additional|freed|released|avoided|sooner|earlier|back|as (?:many|much|fast|quick(?:ly)?))\b",
    re.IGNORECASE,
)
"""The change that follows its amount: "30% reduction", "two hours saved"."""

PASSIVE: Final = re.compile(
    r"^(?:\s+of\s+(?:[\w'\u2019-]+\s+){0,4}?[\w'\u2019-]+)??"
    r"(?:\s+(?:per|an?|each|every)\s+\w+){0,2}"
    r"(?:\s+(?:has|have|had|was|were|is|are|could|would|will|may|might|can|be|been|being|now))+\s+"
    r"(?P<change>saved|freed|released|avoided|reclaimed|recovered|gained|regained|created|returned"
    r"|redeployed|redirected|(?:re)?filled|carried out)\b",
    re.IGNORECASE,
)
"""The change that was done to an amount: "6,000 hours of nursing time would be released"."""

ACCURACY: Final = re.compile(
    r"^\s*(?:[\w-]+\s+){0,2}?(?:accura(?:cy|te|tely)|correct(?:ly)?|complete(?:ness)?|complian(?:ce|t)"
    r"|satisfaction)\b",
    re.IGNORECASE,
)
RETURN: Final = re.compile(r"^\s*(?:ROI|return on investment)\b", re.IGNORECASE)
RETURN_BEFORE: Final = re.compile(
    r"\b(?:ROI|return on investment)\s+(?:(?:of|was|is|at|reached)\s+)+$", re.IGNORECASE
)
"""What is earned for what was spent, in per cent."""

MODEL_TEST: Final = _words(
    r"(?:test|training|validation|hold-?out)[\s-](?:sets?|data\w*|images?|cohort)|F1|AUC"
)
"""How a model did on the data it was made with is no benefit to a user."""

ACCURACY_BEFORE: Final = re.compile(
    r"\b(?:(?:accura(?:cy|te)|satisfaction|completeness|compliance)\b[^,.;:]{0,40}?"
    r"\b(?:of|at|is|was|reached|reaches|with)|(?:accurate|correct)ly\s+\w+)\s+$",
    re.IGNORECASE,
)
"""How well something is done: "98% accuracy", "accuracy of 98%", "correctly routes 97% of"."""

AGAIN: Final = _words(
    r"said|say|says|report(?:s|ed|ing)?|agree[ds]?|felt|feel|rated|rate|prefer(?:s|red)?"
    r"|respond(?:s|ed)"
    r"|answer(?:s|ed)|recommend(?:s|ed)?|would recommend|satisfied|found|understood|experienced"
    r"|want(?:s|ed)?|liked"
    r"|complet(?:e|es|ed)"
)
"""What people said or did, in a share of them."""

HEDGES: Final = re.compile(
    r"\b(?:could|may|might|potential(?:ly)?|estimate[sd]?|estimated|projected|projects?\s+that"
    r"|expect(?:s|ed)?(?:\s+to)?|equat(?:es|ed|ing)\s+to|equivalent(?:\s+to|\s+of)?|anticipate[sd]?|forecast(?:s|ed)?"
    r"|aim(?:s|ed|ing)?\s+to|hop(?:e|es|ed|ing)\s+to|plan(?:s|ned)?\s+to|target(?:s|ing)?"
    r"|designed to"
    r"|promis(?:e|es|ing)|set to|likely to|can|will|would|should|if)\b",
    re.IGNORECASE,
)
EXTRAPOLATED: Final = re.compile(
    r"^(?:could|may|might|potential|(?:an )?estimat|project|expect|equat|equivalent|anticipat"
    r"|forecast|aim|hop|plan|target|will|would|should|if|set to|likely|promis)",
    re.IGNORECASE,
)
POLICY: Final = re.compile(
    r"\b(?:NHS England|NHSE|government|ministers?|DHSC|Department of Health|Treasury|ICBs?"
    r"|Long[\s-]Term (?:Workforce )?Plan|10[\s-]Year (?:Health )?Plan|(?:planning|national)"
    r" guidance|spending review|national (?:target|plan|ambition|standard))\b[^.;]{0,80}?"
    r"\b(?:ask(?:s|ed)?|tell(?:s|ing)?|told|wants?|wanted|aim(?:s|ed)?|targets?|requir(?:e|es|ed)"
    r"|must|expect(?:s|ed)?|commit(?:s|ted)?|pledg(?:e|es|ed)|ambition|goal|mandat(?:e|es|ed))\b"
    r"|\b(?:sets?|has|have|meet|miss(?:ed)?) an? (?:\w+ )?(?:target|goal|ambition|objective)\b"
    r"|\btargets?\s*(?::|(?:of|is|was)\b)"
    r"|\bmust (?:cut|reduce|save|improve|increase|find)\b",
    re.IGNORECASE,
)
"""What is asked of the service, and not what a tool does."""

PREMISE: Final = re.compile(
    r"\b(?:if|imagine|suppose|supposing|assum(?:e|es|ing)|whether)\b(?![^,]*,)[^,;]*$",
    re.IGNORECASE,
)
"""A figure that is supposed for the sake of the argument."""

NEGATION: Final = _words(
    r"no evidence|not(?![\s-]attend)|\w+n[\u2019']t|never|without"
    r"|no (?:significant |measurable |clear )?"
    r"(?:reduction|saving|savings|improvement|increase|change|difference)|fail(?:s|ed)? to|unclear"
    r"|rather than|doubt(?:s|ed)?"
)
HARM: Final = _words(
    r"wait(?:s|ing)?(?: lists?| times?)?|backlogs?|demand|workloads?|costs?|spend(?:ing)?"
    r"|vacanc(?:y|ies)"
    r"|burnout|stress|missed|no-shows?|dnas?|non-attendance|errors?|complaints?|queues?|pressures?"
    r"|sickness|turnover|admissions?|delays?|population|prices?|referrals"
    r"|incidence|prevalence|mortality|deaths?|risks?"
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
                r"|job satisfaction|less tired|fatigue|exhaust\w+|overtime|after-hours"
                r"|pyjama time|retention|turnover|sickness"
            ),
        ),
        (
            "BEN_FLOW",
            (
                r"wait(?:s|ing|ed)?(?: lists?| times?)?|queues?|dnas?|no-shows?|did not attend"
                r"|non-attendance"
                r"|missed (?:appointments?|visits?|slots?)|length of stay|discharge\w*"
                r"|backlogs?|turnaround|throughput"
                r"|cancell?(?:ed|ations?)|theatres?|beds?|vacant|unfilled|response times?"
                r"|within \d+ \w+|on time|same[\s-]day|handovers?|utili[sz]ation|occupancy"
                r"|bed[\s-]days|attendance"
            ),
        ),
        (
            "BEN_CAPACITY",
            (
                r"capacity|calls?|e-?mails?|enquiries|queries|episodes|shifts|tickets"
                r"|(?:extra|additional|more) (?:\w+ )?(?:appointments?|patients?|slots?"
                r"|consultations?)"
                r"|patients (?:per|seen|treated)|appointments per|slots?|productivity"
                r"|see more patients"
            ),
        ),
        ("BEN_SAFETY", r"safety|harms?|incidents?|near miss(?:es)?|sepsis|falls prevented"),
        (
            "BEN_QUALITY",
            (
                r"accura\w+|returned|incomplete|errors?|quality|complete(?:ness)?|correct\w*"
                r"|consistency|coding depth|resolution"
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
        ("BEN_TRUST", r"trust(?:s|ed)? (?:it|the)|confiden(?:t|ce)|recommend(?:s|ed)?|keep it"),
    )
)
"""Dimension of benefit by the words of what changed, the narrower first."""

ONE: Final = (
    r"(?:ward |line |team |site |practice |service )?managers?|patient (?:contact|record|visit)"
    r"|discharge (?:summary|letter)|clinic letter|ward round|member of staff|staff member"
    r"|consultation|appointment|patient|clinician|doctor|GP"
    r"|nurse|clinic|session|user|employee|practice|site|trust|ward|team|letter|referral|case|call"
    r"|document|record|form|note|visit|shift|encounter|discharge|task|hour|day|week|fortnight"
    r"|month|quarter|year|annum|application|request|person|robot|bed|meeting|message|query|enquiry"
    r"|e-?mail|invoice|incident|role|hire|starter|assessment|report|summary|handover|transaction"
    r"|episode|admission|attendance|operation|theatre|rota|roster|round|surgery|contact|interaction"
    r"|secretary|receptionist|coder|consultant|midwife|paramedic|pharmacist|\w*therapist"
    r"|practitioner|\w+ worker|carer|administrator|registrar|surgeon|psychologist|coordinator"
)
PER: Final = re.compile(
    rf"(?<!\w)(?:(?:/\s?|(?:per|each|every|for (?:each|every|an?))\s+)"
    rf"(?:(?:single|working|new|busy|typical|average|individual|multidisciplinary|outpatient)\s+)*"
    rf"(?P<one>{ONE})"
    rf"|an?\s+(?:single\s+|working\s+)?(?P<span>hour|day|week|fortnight|month|quarter"
    rf"|year|shift|session|clinic)|per\s+(?!cent\b)(?P<any>[a-z]+)"
    rf"|(?P<adverb>daily|weekly|monthly|annually|yearly))\b",
    re.IGNORECASE,
)
SUBJECT: Final = re.compile(rf"\b(?:each|every)\s+(?P<one>{ONE})\b", re.IGNORECASE)
"""Of whom a sentence speaks: "each nurse saves ..."."""

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
CAUSED: Final = _words(
    r"we|our|us|since|after|with|using|thanks|tool|system|software|assistant|service|pilot|trial"
    r"|introduc(?:ed|ing|tion)|implement\w+|roll(?:ed|-)out|go-live|led to|help(?:s|ed)|saw|seen"
)
"""Words of a sentence that tells what a tool did, whatever it is that changed."""

BUSINESS: Final = _words(
    r"revenues?|sales|profits?|funding|investments?|invested|headcount|deficits?|valuation|market|shares?"
    r"|grants?|budgets?|salar(?:y|ies)|F1|AUC|AUROC|ROC|recall|sensitivity|specificity"
    r"|test set|loss|GDP|wages?|inflation|interest rates?|tax(?:es)?|tariffs?"
)
"""Growth that is no benefit to a buyer: the supplier's own, or a model's scores."""

TIME: Final = _words(
    r"times?|hours?|minutes?|admin\w*|paperwork|documentation|workload|typing|burden|notes?"
    r"|efficien\w+"
    r"|productiv\w+|manual|effort|tasks?|work|spen[dt]|length|duration|shorter|longer"
    r"|quicker|faster|sooner|earlier|typed|letters?|by hand"
)
LATER_HEDGE: Final = re.compile(
    r"^[^.;:]{0,60}?\b(?:(?:is|are|was|were|been|be)\s+(?:\w+\s+)?"
    r"(?P<hedge>projected|estimated|expected|forecast|anticipated|predicted|possible|potential)"
    r"|(?P<modal>could|would|may|might|can|will|should)\s+(?:\w+ly\s+)?(?:be|have))\b",
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
