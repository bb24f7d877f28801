"""The files that are served: which of each package, and the licences that travel with them."""

import re
from pathlib import Path

from tools.assets.npm import MODULES, ROOT

VENDOR = ROOT / "src" / "utfall" / "portal" / "look" / "static" / "vendor"
FILES = {
    "tabler.min.css": "@tabler/core/dist/css/tabler.min.css",
    "tabler.min.js": "@tabler/core/dist/js/tabler.min.js",
    "htmx.min.js": "htmx.org/dist/htmx.min.js",
    # Lines, bars, pies and scatter with a tooltip, a legend, zoom and ARIA: two thirds of the whole.
    "echarts.min.js": "echarts/dist/echarts.common.min.js",
    "Sortable.min.js": "sortablejs/Sortable.min.js",
    # One variable file for every weight; the second has the letters of the other European languages.
    "inter.woff2": "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2",
    "inter-ext.woff2": "@fontsource-variable/inter/files/inter-latin-ext-wght-normal.woff2",
}
# Tabler's own package brings no licence file; that of its icons has the same author and the same text.
LICENCES = {
    "tabler.txt": "@tabler/icons/LICENSE",
    "tabler-popper.txt": "@popperjs/core/LICENSE.md",
    "htmx.txt": "htmx.org/LICENSE",
    "echarts.txt": "echarts/LICENSE",
    "echarts-notice.txt": "echarts/NOTICE",
    "echarts-d3.txt": "echarts/licenses/LICENSE-d3",
    "echarts-zrender.txt": "zrender/LICENSE",
    "sortable.txt": "sortablejs/LICENSE",
    "inter.txt": "@fontsource-variable/inter/LICENSE",
}
BUILT_ON = {
    "tabler.txt": b"Tabler contains Bootstrap, Copyright the Bootstrap Authors, under the same terms:\n\n",
}
# A source map that is not served would be a dead link, which the storage that names files by content refuses.
SOURCE_MAP = re.compile(rb"(/\*|//)[#@] sourceMappingURL=[^\n*]*(\*/)?")


def copy() -> None:
    """Bring every file up to date, and take away what is no longer served."""
    wanted = {VENDOR / name: MODULES / source for name, source in FILES.items()}
    wanted |= {VENDOR / "licences" / name: MODULES / source for name, source in LICENCES.items()}
    for target, source in wanted.items():
        write(target, BUILT_ON.get(target.name, b"") + without_source_map(source))
    for stale in VENDOR.rglob("*"):
        if stale.is_file() and stale not in wanted and stale.name != "icons.svg":
            stale.unlink()


def without_source_map(source: Path) -> bytes:
    content = source.read_bytes()
    return SOURCE_MAP.sub(b"", content) if source.suffix in {".css", ".js"} else content


def write(target: Path, content: bytes) -> None:
    """Write a file unless it says so already, so that whoever watches files sees real changes only."""
    if target.is_file() and target.read_bytes() == content:
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
