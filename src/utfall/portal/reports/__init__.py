"""Reports: what was measured, asked of the lake in the reach of whoever asks, and the reports people keep.

    facade.ask(caller, Query(("clicks", "cost"), by=("day",)))  ->  Report

It promises: an answer holds nothing beyond the caller's reach, whatever is asked; totals equal the book; a
question that cannot be answered is refused with a reason and how to mend it; a question that takes too long
or too much memory is ended, and no other waits for it.
"""
