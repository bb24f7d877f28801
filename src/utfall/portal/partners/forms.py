"""Forms of partners: they parse what people typed into arguments of the facade, whose rules hold."""

from collections.abc import Iterable, Sequence
from typing import Any

from babel import Locale
from django import forms
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from utfall.portal.partners import words
from utfall.portal.partners.contracts import PropertyView, Reapply
from utfall.portal.partners.publishers import LANGUAGES
from utfall.portal.people import facade as people
from utfall.portal.programs.contracts import GroupView, ProgramView, Question, QuestionKind
from utfall.portal.programs.words import CATEGORIES, PROMOTION_TYPES

Choices = Sequence[tuple[str, Any]]
LONG = forms.Textarea(attrs={"rows": 3})
LONGEST = 4000
COUNTRIES = (
    *("SE", "NO", "DK", "FI", "IS", "EE", "LV", "LT", "PL", "DE", "NL", "BE"),
    *("FR", "ES", "PT", "IT", "AT", "CH", "IE", "GB", "US", "CA", "AU"),
)
"""Where publishers here usually have their readers, the nearest first."""
NONE: tuple[str, Any] = ("", pgettext_lazy("group", "No group"))


def type_choices(types: Iterable[str] = ()) -> Choices:
    """Promotion types with their words; all of them, or only those that are named."""
    wanted = set(types)
    return [(one.value, label) for one, label in PROMOTION_TYPES.items() if not wanted or one in wanted]


def language_choices() -> Choices:
    """Languages by their names in the language of the page."""
    named = Locale(translation.get_language() or "en").languages
    return [(code, named.get(code, code).capitalize()) for code in LANGUAGES]


def country_choices() -> Choices:
    """Countries by their names in the language of the page."""
    return list(people.countries())


def usual_countries(own: Iterable[str] = ()) -> Choices:
    """The countries that a form offers, and those that were chosen otherwise; any other by the API."""
    named = dict(people.countries())
    return [(code, named[code]) for code in dict.fromkeys((*COUNTRIES, *own)) if code in named]


