"""The one library of tags and filters that every template has without loading it; its modules add to it."""

from typing import Final

from django import template

register: Final = template.Library()
