"""Form fields for what this trade asks for: money, shares, lengths of time, days and moments.

    price = MoneyField(currency="SEK", label=_("Price"))      # cleaned: integer micros
    rate = ShareField(label=_("Commission"))                  # cleaned: integer parts per million
    window = PeriodField(label=_("Window"))                   # cleaned: integer seconds

People write as their language does: `1 234,50`, `8,5`. What could be read in two ways is refused.
"""

import re
from typing import Any, Final

from django import forms
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from utfall.money import InvalidMoney, Money

MICROS: Final = 1_000_000
LONGEST: Final = 40
ANY_CURRENCY: Final = "EUR"
"""Reading a number needs one, and none changes what is read."""
SPACES: Final = re.compile(r"[\s\u00a0\u202f']")
UNITS: Final = (
    (86_400, _("days")),
    (3600, _("hours")),
    (60, _("minutes")),
    (1, _("seconds")),
)


def decimal_text(text: str) -> str:
    """A number as people write it, with a dot before its decimals; ValueError where it could mean two things.

    >>> decimal_text("1 234,50"), decimal_text("1.234,50"), decimal_text("1,234.5"), decimal_text("−3")
    ('1234.50', '1234.50', '1234.5', '-3')
    """
    bare = SPACES.sub("", text).replace("\N{MINUS SIGN}", "-")
    comma, dot = bare.rfind(","), bare.rfind(".")
    if comma >= 0 and dot >= 0:
        thousands, point = (".", ",") if comma > dot else (",", ".")
        return bare.replace(thousands, "").replace(point, ".")
    mark = "," if comma >= 0 else "."
    if bare.count(mark) > 1:
        return bare.replace(mark, "")
    # 1,234 is a thousand and more to an Englishman and little more than one to a Swede; 1.234 the reverse.
    thousands = "," if (translation.get_language() or "en").startswith("en") else "."
    if mark == thousands and re.fullmatch(rf"-?\d{{1,3}}\{mark}\d{{3}}", bare):
        raise ValueError(text)
    return bare.replace(mark, ".")


def written(micros: int, places: int = 2) -> str:
    """A number of millionths as people of this language would write it into a field.

    >>> written(1_234_500_000), written(85_000, 0)
    ('1234.50', '0.085')
    """
    sign, whole, rest = "-" if micros < 0 else "", abs(micros) // MICROS, abs(micros) % MICROS
    decimals = f"{rest:06d}".rstrip("0").ljust(places, "0")
    mark = "." if (translation.get_language() or "en").startswith("en") else ","
    return f"{sign}{whole}{mark + decimals if decimals else ''}"


class DecimalField(forms.Field):
    """A number with up to six decimals, kept as an integer of millionths."""

    default_error_messages = {  # noqa: RUF012  # Django's own way to declare them
        "invalid": _("Write a number, such as 250 or 12.50."),
        "ambiguous": _("This can be read in two ways. Write 1234 for a thousand and more."),
        "least": _("It is less than is possible here."),
        "most": _("It is more than is possible here."),
    }

    def __init__(
        self, *, least: int | None = 0, most: int | None = None, suffix: str = "", **more: Any
    ) -> None:
        more.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}))
        super().__init__(**more)
        self.least, self.most, self.suffix = least, most, suffix

    def to_python(self, value: Any) -> Any:
        """The typed text as millionths; None where nothing was typed."""
        text = str(value or "").strip().removesuffix(self.suffix).strip()[: LONGEST + 1]
        if not text:
            return None
        if len(text) > LONGEST:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        try:
            micros = self.scaled(Money.parse(decimal_text(text), ANY_CURRENCY).micros)
        except InvalidMoney as error:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from error
        except ValueError as error:
            raise forms.ValidationError(self.error_messages["ambiguous"], code="ambiguous") from error
        if self.least is not None and micros < self.least:
            raise forms.ValidationError(self.error_messages["least"], code="least")
        if self.most is not None and micros > self.most:
            raise forms.ValidationError(self.error_messages["most"], code="most")
        return micros

    def scaled(self, micros: int) -> int:
        """The value that is kept of what was typed."""
        return micros

    def prepare_value(self, value: Any) -> Any:
        """What stands in the field."""
        return written(value) if isinstance(value, int) else value


class MoneyField(DecimalField):
    """An amount of a currency, in micros."""

    def __init__(self, *, currency: str = "", **more: Any) -> None:
        super().__init__(suffix=currency, **more)


class ShareField(DecimalField):
    """A percentage, in parts per million."""

    def __init__(self, **more: Any) -> None:
        super().__init__(suffix="%", **{"most": MICROS, **more})

    def scaled(self, micros: int) -> int:
        """A percent is a hundredth: 8.5 is 85 000 parts per million."""
        if micros % 100:
            raise forms.ValidationError(_("At most four decimals."), code="decimals")
        return micros // 100

    def prepare_value(self, value: Any) -> Any:
        """What stands in the field."""
        return written(value * 100, 0) if isinstance(value, int) else value


class PeriodWidget(forms.MultiWidget):
    """A number beside its unit."""

    template_name = "look/parts/period.html"

    def __init__(self) -> None:
        super().__init__(
            {
                "": forms.NumberInput(attrs={"min": 0, "inputmode": "numeric"}),
                "unit": forms.Select(choices=[(str(seconds), words) for seconds, words in UNITS]),
            }
        )

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The unit looks like every other choice."""
        context = super().get_context(name, value, attrs)
        unit = context["widget"]["subwidgets"][1]["attrs"]
        unit["class"] = str(unit.get("class", "")).replace("form-control", "form-select")
        unit["aria-label"] = _("Unit")
        return context

    def decompress(self, value: Any) -> list[Any]:
        """Seconds in the largest unit that fits exactly."""
        if value is None:
            return [None, str(UNITS[0][0])]
        unit = next(seconds for seconds, _words in UNITS if int(value) % seconds == 0)
        return [int(value) // unit, str(unit)]


class PeriodField(forms.MultiValueField):
    """A length of time, in seconds."""

    widget = PeriodWidget

    def __init__(self, *, least: int = 0, most: int = 366 * 86_400, **more: Any) -> None:
        units = forms.TypedChoiceField(
            choices=[(str(seconds), words) for seconds, words in UNITS], coerce=int, required=False
        )
        number = forms.IntegerField(min_value=0, required=False)
        super().__init__((number, units), require_all_fields=False, **more)
        self.least, self.most = least, most

    def compress(self, data_list: list[Any]) -> int | None:
        """Seconds; None where nothing was typed."""
        if not data_list or data_list[0] is None:
            if self.required:
                raise forms.ValidationError(self.error_messages["required"], code="required")
            return None
        seconds = int(data_list[0]) * (data_list[1] or 1)
        if not self.least <= seconds <= self.most:
            raise forms.ValidationError(_("This is not possible here; choose another length."), code="range")
        return seconds


class DayField(forms.DateField):
    """A day, chosen from the browser's own calendar."""

    def __init__(self, **more: Any) -> None:
        more.setdefault("widget", forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
        super().__init__(input_formats=["%Y-%m-%d"], **more)


class MomentField(forms.DateTimeField):
    """A moment, to the minute, in the current time zone."""

    def __init__(self, **more: Any) -> None:
        more.setdefault(
            "widget", forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})
        )
        super().__init__(input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"], **more)