class Grouped(forms.Form):
    """A form that may name a group of one program."""

    group = forms.TypedChoiceField(label=_("Partner group"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, groups: Sequence[GroupView] = (), **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["group"].choices = [NONE, *((one.id, one.name) for one in groups)]  # type: ignore[attr-defined]


class ApproveForm(Grouped):
    """Let a publisher in."""

    note = forms.CharField(
        label=_("A word to the publisher"), required=False, max_length=LONGEST, widget=LONG
    )


class RejectForm(forms.Form):
    """Turn an application down."""

    reason = forms.ChoiceField(label=_("Reason"), choices=[("", "–"), *words.REJECTIONS.items()])
    note = forms.CharField(
        label=_("What would have to change"),
        required=False,
        max_length=LONGEST,
        widget=LONG,
        help_text=_("The publisher reads it, with the reason."),
    )
    reapply = forms.ChoiceField(
        label=_("May apply again"),
        choices=[(one.value, label) for one, label in words.REAPPLIES.items()],
        initial=Reapply.LATER.value,
    )


class MoveForm(Grouped):
    """Into another group."""

    why = forms.CharField(label=_("Why"), required=False, max_length=300)


class WhyForm(forms.Form):
    """A reason that the publisher reads."""

    why = forms.CharField(
        label=_("Why"), max_length=LONGEST, widget=LONG, help_text=_("The publisher reads it.")
    )


class BanForm(WhyForm):
    """The end of a partnership, for good."""

    reason = forms.ChoiceField(label=_("Reason"), choices=[("", "–"), *words.BANS.items()])
    field_order = ("reason", "why")


class LetterForm(forms.Form):
    """A letter to a partner."""

    subject = forms.CharField(label=_("Subject"), max_length=150)
    text = forms.CharField(label=_("Letter"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 6}))


class InviteForm(forms.Form):
    """An invitation into one of several programs."""

    program = forms.TypedChoiceField(label=_("Program"), coerce=int)
    note = forms.CharField(
        label=_("A word to the publisher"),
        required=False,
        max_length=LONGEST,
        widget=LONG,
        help_text=_("Say why you thought of them: such invitations are accepted more often."),
    )

    def __init__(self, *args: Any, programs: Iterable[ProgramView] = (), **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["program"].choices = [(one.id, one.name) for one in programs]  # type: ignore[attr-defined]


class MailInviteForm(InviteForm):
    """An invitation to somebody who may not be here yet."""

    email = forms.EmailField(label=_("E-mail"), max_length=254)
    field_order = ("email", "program", "note")


class ApplyForm(forms.Form):
    """An application with the program's own questions."""

    promotion_types = forms.MultipleChoiceField(
        label=_("How will you promote?"), widget=forms.CheckboxSelectMultiple
    )
    properties = forms.TypedMultipleChoiceField(
        label=_("Where?"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    message = forms.CharField(
        label=_("A word to the advertiser"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What your readers come for, and how you would present the offer."),
    )

    def __init__(
        self, *args: Any, program: ProgramView, owned: Sequence[PropertyView] = (), **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.questions = program.questions
        self.fields["promotion_types"].choices = type_choices(program.terms.promotion_types)  # type: ignore[attr-defined]
        self.fields["properties"].choices = [(one.id, one.name) for one in owned]  # type: ignore[attr-defined]
        for question in program.questions:
            self.fields[f"answers.{question.key}"] = question_field(question)

    @property
    def answers(self) -> dict[str, str]:
        """What was answered, by the question's key."""
        return {one.key: self.cleaned_data.get(f"answers.{one.key}", "") for one in self.questions}

    @property
    def asked(self) -> list[Any]:
        """The fields of the program's own questions."""
        return [self[f"answers.{one.key}"] for one in self.questions]


def question_field(question: Question) -> forms.Field:
    """A question of a program's as a field."""
    said: dict[str, Any] = {"label": question.words, "required": question.required}
    match question.kind:
        case QuestionKind.CHOICE:
            return forms.ChoiceField(choices=[("", "–"), *((one, one) for one in question.choices)], **said)
        case QuestionKind.URL:
            return forms.URLField(max_length=500, assume_scheme="https", **said)
        case QuestionKind.TEXT:
            return forms.CharField(max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3}), **said)


class ProfileForm(forms.Form):
    """What a publisher says of itself."""

    headline = forms.CharField(
        label=_("In one sentence"),
        max_length=160,
        required=False,
        help_text=_("What you write about, and for whom."),
    )
    description = forms.CharField(
        label=_("About you"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Who your readers are, how you work with advertisers, and what has worked before."),
    )
    countries = forms.MultipleChoiceField(
        label=_("Readers' countries"), required=False, widget=forms.CheckboxSelectMultiple
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages"), required=False, widget=forms.CheckboxSelectMultiple
    )
    categories = forms.MultipleChoiceField(
        label=_("Subjects"), required=False, widget=forms.CheckboxSelectMultiple
    )
    monthly_visitors = forms.IntegerField(
        label=_("Visitors a month"),
        required=False,
        min_value=0,
        max_value=10**12,
        help_text=_("Over everything you own, about."),
    )
    listed = forms.BooleanField(
        label=_("Advertisers may find me"),
        required=False,
        help_text=_("Otherwise only programs that you apply to see your profile."),
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        own = (self.initial or {}).get("countries", ())
        self.fields["countries"].choices = usual_countries(own)  # type: ignore[attr-defined]
        self.fields["languages"].choices = language_choices()  # type: ignore[attr-defined]
        self.fields["categories"].choices = list(CATEGORIES.items())  # type: ignore[attr-defined]


class PropertyForm(forms.Form):
    """A site, app, channel or list."""

    kind = forms.ChoiceField(label=_("What is it?"))
    name = forms.CharField(label=_("Name"), max_length=120)
    url = forms.CharField(
        label=_("Address"),
        max_length=500,
        required=False,
        help_text=_("Where one can look at it, for example https://blog.example. It is needed to verify it."),
    )
    promotion_type = forms.ChoiceField(
        label=_("How do you promote there?"),
        help_text=_("One way each: programs allow some and not others. Add it again for another way."),
    )
    followers = forms.IntegerField(
        label=_("Visitors or followers a month"), required=False, min_value=0, max_value=10**12
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["kind"].choices = [(one.value, label) for one, label in words.KINDS.items()]  # type: ignore[attr-defined]
        self.fields["promotion_type"].choices = type_choices()  # type: ignore[attr-defined]
