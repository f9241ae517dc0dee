"""The example of answers to assessors is submitted, and says that it is one."""

from types import SimpleNamespace
from typing import Any

from cms.assessors.models import Submission
from cms.demonstration.answers import load_answers
from cms.oversight.assessment_lists import load_shipped
from tests.office import Office
from tests.oversight.duties import owe, show


def test_every_item_is_answered_and_marked_as_an_example(open_office: Office):
    show(open_office, owe(open_office, "1.1(1).3"), title="โครงสร้าง")
    load_shipped()
    staff: Any = SimpleNamespace(clerks={"administrator": open_office.administrator})

    assert list(load_answers(staff))

    items = Submission.objects.get().data["items"]
    assert len(items) == 43
    assert [item["code"] for item in items if item["answer"] == "yes"] == ["O1"]
    assert all("ตัวอย่าง" in item["explanations"]["th"] for item in items)
