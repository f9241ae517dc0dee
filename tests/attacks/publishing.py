"""Ways to make a word public that nobody signed: scripts, buttons, commands, the API, SQL."""

import datetime
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, Revision
from wagtail_localize.operations import translate_object

from cms.accounts.models import User
from cms.publication.models import Publication
from cms.signoff.models import Signature
from tests.admin import edit_url, filled_in, unpublish_url
from tests.attacks.stage import SECRET, Stage
from tests.attacks.table import Refusal, attack
from tests.publication.withdrawing import latest

ANSWERED, IN_VAIN, RAISED = Refusal.ANSWERED, Refusal.IN_VAIN, Refusal.RAISED


# --- by a script ----------------------------------------------------------------------------
@attack("a script publishes the revision without permission checks", IN_VAIN)
def _(stage: Stage):
    revision = stage.secret.get_latest_revision()
    return lambda: revision.publish(user=stage.office.root.user, skip_permission_checks=True)


@attack("a script publishes the revision in the name of the publisher")
def _(stage: Stage):
    revision = stage.secret.get_latest_revision()
    return lambda: revision.publish(user=stage.office.publisher.user)


@attack("a script saves the row live with other words", IN_VAIN)
def _(stage: Stage):
    page = stage.secret
    page.title, page.live, page.has_unpublished_changes = SECRET, True, False
    return page.save


@attack("a script updates the rows of all pages", IN_VAIN)
def _(stage: Stage):
    pk = stage.secret.pk
    return lambda: Page.objects.filter(pk=pk).update(title=SECRET, live=True)


@attack("a script deletes the row", IN_VAIN)
def _(stage: Stage):
    page = stage.office.publish(stage.office.draft())
    return page.delete


@attack("a copy that stays live", IN_VAIN)
def _(stage: Stage):
    page, changes = stage.secret, {"slug": "copy"}
    return lambda: page.copy(update_attrs=changes, keep_live=True, user=stage.office.root.user)


@attack("an alias of a live page in another section", IN_VAIN)
def _(stage: Stage):
    page = stage.secret
    return lambda: page.create_alias(parent=stage.office.home, update_slug="alias")


@attack("a page is moved to another section", IN_VAIN)
def _(stage: Stage):
    page = stage.secret
    return lambda: page.move(stage.office.home, pos="last-child")


@attack("a translation is made and published by wagtail-localize", IN_VAIN)
def _(stage: Stage):
    from wagtail_localize.models import Translation

    page = stage.secret

    def act() -> None:
        translate_object(page, [stage.office.english], user=stage.office.root.user)
        translation = Translation.objects.get(source__object_id=page.translation_key)
        translation.save_target(publish=True)

    return act


# --- by the admin ---------------------------------------------------------------------------
@attack("the publish button of the editor, by a superuser", IN_VAIN)
def _(stage: Stage):
    web, url = stage.web("root"), edit_url(stage.secret)
    data = filled_in(web, url, **{"title": SECRET, "action-publish": "1"})
    return lambda: web.post(url, data)


@attack("the publish button of a new page, by the publisher", IN_VAIN)
def _(stage: Stage):
    web = stage.web("publisher")
    url = reverse("wagtailadmin_pages:add", args=["pages", "newspage", stage.office.news.pk])
    data = filled_in(web, url, **{"title": SECRET, "slug": "new", "action-publish": "1"})
    return lambda: web.post(url, data)


@attack("the publish button of a record, by a superuser", IN_VAIN)
def _(stage: Stage):
    department = stage.office.publish(stage.office.department())
    web, url = stage.web("root"), edit_url(department)
    data = filled_in(web, url, **{"title": SECRET, "action-publish": "1"})
    return lambda: web.post(url, data)


def _bulk(stage: Stage, action: str) -> Any:
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    web, address = stage.web("root"), f"{url}?id={stage.secret.pk}"
    return lambda: web.post(address)


