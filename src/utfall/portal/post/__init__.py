"""Post: every letter the portal writes is stored first, and sent by the `work` process from there.

It promises that a letter is not lost because a mail server is away, that giving up is visible to the
operator, and that a letter's text, which may hold a secret, stands in no log and is forgotten once sent.
"""
