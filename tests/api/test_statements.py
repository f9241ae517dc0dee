"""SQL that is written once gives what the queryset itself gives."""

import datetime

from django.db import connection
from django.db.models import F, Q, Value
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cms.publication.models import Publication
from content_api import statements
from content_api.reader import Reader
from content_api.statements import rows_of
from tests.office import Office

YEAR = datetime.timedelta(days=365)


def effective(moment, **values):
    """As readers ask, with a condition by text."""
    return Publication.objects.effective(moment).filter(**values).select_related("address")


def values_of(record) -> dict:
    """Every attribute that came from the database."""
    own = {name: value for name, value in vars(record).items() if not name.startswith("_")}
    return {**own, "address": vars(record.address).keys() and str(record.address)}


def test_records_are_those_of_the_queryset(open_office: Office):
    now = timezone.now()
    for locale in ("th", "en", "th"):
        found = rows_of("test-same", now, effective, locale=locale)
        expected = list(effective(now, locale=locale))

        assert found == expected
        assert [values_of(row) for row in found] == [values_of(row) for row in expected]
        assert [row.get_deferred_fields() for row in found] == [set()] * len(found)


def test_statement_is_written_once(open_office: Office):
    def build(moment, **values):
        built.append(moment)
        return effective(moment, **values)

    built: list[datetime.datetime] = []
    for path in ("/", "/news/", "/nowhere/"):
        rows_of("test-once", timezone.now(), build, address__path=path)

    assert len(built) == 2  # with one set of marks and with another, and never again


def test_moment_is_that_of_the_question(open_office: Office):
    now = timezone.now()

    assert rows_of("test-moment", now, effective, locale="th") != []
    assert rows_of("test-moment", now - YEAR, effective, locale="th") == []


def test_annotations_and_deferred_columns_come_along(open_office: Office):
    def build(moment, **values):
        rows = effective(moment, **values).only("title", "address__path")
        return rows.annotate(twice=F("sequence") * Value(2))

    row = rows_of("test-annotated", timezone.now(), build, address__path="/", locale="th")[0]

    assert row.twice == row.sequence * 2
    assert "snapshot" in row.get_deferred_fields()


def test_rows_of_values_are_given_out(open_office: Office):
    def build(moment, **values):
        return effective(moment, **values).values_list("locale", "title", "address__path")

    now = timezone.now()

    assert rows_of("test-values", now, build, locale="en") == list(build(now, locale="en"))
    assert rows_of("test-values", now, build, locale="th") == list(build(now, locale="th"))


def test_texts_are_values_never_sql(open_office: Office):
    assert rows_of("test-text", timezone.now(), effective, title="' OR 1=1 --") == []


def test_what_asks_for_the_present_by_itself_is_not_kept(open_office: Office):
    def build(moment, **values):
        return effective(moment, **values).filter(Q(effective_from__lte=timezone.now()))

    rows_of("test-present", timezone.now(), build, locale="th")

    assert statements._kept["test-present", (("locale", str),)] is None


def test_what_changes_a_text_is_not_kept(open_office: Office):
    def build(moment, title):
        return effective(moment).filter(title__contains=title)

    found = rows_of("test-contains", timezone.now(), build, title="ข่า")

    assert [row.title for row in found] == [
        row.title for row in effective(timezone.now(), title="ข่าว")
    ]
    assert statements._kept["test-contains", (("title", str),)] is None


def test_what_equals_a_mark_is_not_mistaken_for_one(open_office: Office):
    """A text that somebody asks for may be the very one that stands for a value."""

    def build(moment, title):
        either = Q(title=title) | Q(title=statements._mark(0, str))
        return effective(moment).filter(either)

    found = rows_of("test-mark", timezone.now(), build, title="ข่าว")

    assert [row.title for row in found] == ["ข่าว"]
    assert statements._kept["test-mark", (("title", str),)] is None


def test_numbers_and_days_are_values(open_office: Office):
    def build(moment, **values):
        return effective(moment).filter(**values)

    rows = list(effective(timezone.now()))
    for row in rows:
        assert rows_of("test-number", timezone.now(), build, pk=row.pk) == [row]
        day = {"published_at__date__gte": row.published_at.date()}
        assert rows_of("test-day", timezone.now(), build, **day) == list(
            effective(timezone.now(), **day)
        )
    assert statements._kept["test-number", (("pk", int),)] is not None


def test_what_finds_nothing_for_sure_is_not_kept(open_office: Office):
    def build(moment, locale):
        return effective(moment, locale=locale).filter(type__in=[])

    assert rows_of("test-nothing", timezone.now(), build, locale="th") == []


def test_page_is_found_in_one_query_as_before(open_office: Office):
    reader = Reader()
    reader.standing(("th", "en"), address__path="/news/")

    with CaptureQueriesContext(connection) as captured:
        found = reader.standing(("en", "th"), address__path="/news/")

    assert found == list(reader.effective().filter(address__path="/news/"))
    assert len(captured) == 1


def test_addresses_of_any_number_of_pages(open_office: Office):
    rows = list(Publication.objects.effective().select_related("address"))
    targets = {(str(row.subject), row.locale) for row in rows}
    expected = {(str(row.subject), row.locale): f"/{row.locale}{row.address.path}" for row in rows}

    assert Reader().paths(targets) == expected
    for one in targets:
        assert Reader().paths({one})[one] == expected[one]
