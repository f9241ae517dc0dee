"""What a page shows beside its own content: lists of other pages and of records.

A section says by its field `listing` what it lists; other pages by their type. Each function takes
`(language, page, parameters)`, the parameters being the query string, and returns the context of
its template `website/listings/<name>.html`.
"""

from collections.abc import Callable
from typing import Any

from django.http import QueryDict

from website.contact import office_data
from website.faq import faq_data
from website.forms import empty_form, is_form
from website.listings.answers import answers_list
from website.listings.by_year import pages_by_year
from website.listings.datasets import dataset_list
from website.listings.downloads import downloads_list
from website.listings.events import events_list
from website.listings.front_page import front_page
from website.listings.knowledge import knowledge
from website.listings.laws import laws
from website.listings.news import news_list
from website.listings.official_information import official_information
from website.listings.organisation import organisation_chart
from website.listings.pages import pages_below
from website.listings.people import people_in_office
from website.listings.questions import questions
from website.listings.services import services_below
from website.listings.site_map import site_map
from website.listings.web_links import web_links
from website.service_data import service_data
from website.structured_data import answer_data, event_data

Listing = Callable[[str, dict[str, Any], QueryDict], dict[str, Any]]

# By the enum SectionListing of the API: template and function.
LISTINGS: dict[str, tuple[str, Listing]] = {
    "ANSWERS": ("answers", answers_list),
    "BY_YEAR": ("by_year", pages_by_year),
    "DATASETS": ("datasets", dataset_list),
    "DOWNLOADS": ("downloads", downloads_list),
    "EVENTS": ("events", events_list),
    "KNOWLEDGE": ("knowledge", knowledge),
    "LAWS": ("laws", laws),
    "NEWS": ("news", news_list),
    "OFFICIAL_INFORMATION": ("official_information", official_information),
    "PAGES": ("pages", pages_below),
    "QUESTIONS": ("questions", questions),
    "SERVICES": ("services", services_below),
    "SITE_MAP": ("site_map", site_map),
    "WEB_LINKS": ("web_links", web_links),
}
# By type: what the page's own template needs besides.
COMPANIONS: dict[str, Listing] = {
    "ContactPage": office_data,
    "EServicePage": service_data,
    "EventPage": event_data,
    "FaqPage": faq_data,
    "HomePage": front_page,
    "OrganisationPage": organisation_chart,
    "PeoplePage": people_in_office,
    "QuestionAnswerPage": answer_data,
    "ServiceManualPage": service_data,
}


def lists_of(language: str, data: dict[str, Any], parameters: QueryDict) -> dict[str, Any]:
    """The context that the page in an answer to the operation "page" needs besides itself.

    Raises `QueryRefused` for a cursor that is not the API's.
    """
    page = data["page"]
    form = {"form": empty_form(language, page)} if is_form(page) else {}
    if companion := COMPANIONS.get(page["__typename"]):
        return {**form, **companion(language, page, parameters)}
    if page.get("listing") in LISTINGS:
        template, listing = LISTINGS[page["listing"]]
        found = listing(language, page, parameters)
        return {"listing": {**found, "template": f"website/listings/{template}.html"}}
    return form
