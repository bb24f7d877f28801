"""Forms that read what people type about links and codes; the facade decides what may be."""

import csv
from collections.abc import Iterable
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from utfall.events.limits import SUB_IDS
from utfall.portal.links.contracts import DomainView, LinkDraft, LinkView
from utfall.portal.links.lines import Line, table_lines, typed_lines
from utfall.portal.look.fields import MomentField
from utfall.portal.partners.contracts import PropertyView

MOST_LINES: Final = 1000
LARGEST_TABLE: Final = 2 * 1024 * 1024
Choices = Iterable[tuple[int, str]]


class LinkForm(forms.Form):
    """One link."""

    program = forms.TypedChoiceField(label=_("Program"), coerce=int)
    destination = forms.CharField(
        label=_("Page of the shop"),
        required=False,
        max_length=2100,
        help_text=_("Where visitors land. Left empty, it is the program's own page."),
        widget=forms.TextInput(attrs={"inputmode": "url", "placeholder": "https://"}),
    )
    name = forms.CharField(
        label=_("Name"), required=False, max_length=120, help_text=_("Only you see it, in lists and reports.")
    )
    key = forms.CharField(
        label=_("Short key"),
        required=False,
        max_length=32,
        help_text=_("What stands in the address. Left empty, we make one up."),
    )
    property = forms.TypedChoiceField(
        label=_("Where you use it"), required=False, coerce=int, empty_value=None
    )
    domain = forms.TypedChoiceField(label=_("Tracking domain"), required=False, coerce=int, empty_value=None)
    subs = forms.CharField(
        label=_("Sub-ids"),
        required=False,
        help_text=_("Up to ten, one per line: what you want to tell clicks apart by in reports."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    template = forms.CharField(
        label=_("Parameters for the landing page"),
        required=False,
        help_text=_(
            "One per line, as name=value. In the value {click}, {link}, {sub1} stand for what they name."
        ),
        widget=forms.Textarea(attrs={"rows": 3, "placeholder": "utm_source=utfall\nutm_campaign={sub1}"}),
    )

    def __init__(
        self,
        *args: Any,
        programs: Choices,
        properties: Iterable[PropertyView],
        domains: Iterable[DomainView],
        sites: str,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "program", programs)
        self.fields["program"].widget.attrs.update(
            {"hx-get": sites, "hx-target": "#sites", "hx-swap": "outerHTML", "hx-trigger": "change"}
        )
        _offer(self, "property", [("", _("Not said")), *((one.id, one.name) for one in properties)])
        verified = [(one.id, one.host) for one in domains if one.verified_at]
        _offer(self, "domain", [("", _("The installation's own")), *verified])

    def clean_subs(self) -> tuple[str, ...]:
        """Lines as sub-ids, in order."""
        lines = [line.strip() for line in self.cleaned_data["subs"].splitlines()]
        if len(lines) > SUB_IDS:
            raise forms.ValidationError(_("There are ten sub-ids at most."), code="subs_unfit")
        return tuple(lines)

    def clean_template(self) -> tuple[tuple[str, str], ...]:
        """Lines as pairs of a name and a value."""
        return pairs_of(self.cleaned_data["template"])

    def draft(self) -> LinkDraft:
        """What was typed, as the facade takes it."""
        return LinkDraft(**self.cleaned_data)


class ManyForm(forms.Form):
    """Many links at once: typed or pasted lines, a table in a file, or both."""

    program = forms.TypedChoiceField(label=_("Program"), coerce=int)
    pages = forms.CharField(
        label=_("Pages of the shop"),
        required=False,
        help_text=_(
            "One address per line; a name may follow after a tab or a semicolon. At most 1000 lines."
        ),
        widget=forms.Textarea(attrs={"rows": 10, "placeholder": "https://"}),
    )
    table = forms.FileField(
        label=_("Or a CSV file"),
        required=False,
        help_text=_("Addresses in the first column, names in the second if you like."),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,text/csv,text/plain"}),
    )

    def __init__(self, *args: Any, programs: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "program", programs)

    def drafts(self) -> list[LinkDraft]:
        """A draft for each line that says something."""
        told = self.cleaned_data
        return [
            LinkDraft(program=told["program"], destination=where, name=name) for where, name in self.lines
        ]

    @property
    def lines(self) -> list[Line]:
        """Addresses with their names: those typed, then those of the file."""
        typed: list[Line] = typed_lines(self.cleaned_data.get("pages", ""))
        return [*typed, *self.cleaned_data.get("table", [])]

    def clean_table(self) -> list[Line]:
        """The file's rows."""
        file = self.cleaned_data["table"]
        if file is None:
            return []
        if file.size > LARGEST_TABLE:
            raise forms.ValidationError(_("The file may have at most 2 MB."), code="file_too_large")
        try:
            return table_lines(file.read().decode("utf-8-sig"))
        except (UnicodeDecodeError, csv.Error):
            raise forms.ValidationError(
                _("The file is no CSV in UTF-8. Save it as “CSV UTF-8”."), code="file_unreadable"
            ) from None

    def clean(self) -> dict[str, Any]:
        """Something, but not more lines than are made at once."""
        told = super().clean() or self.cleaned_data
        if "table" in told and not self.lines:
            self.add_error("pages", _("Write an address, or choose a file."))
        elif len(self.lines) > MOST_LINES:
            self.add_error("pages", _("At most 1000 lines at once."))
        return told


class DeepLinkForm(forms.Form):
    """A page of the shop to lead to by a link that exists."""

    destination = forms.CharField(
        label=_("Page of the shop"),
        max_length=2100,
        widget=forms.TextInput(attrs={"inputmode": "url", "placeholder": "https://"}),
    )


class CodeForm(forms.Form):
    """A code for a publisher."""

    program = forms.TypedChoiceField(label=_("Program"), coerce=int)
    publisher = forms.TypedChoiceField(label=_("Publisher"), coerce=int)
    code = forms.CharField(label=_("Code"), max_length=40)
    description = forms.CharField(
        label=_("What it gives"),
        required=False,
        max_length=200,
        help_text=_("For example: free delivery of the first order."),
    )
    starts_at = MomentField(label=_("From"), required=False, help_text=_("Left empty: from now."))
    ends_at = MomentField(label=_("Until"), required=False, help_text=_("Left empty: until it is ended."))

    def __init__(self, *args: Any, programs: Choices, publishers: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "program", programs)
        _offer(self, "publisher", publishers)


class DomainForm(forms.Form):
    """A host of one's own."""

    host = forms.CharField(label=_("Host name"), max_length=253, help_text=_("For example go.shop.example."))


def pairs_of(text: str) -> tuple[tuple[str, str], ...]:
    """Lines of `name=value` as pairs; a line without an equals sign has an empty value.

    >>> pairs_of("utm_source=utfall\\n\\nflag")
    (('utm_source', 'utfall'), ('flag', ''))
    """
    cut = (line.strip().partition("=") for line in text.splitlines() if line.strip())
    return tuple((name.strip(), value.strip()) for name, _equals, value in cut)


def told(view: LinkView) -> dict[str, Any]:
    """A link as its form shows it."""
    return {
        "program": view.program,
        "destination": view.destination,
        "name": view.name,
        "property": view.property,
        "domain": view.domain,
        "subs": "\n".join(view.subs),
        "template": "\n".join(f"{name}={value}" for name, value in view.template),
    }


def _offer(form: forms.Form, name: str, choices: Iterable[Any]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.TypedChoiceField), "a field of choices"
    field.choices = list(choices)
