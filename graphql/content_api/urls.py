"""Addresses of the GraphQL endpoint."""

from django.urls import path

from content_api.unlocking import unlocking
from content_api.views import endpoint, operations_manifest, sdl

urlpatterns = [
    path("", endpoint, name="graphql"),
    path("schema.graphql", sdl, name="schema"),
    path("operations.json", operations_manifest, name="operations"),
    path("unlock/", unlocking, name="graphql_unlock"),
    path("<slug:name>/", endpoint, name="stored_operation"),
]
