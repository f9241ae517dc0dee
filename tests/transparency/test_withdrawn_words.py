"""Numbers of an earlier day stay; the words of what was withdrawn since have left the public."""

from tests.oversight.duties import owe, show
from tests.publication.withdrawing import withdraw
from tests.transparency import faces
from tests.transparency.world import World
from tests.website.reading import read, thai


def test_a_division_and_a_chapter_withdrawn_since_are_not_named_for_an_earlier_day(world: World):
    office = world.office
    division = office.show(office.department(title="กองที่ถอน"))
    chapter = owe(office, "9", title="หมวดที่ถอน", responsible_division=division)
    show(office, owe(office, "9.1", parent=chapter))
    day = world.first_day
    world.pass_days(1)
    withdraw(office, division)
    withdraw(office, chapter)

    told = faces.of_graphql(day)
    page = read(f"/th/transparency/?as_of={day.isoformat()}")

    for part in ("divisions", "chapters"):
        ((key, title, public),) = [
            (one["key"], one["title"], one["totals"]["public"]) for one in told[part]
        ]
        assert (key, title, public) == ("", "", 1)
    for face in (str(told), str(faces.lines_of_csv(day)), str(faces.of_json(day)), str(page)):
        assert "กองที่ถอน" not in face
        assert "หมวดที่ถอน" not in face
    assert thai("withdrawn since") in page.select_one("main").text
