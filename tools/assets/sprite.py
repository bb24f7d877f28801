"""One sprite of the outline icons that pages use; a name that Tabler does not have is an error.

Found are `{% icon "name" %}` and `icon="name"` in templates, `icon: "name"` in scripts, and in Python the
icon of a `Menu`, the first argument of `icon(…)`, and what is given to a parameter, key, attribute or
variable that is called icon, icons or ends so, or returned by a function called so, or icon_of, icon_for. The
icon's size and the width of its stroke are the page's own.
"""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from tools.assets.npm import MODULES, ROOT
from tools.assets.served import VENDOR, write

SOURCE = ROOT / "src" / "utfall" / "portal"
OUTLINE = MODULES / "@tabler" / "icons" / "icons" / "outline"
IN_TEXT = re.compile(r"""(?:\{%-?\s*icon\s+|\bicon["']?\s*[=:]\s*)["']([a-z0-9][a-z0-9-]*)["']""")
CALLED_ICON = re.compile(r"(?:^|_)icons?(?:_of|_for)?$", re.IGNORECASE)
DRAWING = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)
FRAME = re.compile(r'<path stroke="none" d="M0 0h24v24H0z" fill="none"\s*/>')
STROKE = 'fill="none" stroke="currentColor" stroke-linecap="round" stroke-linejoin="round"'


def draw() -> dict[str, list[str]]:
    """Write the sprite of all names that exist; answer with the others and where they stand."""
    used = names()
    known = [name for name in sorted(used) if (OUTLINE / f"{name}.svg").is_file()]
    symbols = "".join(symbol(name) for name in known)
    write(VENDOR / "icons.svg", f'<svg xmlns="http://www.w3.org/2000/svg">\n{symbols}</svg>\n'.encode())
    return {name: places for name, places in sorted(used.items()) if name not in known}


def symbol(name: str) -> str:
    found = DRAWING.search((OUTLINE / f"{name}.svg").read_text(encoding="utf-8"))
    assert found, f"{name}.svg is no drawing"
    lines = " ".join(FRAME.sub("", found[1]).split())
    return f'<symbol id="{name}" viewBox="0 0 24 24" {STROKE}>{lines}</symbol>\n'


def names() -> dict[str, list[str]]:
    """Every icon in use, with the files that use it."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted(SOURCE.rglob("*")):
        if VENDOR not in path.parents:
            for name in sorted(set(in_file(path))):
                found[name].append(str(path.relative_to(ROOT)))
    return found


def in_file(path: Path) -> Iterator[str]:
    match path.suffix:
        case ".html" | ".txt" | ".js":
            yield from IN_TEXT.findall(path.read_text(encoding="utf-8"))
        case ".py":
            yield from in_python(ast.parse(path.read_text(encoding="utf-8"), str(path)))


def in_python(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        for name, value in given(node):
            if CALLED_ICON.search(name):
                yield from literals(value)


def given(node: ast.AST) -> Iterator[tuple[str, ast.expr | None]]:
    """The values that a piece of syntax gives to names."""
    match node:
        case ast.Call(func=ast.Name(id="Menu"), args=[_, value, *_]):
            yield "icon", value
        case ast.Call(func=ast.Name(id="icon"), args=[value, *_]):
            yield "icon", value
        case ast.keyword(arg=str(name), value=value):
            yield name, value
        case ast.Dict(keys=keys, values=values):
            pairs = zip(keys, values, strict=True)
            yield from ((text, value) for key, value in pairs for text in literals(key))
        case ast.Assign(targets=targets, value=value):
            yield from ((name_of(target), value) for target in targets)
        case ast.AnnAssign(target=target, value=value):
            yield name_of(target), value
        case ast.FunctionDef(name=name):
            yield from ((name, each.value) for each in ast.walk(node) if isinstance(each, ast.Return))
        case ast.arguments(
            posonlyargs=first, args=rest, defaults=defaults, kwonlyargs=only, kw_defaults=only_defaults
        ):
            last = [*first, *rest][len(first) + len(rest) - len(defaults) :]
            yield from ((each.arg, value) for each, value in zip(last, defaults, strict=True))
            yield from ((each.arg, value) for each, value in zip(only, only_defaults, strict=True))


def name_of(target: ast.expr) -> str:
    match target:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def literals(value: ast.expr | None) -> Iterator[str]:
    """The texts that an expression may come to, where that can be read off."""
    match value:
        case ast.Constant(value=str(text)) if text:
            yield text
        case ast.IfExp(body=body, orelse=orelse):
            yield from (*literals(body), *literals(orelse))
        case ast.BoolOp(values=values) | ast.Dict(values=values):
            yield from (text for each in values for text in literals(each))
        case ast.Tuple(elts=elements) | ast.List(elts=elements) | ast.Set(elts=elements):
            yield from (text for each in elements for text in literals(each))
