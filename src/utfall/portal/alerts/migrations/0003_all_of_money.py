"""Whoever wanted to hear of every kind of alert there was hears of those about money, too."""

from typing import Any

from django.db import migrations

BEFORE = {"threshold", "change", "anomaly", "budget", "silent", "quality", "reminder"}
NEW = ["credit", "overdue"]


def add(apps: Any, _editor: Any) -> None:
    for row in apps.get_model("alerts", "Preference").objects.order_by("pk"):
        for name in ("page", "email"):
            kinds = getattr(row, name)
            if kinds is not None and set(kinds) >= BEFORE:
                setattr(row, name, [*kinds, *(one for one in NEW if one not in kinds)])
        row.save(update_fields=["page", "email"])


class Migration(migrations.Migration):
    dependencies = [("alerts", "0002_all_that_there_is")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
