"""Addresses of the proofs, below `/admin/evidence/`."""

from django.urls import path

from cms.evidence import views

app_name = "evidence"
urlpatterns = [
    path("", views.StateView.as_view(), name="state"),
    path("verify/", views.verify, name="verify"),
    path("form/<str:kind>/<str:pk>/", views.request_form, name="request_form"),
    path("certificate/<int:pk>/", views.CertificateView.as_view(), name="certificate"),
    path("history/<int:pk>/", views.history, name="history"),
]
