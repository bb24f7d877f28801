"""A person's own account: name, language, look, where they are signed in, and leaving."""

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller, NotFound, Role, refuse
from utfall.portal.people.callers import caller_of_user
from utfall.portal.people.changes import record
from utfall.portal.people.checks import LONGEST_NAME
from utfall.portal.people.contracts import Profile, Session
from utfall.portal.people.models import Membership, Organisation, User
from utfall.portal.people.second_factor import has_second_factor


def callers_of(user: int) -> list[Caller]:
    """All that a user can act as: one caller for each of their organisations, by name."""
    person = User.objects.get(pk=user)
    rows = Membership.objects.system().filter(user=person).exclude(organisation__state__in=Organisation.SHUT)
    slugs = rows.order_by("organisation__name", "pk").values_list("organisation__slug", flat=True)
    return [caller for slug in slugs if (caller := caller_of_user(person, slug)) is not None]


def profile(user: int) -> Profile:
    """The user's own account."""
    row = User.objects.get(pk=user)
    return Profile(
        user=row.pk,
        email=row.email,
        name=row.name,
        language=row.language,
        theme=row.theme,
        has_second_factor=has_second_factor(row),
    )


def rename(user: int, name: str) -> None:
    """What others call the user."""
    if len(name) > LONGEST_NAME or not name.isprintable():
        refuse("name_malformed", _("A name has at most 120 characters."), "name")
    User.objects.filter(pk=user).update(name=name.strip())


def set_language(user: int, language: str) -> None:
    """The language of the user's pages and letters; empty: what the browser asks for."""
    if language and language not in dict(settings.LANGUAGES):
        refuse("language_unknown", _("Choose a language of the list."), "language")
    User.objects.filter(pk=user).update(language=language)


def set_theme(user: int, theme: str) -> None:
    """Light, dark, or (empty) as the device has it."""
    if theme not in ("", "light", "dark"):
        refuse("theme_unknown", _("Choose light, dark or automatic."), "theme")
    User.objects.filter(pk=user).update(theme=theme)


def sessions(user: int, current: str = "") -> list[Session]:
    """The browsers in which the user is signed in, the one in use first. `current`: its session's key."""
    person = User.objects.get(pk=user)
    found = [
        Session(
            id=row.pk,
            ip=row.ip,
            user_agent=row.user_agent,
            created_at=row.created_at,
            last_seen_at=row.last_seen_at,
            is_current=row.session_key == current,
        )
        for row in UserSession.objects.purge_and_list(person)
    ]
    found.sort(key=lambda one: one.last_seen_at, reverse=True)
    return sorted(found, key=lambda one: not one.is_current)


def end_session(user: int, session: int) -> None:
    """Sign that browser out."""
    row = UserSession.objects.filter(user_id=user, pk=session).first()
    if row is None:
        raise NotFound
    row.end()


def end_other_sessions(user: int, current: str) -> int:
    """Sign all other browsers out; how many there were."""
    rows = list(UserSession.objects.filter(user_id=user).exclude(session_key=current))
    for row in rows:
        row.end()
    return len(rows)


def delete_account(user: int) -> None:
    """Delete a person for good. Whoever alone owns an organisation hands it over or closes it first.

    What the person did stays in the log, under the address it had.
    """
    with transaction.atomic():
        person = User.objects.get(pk=user)
        for row in Membership.objects.system().select_related("organisation").filter(user=person):
            _refuse_orphan(row)
            caller = caller_of_user(person, row.organisation.slug)
            if caller is not None:
                told = {"email": person.email, "role": row.role}
                record(caller, "member.left", f"user:{user}", before=told, of=row.organisation)
        for session in UserSession.objects.filter(user=person):
            session.end()
        person.delete()


def _refuse_orphan(row: Membership) -> None:
    if row.role != Role.OWNER.value or row.organisation.state == Organisation.State.CLOSED:
        return
    owners = Membership.objects.system().filter(organisation=row.organisation, role=Role.OWNER.value)
    if not owners.exclude(pk=row.pk).exists():
        sentence = _("You are the only owner of %(name)s: make somebody else owner, or close it first.")
        refuse("last_owner", sentence % {"name": row.organisation.name})
