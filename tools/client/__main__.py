"""`python -m tools.client` writes the client; with `--check` it only tells which files drifted."""

import sys

from tools.client.files import FOLDER, drifted


def write() -> None:
    for name, text in drifted().items():
        path = FOLDER / name
        if text is None:
            path.unlink()
        else:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        print(f"src/utfall/client/{name}")


def main(arguments: list[str]) -> int:
    if arguments != ["--check"]:
        write()
        return 0
    stale = drifted()
    if stale:
        print(f"utfall.client has drifted, run `make docs`: {', '.join(stale)}", file=sys.stderr)
    return bool(stale)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
