"""The pages of signing in, which stand before Wagtail's own below /admin/."""

from django.urls import path

from cms.accounts import sign_in_views as views

urlpatterns = [
    path("login/", views.SignInView.as_view(), name="wagtailadmin_login"),
    path("login/code/", views.CodeView.as_view(), name="sign_in_code"),
    path("login/password/", views.NewPasswordView.as_view(), name="sign_in_password"),
    path("login/second-factor/", views.SetUpView.as_view(), name="sign_in_set_up"),
    path("login/go-on/", views.go_on, name="sign_in_go_on"),
]
