"""The app of the GraphQL layer."""

from django.apps import AppConfig


class ContentApiConfig(AppConfig):
    """The contract with every front end: `graphql/schema.graphql`."""

    name = "content_api"
