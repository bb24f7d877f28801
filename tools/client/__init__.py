"""Writes the generated part of `utfall.client` from the installation's own OpenAPI document.

`python -m tools.client` writes; with `--check` it only tells which files drifted. The document is built in
this process from the API object, so no server runs and nothing is fetched. What is written is a function of
the document alone: the same document gives the same bytes.

    document    the document, its chapters and operations, and which chapter a schema belongs to
    kinds       a schema as a Python annotation
    models      schemas as structs and words
    operations  a chapter as a class with a method for each operation
    files       all modules, formatted, and which of them drifted
"""
