"""Product feeds: what an advertiser sells, read from its own file, with what each item pays a publisher.

    facade.receive(caller, program, Upload("products.csv", file))     # or a URL that is fetched on a schedule
    facade.products(caller, program, order=Order.COMMISSION)

It promises: a feed is read row by row and never held in memory; every row is accepted, or refused with a
reason that is counted; a new delivery takes the place of the old one at once or not at all, and touches only
rows that changed; the commission beside an item is what the engine would pay for it. It refuses files that
are bombs, and addresses that lead away from the program's sites.
"""
