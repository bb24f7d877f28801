"""What the operator does every morning: health, what waits for a decision, tenants, fees, limits, news.

    facade.health(caller)              # every process and queue, with a word and how to mend it
    facade.waiting(caller)             # one inbox of what the operator decides, whatever app it is of
    facade.announce(caller, draft)     # a text on every page of those it is for
    facade.look_as(caller, ...)        # the portal as a tenant's people see it, reading only, in both logs

It promises: nothing here is a guess (what nobody told is "unknown"), and whoever looks at a tenant's pages is
named in that tenant's own log. It refuses: looking without a reason, for longer than half an hour, at keys.
"""
