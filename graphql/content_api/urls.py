"""Addresses of the GraphQL endpoint."""

from django.urls import path

from content_api.views import GraphQLView

urlpatterns = [
    path("", GraphQLView.as_view(), name="graphql"),
    path("<slug:name>/", GraphQLView.as_view(), name="stored_operation"),
]
