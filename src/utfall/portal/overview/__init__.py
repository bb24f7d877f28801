"""The overview: what a marketer, a publisher and an operator look at every morning.

    facade.overview(caller, Asked(days=Days.LAST_30))  ->  Overview

It promises: every number is one of reports, within the caller's reach, and leads to the report behind it; all
numbers of a page are of one moment; amounts of two currencies are never added; what is empty is unknown and
drawn as a gap.
"""
