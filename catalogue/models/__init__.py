"""The tables, one noun per file."""

from catalogue.models.base import Base
from catalogue.models.bearing import Bearing
from catalogue.models.claim import Claim
from catalogue.models.crawl_run import CrawlRun
from catalogue.models.crawl_task import CrawlTask
from catalogue.models.decision import Decision
from catalogue.models.deployment import Deployment
from catalogue.models.document import Document
from catalogue.models.embedding import Embedding
from catalogue.models.event import Event
from catalogue.models.evidence import Evidence
from catalogue.models.held_visit import HeldVisit
from catalogue.models.issue import Issue
from catalogue.models.lead import Lead
from catalogue.models.listing import Listing
from catalogue.models.mention import Mention
from catalogue.models.name_beginning import NameBeginning
from catalogue.models.notice import Notice, NoticeSupplier, NoticeTool
from catalogue.models.organisation import Identifier, Organisation, OrganisationName
from catalogue.models.project import Project
from catalogue.models.ruling import Ruling
from catalogue.models.saving import Saving
from catalogue.models.search_entry import SearchEntry, SearchPassage
from catalogue.models.shortlist import Shortlist, ShortlistItem
from catalogue.models.showing import Showing
from catalogue.models.signal import Signal
from catalogue.models.snapshot import Snapshot
from catalogue.models.source import Source
from catalogue.models.statement import Displayed, Statement
from catalogue.models.story_band import StoryBand
from catalogue.models.tag import Tag
from catalogue.models.term_hint import TermHint
from catalogue.models.tool import Function, Tool, ToolName
from catalogue.models.visit import Visit

__all__ = [
    "Base",
    "Bearing",
    "Claim",
    "CrawlRun",
    "CrawlTask",
    "Decision",
    "Deployment",
    "Displayed",
    "Document",
    "Embedding",
    "Event",
    "Evidence",
    "Function",
    "HeldVisit",
    "Identifier",
    "Issue",
    "Lead",
    "Listing",
    "Mention",
    "NameBeginning",
    "Notice",
    "NoticeSupplier",
    "NoticeTool",
    "Organisation",
    "OrganisationName",
    "Project",
    "Ruling",
    "Saving",
    "SearchEntry",
    "SearchPassage",
    "Shortlist",
    "ShortlistItem",
    "Showing",
    "Signal",
    "Snapshot",
    "Source",
    "Statement",
    "StoryBand",
    "Tag",
    "TermHint",
    "Tool",
    "ToolName",
    "Visit",
]
