"""The app's chapter of the API."""

from django.utils.translation import gettext_lazy as _

from utfall.portal.rest.facade import Endpoints

endpoints = Endpoints("people", _("People and organisations"))
