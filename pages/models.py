"""Django looks for models here; each lives in the module of its chapter."""

from pages.agency import (
    CioPage,
    DutiesPage,
    HistoryPage,
    OrganisationPage,
    PeoplePage,
    VisionPage,
)
from pages.alerts import Alert, AlertTemplate
from pages.base import ContentPage
from pages.contact import ContactPage
from pages.disclosure_items import DisclosureItem
from pages.e_services import EServicePage
from pages.electronic_forms import DeskPage, FormPage
from pages.home import HomePage, Listing, SectionPage
from pages.knowledge import FaqPage, KnowledgePage
from pages.law import LawPage
from pages.media import DepartmentCollection, OfficeDocument, OfficeImage, OfficeRendition
from pages.news import EventPage, NewsKind, NewsPage
from pages.official_information import OfficialInformationPage
from pages.opendata import DatasetPage
from pages.participation import ConsultationPage, ConsultationResultPage, QuestionAnswerPage
from pages.plans import BudgetPage, PlanPage, ReportPage
from pages.procurement_periods import ProcurementPeriod
from pages.projects import ProjectPage
from pages.records import Banner, ManagedRedirect, Position, WebLink
from pages.services import ServiceManualPage
from pages.snippets import Department, SignableSnippet

__all__ = [
    "Alert",
    "AlertTemplate",
    "Banner",
    "BudgetPage",
    "CioPage",
    "ConsultationPage",
    "ConsultationResultPage",
    "ContactPage",
    "ContentPage",
    "DatasetPage",
    "Department",
    "DepartmentCollection",
    "DeskPage",
    "DisclosureItem",
    "DutiesPage",
    "EServicePage",
    "EventPage",
    "FaqPage",
    "FormPage",
    "HistoryPage",
    "HomePage",
    "KnowledgePage",
    "LawPage",
    "Listing",
    "ManagedRedirect",
    "NewsKind",
    "NewsPage",
    "OfficeDocument",
    "OfficeImage",
    "OfficeRendition",
    "OfficialInformationPage",
    "OrganisationPage",
    "PeoplePage",
    "PlanPage",
    "Position",
    "ProcurementPeriod",
    "ProjectPage",
    "QuestionAnswerPage",
    "ReportPage",
    "SectionPage",
    "ServiceManualPage",
    "SignableSnippet",
    "VisionPage",
    "WebLink",
]
