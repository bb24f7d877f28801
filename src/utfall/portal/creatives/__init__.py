"""Creatives: what partners show on their pages: images, HTML5 ads, texts, native ads and videos.

    view = facade.upload(caller, CreativeDraft(program=7, name="Autumn"), Upload("autumn.png", file))
    facade.snippet(caller, view.id, link=12).code

It promises: nothing is stored that was not taken apart and found to be what it claims; a stored file is named
by its content and never changes; it is shown from the edge's origin, where it can touch nothing of the
portal's; partners see only what is approved and within its dates. It refuses what could harm whoever looks.
"""
