"""Clinical acts that take more than a phrase to tell: patterns beside the cues of scope rules."""

from __future__ import annotations

import re
from typing import Final

_FINDS_DISEASE = re.compile(
    r"""\b(?: detect | find | spot | identif | predict | flag | screen | grad | classif
        | read | rule[ ]out | rul | pick | measur | recogni[sz] | alert | warn | mark | highlight
        | outlin | assess )
    (?: s | es | ed | ing | y | ies | ied | ying )?
    (?: [\s-]+ (?!not\b)[\w'\u2019]+ ){0,6}? [\s-]+
    (?: (?:\w+)?cancers? | tumou?rs? | sepsis | strokes? | fractures? | haemorrhage | pneumonia
        | tuberculosis | dementia | diabetes | atrial[ ]fibrillation | heart[ ](?:failure|attack)s?
        | deteriorat\w+ | lesions? | moles | nodules? | polyps? | abnormalit\w+ | retinopathy
        | retinal[ ]\w+ | ECGs? | x-rays? | mammograms? | scans | biops\w+ | diseases?
        | radiographs? | angiograms? | melanomas? | aneurysms? | glaucoma | arthritis | epilepsy
        | delirium | psychosis | depression )\b
    (?! [\s-]+ (?: patients?['\u2019]? | referrals? | pathways? | clinics? | waits? | waiting
        | services? | teams? | wards? | targets? | lists? | appointments? | letters? | care
        | centres? ) \b )""",
    re.IGNORECASE | re.VERBOSE,
)
"""An act of finding, then within a few words the condition, image or trace that is judged: not the
patients, clinics and lists that are named after it."""
_IS_READ = re.compile(
    r"""\b(?: scans? | x-rays? | radiographs? | mammograms? | angiograms? | biops\w+ | slides?
        | ECGs? | (?:retinal|skin|medical)[ ](?:images?|photographs?|photos?) )
    [\s-]+ (?: are | is | were | was ) [\s-]+
    (?: graded | read | interpreted | analysed | analyzed | assessed | checked | scored )\b""",
    re.IGNORECASE | re.VERBOSE,
)
"""An image, trace or sample that is judged."""
_INTERPRETS = re.compile(
    r"""\b(?: interpret | analyse | analyze | look )(?: s | d | ed | ing | s?[ ]at | ing[ ]at )?
    (?: [\s-]+ (?!not\b|for\b)[\w'\u2019]+ ){0,3}? [\s-]+
    (?: scans? | x-rays? | radiographs? | mammograms? | ECGs? | slides? | images? | imaging )\b""",
    re.IGNORECASE | re.VERBOSE,
)
"""An image or trace that is interpreted: what people say is interpreted, too, in other tongues."""
_TREATS = re.compile(
    r"""\btreat(?:s|ing)? (?: [\s-]+ (?!not\b)[\w'\u2019]+ ){0,2}? [\s-]+
    (?: anxiety | insomnia | depression | pain | addiction | obesity )\b""",
    re.IGNORECASE | re.VERBOSE,
)
_CHOOSES_TREATMENT = re.compile(
    r"""\b(?: recommend | suggest | choos | pick | select | optimis | personalis | adjust )
    (?: e | s | es | ed | ing )?
    (?: [\s-]+ (?!not\b|talking\b)[\w'\u2019]+ ){0,4}? [\s-]+
    (?: treatments? | chemotherapy | radiotherapy | doses? | dosages? | medications?
        | antibiotics? )\b""",
    re.IGNORECASE | re.VERBOSE,
)
"""A treatment, drug or dose that is chosen."""
_TRIAGES_ITSELF = re.compile(
    r"""\b(?: AI | artificial[ ]intelligence | machine[ ]learning | algorithms? | algorithmic
        | automated | autonomous(?:ly)? )
    (?: [\s-]+ (?!(?:not|never|no|nor|without|referrals?|documents?|letters?|e-?mails?|inbox
        |correspondence|quer(?:y|ies)|tickets?|tasks?|messages?|calls?)\b)[\w'\u2019]+ ){0,4}?
    [\s-]+ triag(?:e|es|ing)\b
    (?! [\s-]+ (?:of[ ]|for[ ])? (?:incoming[ ]|the[ ])? (?:referrals?|documents?|letters?|e-?mails?
        |inbox(?:es)?|correspondence|quer(?:y|ies)|tickets?|tasks?|messages?|complaints?) )""",
    re.IGNORECASE | re.VERBOSE,
)
"""A machine, then within a few words the triage of people and not of paper."""
_CONDITIONS = (
    *("cancer", "tumo", "sepsis", "stroke", "fracture", "haemorrhage", "pneumonia", "tuberculosis"),
    *(
        "dementia",
        "diabetes",
        "atrial",
        "heart",
        "deteriorat",
        "lesion",
        "moles",
        "nodule",
        "polyp",
    ),
    *("abnormalit", "retin", "ecg", "x-ray", "mammogram", "scans", "biops", "disease", "graph"),
    *("angiogram", "melanoma", "aneurysm", "glaucoma", "arthritis", "epilepsy", "delirium"),
    *("psychosis", "depression"),
)
_TREATMENTS = ("treatment", "therapy", "dose", "dosage", "medication", "antibiotic")
ACTS: Final = (
    ("R6", _CONDITIONS, _FINDS_DISEASE),
    ("R7", _TREATMENTS, _CHOOSES_TREATMENT),
    ("R7", ("treat",), _TREATS),
    ("R8", ("scan", "x-ray", "gram", "graph", "biops", "slide", "ecg", "image", "photo"), _IS_READ),
    ("R8", ("interpret", "analy", "look"), _INTERPRETS),
    ("R10", ("triag",), _TRIAGES_ITSELF),
)
"""Clinical acts that take more than a phrase to tell, by the rule that they are cues of; each with
what one of must stand, in small letters, in a sentence that tells it: most have none."""
