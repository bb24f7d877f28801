"""Links and codes: the addresses visitors follow and the codes they type, each of one publisher.

It promises that a link leads only where its program allows, that a key is used once in an installation and
means the same for ever, and that a code belongs to at most one publisher of a program at a time.
"""
