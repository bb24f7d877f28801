"""The repository holds nothing of the machine it was written on, and its documents lead somewhere."""

import re
import tomllib
from pathlib import Path

from tests.law.tree import ROOT, text_of, tracked

# Pieces are joined here so that this file does not break its own law.
HOME_PATHS = re.compile(
    r"(?<![\w.:/])/(?:" + "|".join(("home/", "root/", "work/", "Users/", "tmp/")) + r")[\w.]"
)
INDEX = re.compile(
    "|".join(
        ("--(?:extra-)?index-" + "url", "--find-" + "links", "pypi" + r"\.org", "pythonhosted" + r"\.org")
    )
)
LINK = re.compile(r"\]\(([^)\s]+)\)")
CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)


def offences_of(pattern: re.Pattern[str], *, exempt: tuple[str, ...] = ()) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}: {found[0]}"
        for path in tracked()
        if path.relative_to(ROOT).as_posix() not in exempt
        if (found := pattern.search(text_of(path) or ""))
    ]


def test_no_file_names_a_folder_of_somebodys_machine() -> None:
    assert offences_of(HOME_PATHS) == []


def test_no_file_names_a_package_index() -> None:
    assert offences_of(INDEX, exempt=("tools/lock.sh",)) == []


def test_every_requirement_is_pinned_and_hashed() -> None:
    for path in sorted((ROOT / "requirements").glob("*.txt")):
        joined = path.read_text(encoding="utf-8").replace("\\\n", " ")
        lines = [line for line in joined.splitlines() if line and not line.startswith("#")]
        assert lines, path.name
        assert [line for line in lines if "==" not in line or "--hash=sha256:" not in line] == []


def names(requirements: list[str]) -> set[str]:
    """Project names of requirements, as the lock writes them."""
    return {re.split(r"[\s\[<>=;,~!]", each)[0].lower() for each in requirements} - {"utfall"}


def test_every_dependency_is_locked_and_explained() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    direct = names(project["project"]["dependencies"])
    for group in (
        *project["project"]["optional-dependencies"].values(),
        *project["dependency-groups"].values(),
    ):
        direct |= names(group)
    locks = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "requirements").glob("*.txt"))
    reasons = (ROOT / "docs" / "decisions" / "dependencies.md").read_text(encoding="utf-8")
    assert [name for name in sorted(direct) if f"{name}==" not in locks] == []
    assert [name for name in sorted(direct) if f"| {name} |" not in reasons] == []


def is_dead(document: Path, target: str) -> bool:
    if re.match(r"[a-z]+:", target):
        return False
    name, _, anchor = target.partition("#")
    file = (document.parent / name).resolve() if name else document
    if not file.exists():
        return True
    return bool(anchor) and file.suffix == ".md" and anchor not in anchors(file)


def anchors(document: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", document.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading).strip().lower().replace(" ", "-") for heading in headings}


def links(document: Path) -> list[str]:
    return LINK.findall(CODE.sub("", text_of(document) or ""))


def test_every_link_between_documents_resolves() -> None:
    dead = [
        f"{path.relative_to(ROOT)} → {target}"
        for path in tracked()
        if path.suffix == ".md"
        for target in links(path)
        if is_dead(path, target)
    ]
    assert dead == []


def test_every_document_can_be_reached_from_the_readme() -> None:
    reached: set[Path] = set()
    waiting = [ROOT / "README.md"]
    while waiting:
        document = waiting.pop()
        if document in reached or document.suffix != ".md" or not document.is_file():
            continue
        reached.add(document)
        waiting += [(document.parent / target.partition("#")[0]).resolve() for target in links(document)]
    documents = {path for path in tracked() if path.suffix == ".md" and path.is_relative_to(ROOT / "docs")}
    assert sorted(str(path.relative_to(ROOT)) for path in documents - reached) == []
