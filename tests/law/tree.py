"""What the laws read: the repository's files as git sees them, and the syntax trees of the source."""

import ast
import gc
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).parents[2]
PURE = ("money", "events", "terms", "engine")

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Module:
    """One Python file of `src/utfall`; `package` is the first name under `utfall`, or the module's own."""

    path: Path
    package: str
    text: str
    tree: ast.Module

    def at(self, node: ast.AST) -> str:
        """Where a node stands, as an editor understands it."""
        return f"{self.path.relative_to(ROOT)}:{getattr(node, 'lineno', 1)}"

    @cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        """Every node of its tree, which a dozen laws look through."""
        return tuple(ast.walk(self.tree))

    def functions(self) -> Iterator[Function]:
        return (node for node in self.nodes if isinstance(node, Function))


@cache
def modules() -> tuple[Module, ...]:
    """All of the source. They are millions of nodes and stay: nobody looks through them for garbage again."""
    source = ROOT / "src" / "utfall"
    paths = sorted(source.rglob("*.py"))
    assert paths, "the source has moved"
    gc.disable()
    found = tuple(_module(path, path.relative_to(source).parts[0].removesuffix(".py")) for path in paths)
    gc.freeze()
    gc.enable()
    return found


def _module(path: Path, package: str) -> Module:
    text = path.read_text(encoding="utf-8")
    return Module(path, package, text, ast.parse(text, filename=str(path)))


@cache
def tracked() -> tuple[Path, ...]:
    """The files git tracks or would track: what a clone of the next commit holds."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    paths = (ROOT / name for name in listed.stdout.split("\0") if name)
    return tuple(path for path in sorted(set(paths)) if path.is_file())


def text_of(path: Path) -> str | None:
    """The text of a file, or None where it holds something else."""
    data = path.read_bytes()
    return None if b"\0" in data else data.decode("utf-8", "replace")
