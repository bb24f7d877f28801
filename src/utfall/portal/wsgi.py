"""The portal's WSGI application, as the server's worker loads it: `utfall.portal.wsgi:application`.

It answers for its health by itself, so that a probe needs no host name and no session, and everything else
through Django. Pages and the API are loaded as soon as it stands, beside the first requests, so that the
first visitor does not wait for all of them.
"""

import os
import threading
from typing import Final

import msgspec

from utfall.portal.door import Door
from utfall.portal.parent import follow_parent
from utfall.portal.site import VARIABLE, SiteConfig, setup_site, staying

# Taken out of the environment, which requests and children would otherwise carry with its secret.
_config: Final = msgspec.json.decode(os.environ.pop(VARIABLE), type=SiteConfig)
setup_site(_config)

from django.core.wsgi import get_wsgi_application  # noqa: E402  # Django wants its settings first
from django.urls import get_resolver  # noqa: E402

application: Final = Door(get_wsgi_application(), _config.trusted_proxies)


def _load_pages() -> None:
    with staying():
        list(get_resolver().url_patterns)


threading.Thread(target=_load_pages, name="load pages", daemon=True).start()
follow_parent(os.getppid())  # a server that is killed takes no worker with it by itself
