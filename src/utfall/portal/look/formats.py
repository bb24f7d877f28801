"""Words for numbers, money and time, as each language writes them.

A space within a number, and between a number and its unit, never breaks a line; a minus is a minus sign; what
does not exist is an en dash. Times are shown in the current time zone.
"""

import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Final

from babel.dates import format_date, format_datetime, format_time, format_timedelta
from babel.numbers import (
    format_compact_currency,
    format_compact_decimal,
    format_currency,
    format_decimal,
    format_percent,
)
from django.utils import timezone, translation
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from utfall.money import minor_digits, minor_micros, round_ratio
from utfall.portal.look.library import register

NONE: Final = "–"
MINUS: Final = "\N{MINUS SIGN}"
NARROW: Final = "\N{NARROW NO-BREAK SPACE}"
LOCALES: Final = {"sv": "sv_SE", "nb": "nb_NO", "en": "en_GB"}
COMPACT_FROM: Final = 10_000
KEPT: Final = 8192
"""Numbers whose words are remembered: those of yesterday are shown again with every page."""


def locale() -> str:
    """Babel's name of the current language, with the country whose habits we follow."""
    return LOCALES.get(translation.get_language() or "en", LOCALES["en"])


@register.filter
def number(value: int | float | Decimal | None) -> str:
    """12 345,6 as this language writes it."""
    return NONE if value is None else _number(value, locale())


@lru_cache(maxsize=KEPT, typed=True)
def _number(value: int | float | Decimal, place: str) -> str:
    return _neat(format_decimal(value, locale=place))


@register.filter
def compact(value: int | float | Decimal | None) -> str:
    """1,2 tn, 3,4 mn; in full below ten thousand."""
    if value is None or -COMPACT_FROM < value < COMPACT_FROM:
        return number(value)
    return _compact(value, locale())


@lru_cache(maxsize=KEPT, typed=True)
def _compact(value: int | float | Decimal, place: str) -> str:
    return _neat(format_compact_decimal(value, fraction_digits=1, locale=place))


@register.filter
def money(micros: int | None, currency: str) -> str:
    """Micros as money: 1 234,50 kr. Whole amounts keep their minor digits; a smaller part is never hidden."""
    return NONE if micros is None else _money(micros, currency, locale())


@lru_cache(maxsize=KEPT)
def _money(micros: int, currency: str, place: str) -> str:
    # Exact: an integer number of micros divided in decimal, never in binary.
    amount = Decimal(micros).scaleb(-6)
    exact = amount == round(amount, minor_digits(currency) or 0)
    return _neat(
        format_currency(amount, currency, locale=place, currency_digits=exact, decimal_quantization=exact)
    )


def rounded(micros: int | None, currency: str) -> str:
    """Micros as money in the decimals its currency has, half to even: for what was reckoned, not for a price.

    What would read as nothing, and a currency whose decimals we do not know, is said in full.
    """
    if micros is None or minor_digits(currency) is None:
        return money(micros, currency)
    unit = minor_micros(currency)
    whole = round_ratio(micros, unit, "half_even") * unit
    return money(whole if whole or not micros else micros, currency)


@register.filter
def amount(micros: int | None, currency: str) -> SafeString | str:
    """What was reckoned, as money; where its currency's decimals do not say all, all of it is beside it for
    whoever points at it.
    """
    shown, exact = rounded(micros, currency), money(micros, currency)
    return shown if shown == exact else format_html('<span title="{}">{}</span>', exact, shown)


@register.filter
def money_compact(micros: int | None, currency: str) -> str:
    """Micros as money at a glance: 1,2 mn kr; in full below ten thousand."""
    if micros is None or abs(micros) < COMPACT_FROM * 1_000_000:
        return rounded(micros, currency)
    value = Decimal(micros).scaleb(-6)
    return _neat(format_compact_currency(value, currency, fraction_digits=1, locale=locale()))


@register.filter
def share(ppm: int | None) -> str:
    """Parts per million as a percentage: 8,5 %."""
    return NONE if ppm is None else _share(ppm, locale())


@lru_cache(maxsize=KEPT)
def _share(ppm: int, place: str) -> str:
    pattern = "#,##0.####%" if place == "en_GB" else f"#,##0.####{NARROW}%"
    return _neat(format_percent(Decimal(ppm).scaleb(-6), pattern, locale=place))


@register.filter
def change(ppm: int | None) -> str:
    """A relative change with its sign: +12 %, −3,5 %."""
    if ppm is None:
        return NONE
    rounded = round(ppm, -3)
    return f"{'+' if rounded > 0 else ''}{share(rounded)}"


@register.filter
def day(when: date | datetime | None) -> str:
    """21 nov. 2026."""
    return NONE if when is None else format_date(_local(when), "d MMM y", locale=locale())


@register.filter
def clock(when: datetime | None) -> str:
    """14:05:09."""
    return NONE if when is None else format_time(_local_time(when), "HH:mm:ss", locale=locale())


@register.filter
def moment(when: datetime | None) -> str:
    """21 nov. 2026 14:05, in the current time zone."""
    return NONE if when is None else format_datetime(_local_time(when), "d MMM y HH:mm", locale=locale())


@register.filter
def ago(when: datetime | None) -> SafeString | str:
    """3 hours ago, in 2 days; the exact moment is beside it for whoever points at it."""
    if when is None:
        return NONE
    words = since(when - timezone.now())
    return format_html('<time datetime="{}" title="{}">{}</time>', when.isoformat(), moment(when), words)


def since(distance: timedelta) -> str:
    """A distance from now in words."""
    if abs(distance) < timedelta(seconds=45):
        return gettext("just now")
    return format_timedelta(distance, add_direction=True, locale=locale())


@register.filter
def period(seconds: int | None) -> str:
    """A length of time that people set: 30 days, 12 hours, 90 seconds; the largest unit that fits exactly."""
    if seconds is None:
        return NONE
    if seconds % 86_400 == 0:
        return ngettext("%(count)s day", "%(count)s days", seconds // 86_400) % {
            "count": number(seconds // 86_400)
        }
    if seconds % 3600 == 0:
        return ngettext("%(count)s hour", "%(count)s hours", seconds // 3600) % {
            "count": number(seconds // 3600)
        }
    if seconds % 60 == 0:
        return ngettext("%(count)s minute", "%(count)s minutes", seconds // 60) % {
            "count": number(seconds // 60)
        }
    return ngettext("%(count)s second", "%(count)s seconds", seconds) % {"count": number(seconds)}


@register.filter
def size(count: int | None) -> str:
    """Bytes as people read them: 340 kB, 1,2 MB."""
    if count is None:
        return NONE
    value, unit = Decimal(count), "B"
    for unit in ("B", "kB", "MB", "GB", "TB"):
        if abs(value) < 1000 or unit == "TB":
            break
        value /= 1000
    return f"{number(round(value, 1 if value < 10 and unit != 'B' else 0))}{NARROW}{unit}"


CODE_BEFORE_DIGIT: Final = re.compile(r"([A-Z]{3})(?=\d)")


def _neat(text: str) -> str:
    """Babel's spaces made narrow and unbreakable, its hyphen a minus, and a currency's code set apart."""
    spaced = CODE_BEFORE_DIGIT.sub(rf"\1{NARROW}", text)
    return spaced.replace("\xa0", NARROW).replace(" ", NARROW).replace("-", MINUS)


def _local(when: date | datetime) -> date | datetime:
    return timezone.localtime(when) if isinstance(when, datetime) else when


def _local_time(when: datetime) -> datetime:
    return timezone.localtime(when)
