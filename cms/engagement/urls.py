"""Addresses of the desks, below `/desk/`."""

from django.urls import path, re_path

from cms.engagement.views import CopyView, ReceiptView, StatusView, SubmissionView

urlpatterns = [
    path("receipts/<str:token>.pdf", ReceiptView.as_view(), name="desk_receipt"),
    path("receipts/<str:token>/", CopyView.as_view(), name="desk_copy"),
    re_path(
        r"^cases/(?P<reference>[^/]{1,40})/(?P<locale>th|en)/$",
        StatusView.as_view(),
        name="desk_status",
    ),
    re_path(
        r"^(?P<short_id>[a-z0-9]+)/(?P<locale>th|en)/$",
        SubmissionView.as_view(),
        name="desk_submission",
    ),
]
