"""Django looks for models here; each lives in the module of its concept."""

from cms.engagement.case_events import CaseEvent, CaseNote
from cms.engagement.case_files import CaseFile
from cms.engagement.cases import Case, DeskSettings
from cms.engagement.statistics import CaseCount

__all__ = ["Case", "CaseCount", "CaseEvent", "CaseFile", "CaseNote", "DeskSettings"]
