"""Validation: what an advertiser decides about orders, one at a time, many at once, or by file.

    batch = facade.decide(caller, [Asked(order=17, action="approve"), Asked(order=18, action="decline", ...)])
    facade.batch(caller, batch.id)          # what became of each row, at once and after settlement

It promises: every row is judged before anything is written, and what is wrong with one keeps no other from
being done; a decision is an event in the journal, durable before anybody is told, and written once however
often it is asked for; one entry of the audit log for each batch. It refuses to decide silently: what the
engine makes of an event is read back from its receipt and shown beside the row.
"""
