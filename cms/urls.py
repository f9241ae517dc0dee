"""Every address of the project: the admin, the API, public files, and the site."""

from django.urls import include, path
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from cms.publication.views import PinnedFileView, PrivateFileView

urlpatterns = [
    path("admin/media/<path:name>", PrivateFileView.as_view(), name="private_file"),
    path("admin/documents/", include(wagtaildocs_urls)),
    path("admin/", include(wagtailadmin_urls)),
    path("files/<str:sha256>/<str:filename>", PinnedFileView.as_view(), name="pinned_file"),
    path("graphql/", include("content_api.urls")),
    path("", include("website.urls")),
]
