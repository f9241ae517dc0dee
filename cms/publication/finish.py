"""What Wagtail calls when a workflow run is complete. No model may be imported at the top."""

from typing import Any


def publish_signed(workflow_state: Any, user: Any = None) -> None:
    """Publishes what was signed. Named in `WAGTAIL_FINISH_WORKFLOW_ACTION`.

    Wagtail's own action would publish the newest revision, whatever was signed. The page row is
    set live afterwards so that the admin shows the right state; the public never reads it.
    """
    from cms.publication.publish import publish

    publication = publish(workflow_state)
    revision = workflow_state.content_object.revisions.get(pk=publication.revision_id)
    revision.publish(user=user, skip_permission_checks=True)