@attack("publishing in bulk, by a superuser", ANSWERED)
def _(stage: Stage):
    return _bulk(stage, "publish")


@attack("unpublishing in bulk, by a superuser", ANSWERED)
def _(stage: Stage):
    return _bulk(stage, "unpublish")


@attack("unpublishing one page, by a superuser", ANSWERED)
def _(stage: Stage):
    web, url = stage.web("root"), unpublish_url(stage.secret)
    return lambda: web.post(url)


@attack("a page is deleted that is public, by a superuser", ANSWERED)
def _(stage: Stage):
    web = stage.web("root")
    url = reverse("wagtailadmin_pages:delete", args=[stage.secret.pk])
    return lambda: web.post(url)


@attack("a page is converted and copied live, by a superuser", IN_VAIN)
def _(stage: Stage):
    web = stage.web("root")
    url = reverse("wagtailadmin_pages:copy", args=[stage.secret.pk])
    data = {
        "new_title": SECRET,
        "new_slug": "copied",
        "new_parent_page": stage.office.news.pk,
        "publish_copies": "on",
        "alias": "on",
    }
    return lambda: web.post(url, data)


@attack("the record is changed through the admin's addresses, by a superuser", ANSWERED)
def _(stage: Stage):
    web, record = stage.web("root"), latest(stage.secret)
    url = reverse("publications:record", args=[record.pk])
    return lambda: web.post(url, {"title": SECRET, "snapshot": "{}"})


@attack("a withdrawal by a superuser", ANSWERED)
def _(stage: Stage):
    web = stage.web("root")
    url = reverse("publications:withdraw", args=[latest(stage.secret).pk])
    root = stage.office.root
    data = {
        "reason": "x",
        "full_name": root.user.get_full_name(),
        "position": "x",
        "password": root.password,
    }
    return lambda: web.post(url, data)


# --- by the API and the site ----------------------------------------------------------------
def _graphql(query: str, **variables: Any) -> Any:
    body = {"query": query, "variables": variables}
    return lambda: Client().post("/graphql/", body, content_type="application/json")


@attack("a mutation", ANSWERED)
def _(stage: Stage):
    _item = stage.secret
    return _graphql("mutation { publishPage(id: 1) { ok } }")


@attack("a query for the draft by its address", ANSWERED)
def _(stage: Stage):
    path = f"/news/{stage.half_signed.slug}/"
    return _graphql("query($path: String!) { page(path: $path, locale: TH) { title } }", path=path)


@attack("a query with a variable that orders by a password", ANSWERED)
def _(stage: Stage):
    _item = stage.secret
    return _graphql('{ pages(locale: TH, order: "owner__password") { edges { node { title } } } }')


@attack("the draft's own file under its hash", ANSWERED)
def _(stage: Stage):
    from cms.snapshot.snapshot import latest_snapshot
    from tests.office import image

    item = stage.signed_by("reporter", lead_image=image("red"))
    ((sha256, described),) = latest_snapshot(item).data["files"].items()
    return lambda: Client().get(f"/files/{sha256}/{described['filename']}")


@attack("Wagtail's own address of a live page", ANSWERED)
def _(stage: Stage):
    page = stage.half_signed
    Page.objects.filter(pk=page.pk).update(live=True)
    return lambda: Client().get(f"/th/news/{page.slug}/")


@attack("the preview of a draft, by nobody who is signed in", ANSWERED)
def _(stage: Stage):
    url = reverse("wagtailadmin_pages:view_draft", args=[stage.secret.pk])
    return lambda: Client().get(url)


@attack("an address of Wagtail's API", ANSWERED)
def _(stage: Stage):
    url = f"/api/v2/pages/{stage.secret.pk}/"
    return lambda: Client().get(url)


# --- by a management command ----------------------------------------------------------------
@attack("publish_scheduled, with a time that nobody signed", IN_VAIN)
def _(stage: Stage):
    past = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    revision = stage.secret.get_latest_revision()
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=past)
    return lambda: call_command("publish_scheduled", verbosity=0)


