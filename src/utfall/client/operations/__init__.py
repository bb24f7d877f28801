"""The operations of the API: a class for each chapter."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.
