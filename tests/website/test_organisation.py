"""The organisation chart, whatever the records say."""

from pages.models import OrganisationPage, Position
from tests.office import Office
from tests.website.reading import read, words
from website.listings.organisation import headed_divisions, trees_of

ADMINISTRATION = "ADMINISTRATION"


def post(key: str, above: str = "", division: str = "", group: str = ADMINISTRATION) -> dict:
    return {
        "id": key,
        "title": key,
        "holder": "",
        "group": group,
        "department": {"id": division, "title": division} if division else None,
        "reportsTo": {"id": above} if above else None,
    }


def outline(posts: list[dict]) -> list:
    def told(tree):
        return (tree.title, [told(child) for child in tree.children])

    return [told(tree) for tree in trees_of(posts, ADMINISTRATION, headed_divisions(posts))]


def test_posts_stand_below_their_superiors():
    assert outline([post("a"), post("b", "a"), post("c", "b"), post("d", "a")]) == [
        ("a", [("b", [("c", [])]), ("d", [])])
    ]


def test_post_whose_superior_is_not_public_begins_a_tree():
    assert outline([post("a", "gone"), post("b", "a")]) == [("a", [("b", [])])]


def test_circle_is_cut_above_its_first_post():
    assert outline([post("a", "b"), post("b", "c"), post("c", "a")]) == [
        ("a", [("c", [("b", [])])])
    ]


def test_post_above_itself_begins_a_tree():
    assert outline([post("a", "a")]) == [("a", [])]


def test_superior_in_another_group_is_named():
    posts = [post("mayor", group="EXECUTIVE"), post("a", "mayor")]

    (tree,) = trees_of(posts, ADMINISTRATION, {})
    assert tree.reports_to == "mayor"


def test_very_long_chains_stop_going_deeper():
    chain = [post(str(n), str(n - 1) if n else "") for n in range(40)]
    depth, trees, found = 0, trees_of(chain, ADMINISTRATION, {}), 0
    while trees:
        depth, found = depth + 1, found + len(trees)
        trees = [child for tree in trees for child in tree.children]

    assert (depth, found) == (8, 40)


def test_head_of_a_division_is_the_post_with_a_superior_outside():
    posts = [post("clerk", "head", "finance"), post("head", "chief", "finance"), post("chief")]

    assert headed_divisions(posts) == {"head": "finance"}


def test_wide_tree_is_too_wide_for_a_chart():
    posts = [post("a"), *[post(str(n), "a") for n in range(9)]]
    (tree,) = trees_of(posts, ADMINISTRATION, {})

    assert tree.measured().is_too_wide


def position(office: Office, **fields):
    return office.show(office.record(Position, **fields))


def chart(office: Office):
    section = office.show(office.section(office.home, title="หน่วยงาน", slug="agency"))
    office.show(office.page(section, OrganisationPage, title="โครงสร้าง", slug="chart"))
    return read("/th/agency/chart/")


def test_both_sides_stand_on_the_page(open_office: Office):
    mayor = position(open_office, title="นายก", group="executive", holder="นางหนึ่ง")
    finance = open_office.show(open_office.department(title="กองคลัง"))
    chief = position(open_office, title="ปลัด", group="administration", reports_to=mayor)
    position(
        open_office,
        title="ผู้อำนวยการกองคลัง",
        group="administration",
        department=finance,
        reports_to=chief,
    )
    position(open_office, title="ประธานสภา", group="council")
    page = chart(open_office)

    political, permanent = page.select(".side")
    assert [words(p) for p in political.select(".post-title")] == ["ประธานสภา", "นายก"]
    assert [words(p) for p in permanent.select("li li .post-division")] == ["กองคลัง"]
    assert permanent.select_one(".is-vacant")


def test_division_without_a_post_stands_on_the_chart(open_office: Office):
    open_office.show(open_office.department(title="กองช่าง"))
    position(open_office, title="ปลัด", group="administration")

    assert words(chart(open_office).select_one("li li .post-division")) == "กองช่าง"


def test_unpublished_post_is_not_on_the_chart(open_office: Office):
    position(open_office, title="ปลัด", group="administration")
    open_office.record(Position, title="ร่าง", group="administration")

    assert "ร่าง" not in words(chart(open_office).main)
