"""Alerts and rules as sentences, in the language of whoever reads them."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from utfall.lake.metrics import METRICS, Unit
from utfall.portal.access.errors import Words
from utfall.portal.alerts.contracts import Direction, Kind, Window
from utfall.portal.look.formats import day, moment, money, number, share
from utfall.portal.quality.facade import doubt_words
from utfall.portal.tracking.reasons_words import reason_words

KINDS: Final[dict[Kind, Words]] = {
    Kind.THRESHOLD: _("A bound is crossed"),
    Kind.CHANGE: _("A large change"),
    Kind.ANOMALY: _("Unlike its own past"),
    Kind.BUDGET: _("A budget is nearly used"),
    Kind.SILENT: _("Tracking went silent"),
    Kind.QUALITY: _("Traffic looks doubtful"),
    Kind.REMINDER: _("Silence is about to decide"),
    Kind.CREDIT: _("Deposit and credit are nearly used"),
    Kind.OVERDUE: _("An invoice is overdue"),
}
WINDOWS: Final[dict[Window, Words]] = {
    Window.HOUR: _("in the last hour"),
    Window.DAY: _("yesterday"),
    Window.WEEK: _("in the last 7 days"),
    Window.TODAY: _("today"),
}
COMPARED: Final[dict[Window, Words]] = {
    Window.HOUR: _("the same hour a week before"),
    Window.DAY: _("the same weekday a week before"),
    Window.WEEK: _("the 7 days before"),
    Window.TODAY: _("the day before"),
}


def metric_words(metric: str) -> str:
    """What a metric is called."""
    known = METRICS.get(metric)
    return getattr(known.words, (get_language() or "en")[:2], known.words.en) if known else metric


def shown(metric: str, value: float | None, currency: str) -> str:
    """A value as people write it."""
    if value is None:
        return "–"
    unit = METRICS[metric].unit
    if unit in (Unit.MONEY, Unit.PRICE):
        return money(round(value), currency)
    return share(round(value)) if unit is Unit.RATIO else number(round(value, 1) if value % 1 else int(value))


def sentence(kind: Kind, metric: str, window: str, facts: Mapping[str, Any]) -> str:
    """What was found, with its numbers."""
    currency = str(facts.get("currency") or "")
    told: dict[str, Any] = {"metric": metric_words(metric)}
    if window in set(Window):
        told |= {"window": WINDOWS[Window(window)], "compared": COMPARED[Window(window)]}
    if metric in METRICS:
        told |= {
            name: shown(metric, facts.get(name), currency) for name in ("value", "bound", "before", "usual")
        }
    match kind:
        case Kind.THRESHOLD:
            words = gettext("%(metric)s: %(value)s %(window)s; the bound is %(bound)s.")
        case Kind.CHANGE:
            told["change"] = share(round(abs(facts["change"]), -3))
            rose = gettext("%(metric)s rose by %(change)s: %(value)s %(window)s, %(before)s %(compared)s.")
            fell = gettext("%(metric)s fell by %(change)s: %(value)s %(window)s, %(before)s %(compared)s.")
            words = rose if facts["change"] > 0 else fell
        case Kind.ANOMALY:
            told["windows"] = number(facts["windows"])
            words = gettext(
                "%(metric)s: %(value)s %(window)s, where %(usual)s are usual (the last %(windows)s weeks)."
            )
        case Kind.BUDGET:
            told = _budget(facts, currency)
            words = gettext("%(share)s of %(limit)s is used: %(used)s of %(cap)s.")
        case Kind.SILENT:
            return _silence(facts)
        case Kind.QUALITY:
            return _doubt(facts)
        case Kind.REMINDER:
            return _reminder(facts)
        case Kind.CREDIT:
            return _credit(facts, currency)
        case Kind.OVERDUE:
            return _overdue(facts, currency)
    return words % told


def _doubt(facts: Mapping[str, Any]) -> str:
    alone = not facts["orders"] and not facts["clicks"]
    said = doubt_words(facts["detector"], facts["numbers"], facts["code"], alone=alone)
    told = {"publisher": facts["publisher_name"], "said": said}
    words = gettext("%(publisher)s. %(said)s")
    if facts["stake_micros"]:
        told |= {"stake": money(facts["stake_micros"], facts["currency"]), "orders": number(facts["orders"])}
        at_stake = ngettext(
            "%(stake)s for %(orders)s order is at stake.",
            "%(stake)s for %(orders)s orders is at stake.",
            facts["orders"],
        )
        words = f"{words} {at_stake}"
    return words % told


def _reminder(facts: Mapping[str, Any]) -> str:
    sums = " + ".join(money(micros, currency) for currency, micros in sorted(facts["sums"].items()))
    count = facts["count"]
    told = {
        "count": number(count),
        "sums": sums,
        "day": day(date.fromisoformat(facts["until"])),
    }
    if facts["what"] == "claims":
        words = ngettext(
            "The clock decides %(count)s claim by %(day)s, about orders of %(sums)s, unless you do.",
            "The clock decides %(count)s claims by %(day)s, about orders of %(sums)s, unless you do.",
            count,
        )
    elif facts["is_more"] or not sums:
        words = gettext("Silence approves more than %(count)s orders by %(day)s, unless you do.")
    else:
        words = ngettext(
            "Silence approves %(count)s order by %(day)s, with a commission of %(sums)s, unless you do.",
            "Silence approves %(count)s orders by %(day)s, with commissions of %(sums)s, unless you do.",
            count,
        )
    return words % told


def _credit(facts: Mapping[str, Any], currency: str) -> str:
    told = {name: money(facts[name], currency) for name in ("used", "means")}
    if facts["what"] == "exhausted":
        return gettext("Deposit and credit are used up: %(used)s of %(means)s.") % told
    told["share"] = share(round(facts["share"] or 0, -3))
    return gettext("%(share)s of deposit and credit is used: %(used)s of %(means)s.") % told


def _overdue(facts: Mapping[str, Any], currency: str) -> str:
    told = {
        "paper": facts["paper"],
        "day": day(date.fromisoformat(facts["due"])),
        "open": money(facts["open"], currency),
    }
    return gettext("Invoice %(paper)s was due on %(day)s, and %(open)s of it was not paid.") % told


def _silence(facts: Mapping[str, Any]) -> str:
    told = {
        "clicks": number(facts["clicks"]),
        "expected": number(facts["expected"]),
        "since": _by_its_own_clock(datetime.fromisoformat(facts["since"])),
    }
    if facts.get("what") == "clicks":
        return gettext("No click since %(since)s; %(expected)s were expected.") % told
    words = gettext(
        "No order since %(since)s, though %(clicks)s clicks came; %(expected)s orders were expected."
    )
    return " ".join(filter(None, (words % told, _calls(facts))))


def _calls(facts: Mapping[str, Any]) -> str:
    """What was heard of orders meanwhile, where that is known."""
    if facts.get("calls") == "none":
        return gettext("No call about an order was heard either: neither of a tag nor of a server.")
    if not facts.get("reason"):
        return gettext("Calls about orders were heard.") if facts.get("calls") else ""
    reason = reason_words(str(facts["reason"])).sentence
    return gettext("Calls about orders were heard, and refused: %(reason)s") % {"reason": reason}


def _by_its_own_clock(when: datetime) -> str:
    """A moment as the program's clock showed it, which the hours of the chart are of."""
    with timezone.override(when.tzinfo):
        return moment(when)


