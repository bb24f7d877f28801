"""Adding a passkey: unless somebody says otherwise, it signs in without a password."""

from typing import Any

from allauth.mfa.webauthn.forms import AddWebAuthnForm


class PasskeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """Allauth's form, with the better choice made already."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        initial = kwargs.setdefault("initial", {})
        initial.setdefault("passwordless", True)
        super().__init__(*args, **kwargs)
