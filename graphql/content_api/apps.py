"""The app of the GraphQL layer."""

from django.apps import AppConfig

from content_api.observability import tracing


class ContentApiConfig(AppConfig):
    """The contract with every front end: `graphql/schema.graphql`."""

    name = "content_api"

    def ready(self) -> None:
        """Begins to send traces, where the settings name who collects them."""
        tracing.configure()
