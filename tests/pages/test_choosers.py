"""The page chooser's button speaks the language of whoever looks at it."""

from django.utils import translation
from wagtail.blocks import PageChooserBlock


def test_button_of_a_page_chooser_keeps_to_the_language():
    widget = PageChooserBlock(page_type="pages.ContentPage").widget

    with translation.override("th"):
        thai = str(widget.choose_one_text)
    with translation.override("en"):
        assert str(widget.choose_one_text) == "Choose a page (content page)"

    assert "หน้า" in thai
