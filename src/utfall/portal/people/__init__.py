"""People: users, the organisations they act for, their roles, invitations and API keys.

It promises that an organisation always has an owner, that a secret is shown once and stored only as a digest,
and that whoever is no member of an organisation learns nothing of it.
"""