def _budget(facts: Mapping[str, Any], currency: str) -> dict[str, str]:
    of_money = facts["measure"] == "cost"
    told = {
        name: money(facts[name], currency) if of_money else number(facts[name]) for name in ("used", "cap")
    }
    return {"share": share(round(facts["share"], -3)), "limit": str(facts["limit"]), **told}


def rule_words(kind: Kind, metric: str, direction: str, window: str, bound: int, currency: str) -> str:
    """What a rule watches for, as a sentence."""
    told = {"metric": metric_words(metric), "window": WINDOWS[Window(window)]}
    is_above = direction == Direction.ABOVE
    match kind:
        case Kind.THRESHOLD:
            told["bound"] = shown(metric, bound, currency)
            above = gettext("%(metric)s above %(bound)s %(window)s")
            words = above if is_above else gettext("%(metric)s below %(bound)s %(window)s")
        case Kind.CHANGE:
            told["bound"] = share(bound)
            rise = gettext("%(metric)s up by at least %(bound)s %(window)s")
            words = rise if is_above else gettext("%(metric)s down by at least %(bound)s %(window)s")
        case Kind.ANOMALY:
            high = gettext("%(metric)s unusually high %(window)s")
            words = high if is_above else gettext("%(metric)s unusually low %(window)s")
        case Kind.BUDGET:
            words = gettext("A budget or cap is used to 90 %%")
        case Kind.SILENT:
            words = gettext("Clicks come but no orders, or no clicks come")
        case Kind.QUALITY:
            words = gettext("A publisher's traffic looks doubtful")
        case Kind.REMINDER:
            words = gettext("Silence approves orders, or decides claims, within two days")
        case Kind.CREDIT:
            words = gettext("Deposit and credit are used to 90 %%")
        case Kind.OVERDUE:
            words = gettext("An invoice is not paid though it was due")
    return words % told
