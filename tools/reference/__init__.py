"""Writes docs/reference from the code it describes.

`make docs` writes; `make check` and the tests tell what drifted.
Each page is one function from the code's own tables to paragraphs of Markdown; `pages.PAGES` lists them.
"""
