"""`python -m tools.reference` writes the pages; with `--check` it only tells which drifted."""

import sys

from tools.reference.pages import FOLDER, drifted


def write() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in drifted().items():
        if text is None:
            (FOLDER / name).unlink()
        else:
            (FOLDER / name).write_text(text, encoding="utf-8")
        print(f"docs/reference/{name}")


def main(arguments: list[str]) -> int:
    if arguments != ["--check"]:
        write()
        return 0
    stale = drifted()
    if stale:
        print(f"docs/reference has drifted, run `make docs`: {', '.join(stale)}", file=sys.stderr)
    return bool(stale)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
