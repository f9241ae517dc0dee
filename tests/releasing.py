"""A release for tests: a section with a page in it, that page's news and a record."""

from typing import Any

from cms.publication.models import Publication
from cms.signoff.models import Release
from cms.signoff.release_preparing import add_item, create_release, submit_release
from tests.office import Office


def release_of(office: Office, *items: Any, title: str = "งบประมาณ 2569") -> Release:
    """A release of these drafts, made by the reporter."""
    release = create_release(title, "", office.reporter.user)
    for item in items:
        add_item(release, item, office.reporter.user)
    return release


def submitted(office: Office, *items: Any) -> Release:
    """A release that waits for the first signature."""
    release = release_of(office, *items)
    submit_release(release, office.reporter.user)
    return fresh(release)


def signed_by(office: Office, release: Release, *roles: str) -> Release:
    """The release after these people signed it, each as their role."""
    for role in roles:
        getattr(office, role).sign_release(release)
    return fresh(release)


def fresh(release: Release) -> Release:
    """The row as it is in the database now."""
    return Release.objects.get(pk=release.pk)


def is_public(item: Any) -> bool:
    """Whether something of an item stands in public."""
    return (
        Publication.objects.effective()
        .filter(subject=item.translation_key, locale=item.locale.language_code)
        .exists()
    )


def waiting_roles(*items: Any) -> list[str]:
    """The role at which each item waits; empty where it waits at none."""
    tasks = [type(item).objects.get(pk=item.pk).current_workflow_task for item in items]
    return [task.role if task else "" for task in tasks]


def translated(office: Office, item: Any, **fields: Any) -> Any:
    """The English draft of an item, below the English section where it is a page."""
    english = item.copy_for_translation(office.english)
    for name, value in fields.items():
        setattr(english, name, value)
    english.save_revision(user=office.translator.user)
    return office.fresh(english)
