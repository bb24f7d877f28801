"""Alerts: what somebody should look at now, said once, with its numbers, while it lasts.

A rule watches a metric of a program, a publisher, or all of an organisation. A duty looks at the rules that
are due; what it raises is one sentence and one chart, and ends by itself (docs/algorithms/alerts.md).
It promises: no alert twice for the same thing while it lasts; none where there is too little to judge by; and
that whoever reads of it may see every number in it.
"""
