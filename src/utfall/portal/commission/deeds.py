"""What is recorded of commission, in sentences."""

from django.utils.translation import gettext_lazy as _

from utfall.portal.audit.facade import told

told({"commission.changed": _("%(who)s changed the commission of %(what)s")})