@attack("publish_scheduled, with an end that nobody signed", IN_VAIN)
def _(stage: Stage):
    past = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    Page.objects.filter(pk=stage.secret.pk).update(expire_at=past)
    return lambda: call_command("publish_scheduled", verbosity=0)


@attack("fixtree, move_pages and set_url_paths", IN_VAIN)
def _(stage: Stage):
    source, target = stage.office.news.pk, stage.office.home.pk
    _item = stage.secret

    def act() -> None:
        call_command("fixtree", interactive=False, verbosity=0)
        call_command("move_pages", source, target, verbosity=0)
        call_command("set_url_paths", verbosity=0)

    return act


@attack("purge_revisions of everything", IN_VAIN)
def _(stage: Stage):
    _item = stage.secret
    return lambda: call_command("purge_revisions", verbosity=0)


@attack("sync_locale_trees", IN_VAIN)
def _(stage: Stage):
    _item = stage.secret
    return lambda: call_command("sync_locale_trees", verbosity=0)


@attack("loaddata writes over a signature")
def _(stage: Stage):
    return lambda: _load_over(Signature.objects.latest("sequence"), full_name="x")


@attack("loaddata writes over a publication")
def _(stage: Stage):
    _item = stage.secret
    return lambda: _load_over(Publication.objects.latest("sequence"), title=SECRET)


def _load_over(record: Any, **changes: Any) -> None:
    """What `loaddata` does with a fixture that names an existing row."""
    from django.core import serializers

    fixture = serializers.serialize("python", [record])
    fixture[0]["fields"].update(changes)
    for loaded in serializers.deserialize("python", fixture):
        loaded.save()


@attack("a new superuser is made and publishes", IN_VAIN)
def _(stage: Stage):
    revision = stage.secret.get_latest_revision()

    def act() -> None:
        user = User.objects.create_superuser("intruder", password="x")
        revision.publish(user=user, skip_permission_checks=True)

    return act


# --- by SQL ---------------------------------------------------------------------------------
def _sql(statement: str, *values: Any) -> Any:
    def act() -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement, values)

    return act


@attack("SQL changes the words of a publication")
def _(stage: Stage):
    record = latest(stage.secret)
    return _sql("UPDATE publication_publication SET snapshot = %s WHERE id = %s", "{}", record.pk)


@attack("SQL takes a publication's end back")
def _(stage: Stage):
    record = latest(stage.secret)
    stage.office.publish(stage.secret)
    return _sql(
        "UPDATE publication_publication SET effective_until = NULL WHERE id = %s", record.pk
    )


@attack("SQL puts another hash under a signature")
def _(stage: Stage):
    record = latest(stage.secret)
    return _sql(
        "UPDATE signoff_signature SET content_hash = %s WHERE sequence = %s",
        "0" * 64,
        record.signature_sequences[0],
    )


@attack("SQL deletes the newest signature")
def _(stage: Stage):
    _item = stage.half_signed
    return _sql(
        "DELETE FROM signoff_signature WHERE sequence = (SELECT max(sequence) FROM"
        " signoff_signature)"
    )


@attack("SQL deletes the newest publication")
def _(stage: Stage):
    record = latest(stage.secret)
    return _sql("DELETE FROM publication_publication WHERE id = %s", record.pk)


@attack("SQL inserts a signature of another place in the chain")
def _(stage: Stage):
    record = latest(stage.secret)
    columns = ", ".join(
        f'"{field.column}"'
        for field in Signature._meta.concrete_fields
        if field.column not in ("id", "sequence")
    )
    return _sql(
        f"INSERT INTO signoff_signature (sequence, {columns}) SELECT sequence, {columns} FROM"
        " signoff_signature WHERE sequence = %s",
        record.signature_sequences[0],
    )


@attack("the ORM deletes a person who has signed")
def _(stage: Stage):
    _item = stage.half_signed
    return stage.office.reporter.user.delete
