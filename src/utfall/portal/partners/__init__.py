"""Partners: publishers, what they own, their applications to programs, and the partnerships that follow.

It promises that an enrolment in the sealed terms is exactly an approved partnership, that every decision has
a reason which the publisher can read, and that a move between groups never changes what was earned before.
"""
