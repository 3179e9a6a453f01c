"""How screening is told: why it is a tool's turn, how far a reviewer is, what is likely left."""

from __future__ import annotations

from catalogue.screening_rows import (
    DecisionRow,
    NextRow,
    ProgressRow,
    ReportRow,
    StandingRow,
    WhyRow,
)
from tui.state.wording import day, number, plural, stars, strength

OUTCOMES = {"include": "included", "maybe": "maybe", "exclude": "excluded"}
"""What a reviewer says, as words."""

STATES = {**OUTCOMES, "disagreed": "disagreed", "open": "open"}
"""Where a tool stands, as words."""


def why_here(why: WhyRow) -> str:
    """Why it is a tool's turn, as the end of a sentence that begins "Why it is here:"."""
    match why.by:
        case "chance":
            said = "drawn at random, to check what is left"
        case "decisions":
            most = f"; of what you included it is most like {why.nearest}" if why.nearest else ""
            said = f"ranked by what you decided{most}"
        case "question":
            words = ", ".join(why.terms)
            said = f"nearest to the question{f': it says {words}' if words else ''}"
    if why.changed is not None:
        said = f"{changed(why.changed)}; {said}"
    return said


def changed(decision: DecisionRow) -> str:
    """That a tool is another one than the one that was excluded."""
    why = f" ({decision.why})" if decision.why else ""
    return f"changed since you excluded it on {day(decision.at)}{why}"


def progress(row: ProgressRow) -> str:
    """How far a reviewer is: "8 of 26 screened: 2 included, 0 maybe, 6 excluded"."""
    told = f"{number(row.screened)} of {number(row.pool)} screened: {_outcomes(row)}"
    return f"{told} \N{MIDDLE DOT} {row.changed} changed since" if row.changed else told


def facts(row: NextRow) -> str:
    """What is known of the tool whose turn it is, on one line."""
    tool = row.tool
    level = stars(tool.evidence)
    if tool.evidence:
        level = f"{level} {strength(tool.evidence)}"
    parts = [tool.use_case or "use case not stated", tool.setting or "setting not stated", level]
    parts += [
        plural(tool.claims, "claim"),
        plural(row.evidence, "item of evidence", "items of evidence"),
    ]
    return " \N{MIDDLE DOT} ".join(parts)


def said_by(standing: StandingRow) -> str:
    """What each reviewer says of a tool: "Ann: included; Ben: excluded (Not AI)"."""
    return "; ".join(
        f"{one.reviewer}: {OUTCOMES[one.outcome]}{f' ({one.why})' if one.why else ''}"
        for one in standing.decisions
    )


def report(row: ReportRow) -> list[str]:
    """A stopping report in plain sentences, one paragraph each."""
    screened, pool = row.progress.screened, row.progress.pool
    many = plural(pool, "tool")
    told = [f"{row.reviewer} screened {number(screened)} of {many}: {_outcomes(row.progress)}."]
    if row.reasons:
        reasons = ", ".join(f"{why} {count}" for why, count in row.reasons)
        told.append(f"Excluded as: {reasons}.")
    if row.progress.changed:
        told.append(f"{_waits(row.progress.changed)} excluded once and changed since.")
    if screened == pool:
        told.append("Nothing waits.")
    elif not screened:
        told.append("How many are relevant cannot be said before some are screened.")
    else:
        told += _left(row)
    return told


def disagreements(row: ReportRow) -> str:
    """On which tools reviewers disagree; "" on none. Apart from the report, since a reviewer who
    is still at work should not be told what others said.
    """
    if not row.disagreements:
        return ""
    names = ", ".join(one.name for one in row.disagreements)
    return f"Reviewers disagree on {plural(len(row.disagreements), 'tool')}: {names}."


def _left(row: ReportRow) -> list[str]:
    """How many relevant tools are likely left, and how sure that is."""
    guess = round(row.likely_left)
    told = [
        f"About {number(guess)} more {_are(guess)} likely left: a guess, as finds got rarer.",
        f"{_bound(row)}.",
        f"This assumes: {row.assumption} Maybe counts as relevant.",
    ]
    if row.sampled:
        told.append(f"{plural(row.sampled, 'tool was', 'tools were')} drawn at random as a check.")
    else:
        told.append(
            "Tools drawn at random ('--random') check this without trusting the order, and make "
            "the bound tighter."
        )
    if row.out_of_turn:
        told.append(
            f"{plural(row.out_of_turn, 'tool was', 'tools were')} decided on without being shown "
            "in turn; the bound takes that for their turn."
        )
    return told


def _bound(row: ReportRow) -> str:
    """What can be said with confidence of how many are left."""
    sure = f"With {100 * row.confidence:g} % confidence"
    if row.left_high >= row.progress.left:
        said = f"{sure} nothing can be ruled out: all that wait may be relevant"
    elif row.left_high:
        noun = "tool is" if row.left_high == 1 else "tools are"
        said = f"{sure} at most {number(row.left_high)} more relevant {noun} left"
    else:
        said = f"{sure} no more relevant tool is left"
    if row.left_low:
        said += f", and at least {number(row.left_low)}"
    if row.found:
        said += f"; at least {100 * row.recall_low:.0f} % of them are found"
    return said


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


def _waits(count: int) -> str:
    return f"{plural(count, 'tool')} {'waits' if count == 1 else 'wait'} again:"


def _outcomes(row: ProgressRow) -> str:
    counts = ((row.included, "included"), (row.maybe, "maybe"), (row.excluded, "excluded"))
    return ", ".join(f"{number(count)} {word}" for count, word in counts)
