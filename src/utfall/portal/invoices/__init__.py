"""Invoices: who is named on papers and how, and the papers themselves, made of what was frozen at issue.

    facade.set_particulars(caller, Draft(name="Acme AB", country="SE", town="Lund", vat="SE556036079301"))
    facade.view_of(Kind.PUBLISHER, 7).problems     # what keeps a publisher off a paper

It promises: an issued paper never changes, since it is made of data kept under its hash; what is wrong with
somebody's particulars is told before anything waits for them. docs/algorithms/papers.md is its law.
"""
