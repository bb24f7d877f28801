"""Sealing: from everything agreed in the portal to the one market that the edge and the engine load.

Apps call `touch` in the transaction of a change; the process `utfall seal` assembles the market through their
facades, checks it and publishes it as a snapshot. It promises that a change is either in force or named as
waiting or as a problem, and that what is in force when the portal is first opened is adopted, never dropped.
"""
