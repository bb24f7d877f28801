"""Addresses outside of organisations: signing up, accepting an invitation, and one's own account."""

from django.urls import path

from utfall.portal.people import entrance, own_account

urlpatterns = [
    path("sign-up/", entrance.sign_up, name="sign_up"),
    path("invite/<str:secret>/", entrance.invitation, name="invitation"),
    path("second-factor/<slug:org>/", entrance.second_factor_needed, name="second_factor_needed"),
    path("account/", own_account.account, name="account"),
    path("account/name/", own_account.name, name="account_name"),
    path("account/sessions/end/", own_account.end_sessions, name="end_sessions"),
    path("account/delete/", own_account.delete, name="delete_account"),
]
