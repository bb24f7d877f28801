"""What is recorded of bonuses, in sentences."""

from django.utils.translation import gettext_lazy as _

from utfall.portal.audit.facade import told

told(
    {
        "bonus.granted": _("%(who)s granted a bonus to %(what)s"),
        "bonus.taken_back": _("%(who)s took back a bonus from %(what)s"),
    }
)
