"""English drafts of records from given texts, by the way of the translation editor."""

from typing import Any

from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, Translation, TranslationSource
from wagtail_localize.strings import StringValue

from cms.oversight.behind import TRANSLATION


def english_draft(item: Any) -> Any:
    """The newest English draft of a record, or None."""
    found = (
        type(item)
        .objects.filter(translation_key=item.translation_key, locale__language_code=TRANSLATION)
        .first()
    )
    return found.get_latest_revision_as_object() if found else None


def write_english(item: Any, texts: dict[str, str], user: Any) -> Any:
    """Saves a draft in English of the newest Thai one, with `texts` by field name.

    Texts go into the translation memory, as if they were typed in the translation editor; of
    fields that are not named the English stays as it was.
    """
    english = Locale.objects.get(language_code=TRANSLATION)
    source, _created = TranslationSource.update_or_create_from_instance(
        item.get_latest_revision_as_object()
    )
    translation, _created = Translation.objects.get_or_create(source=source, target_locale=english)
    segments = source.stringsegment_set.select_related("string", "context")
    StringTranslation.objects.bulk_create(
        [
            StringTranslation(
                translation_of=segment.string,
                locale=english,
                context=segment.context,
                data=StringValue.from_plaintext(texts[segment.context.path]).data,
                translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
                last_translated_by=user,
            )
            for segment in segments
            if texts.get(segment.context.path)
        ],
        update_conflicts=True,
        unique_fields=["locale", "translation_of", "context"],
        update_fields=["data", "last_translated_by"],
    )
    translation.save_target(user=user, publish=False)
    return type(item).objects.get(pk=translation.get_target_instance().pk)
