"""Every address of the project: the admin, the API, public files, and the site."""

from django.urls import include, path
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from cms.evidence.signing_key import KEY_ADDRESS
from cms.evidence.views import signing_key
from cms.publication.picture_views import PictureView
from cms.publication.views import PinnedFileView, PrivateFileView
from content_api.observability.views import metrics

urlpatterns = [
    path("admin/media/<path:name>", PrivateFileView.as_view(), name="private_file"),
    path("admin/documents/", include(wagtaildocs_urls)),
    path("admin/", include("cms.accounts.urls")),
    path("admin/", include(wagtailadmin_urls)),
    path(KEY_ADDRESS, signing_key, name="signing_key"),
    path("files/<str:sha256>/<str:filename>", PinnedFileView.as_view(), name="pinned_file"),
    path("pictures/<str:sha256>/<str:name>", PictureView.as_view(), name="picture"),
    path("preview/", include("cms.access.urls")),
    path("desk/", include("cms.engagement.urls")),
    path("metrics", metrics, name="metrics"),
    path("graphql/", include("content_api.urls")),
    path("", include("website.urls")),
]

handler404 = "website.former_addresses.unknown_address"
