"""The command line of the catalogues; faults go to standard error and into the exit status."""

import sys

from tools.catalogues import faults, files
from tools.catalogues.source import apps, extract
from tools.catalogues.untranslated import untranslated

USAGE = "python -m tools.catalogues extract [APP…] | compile | check"


def main(arguments: list[str]) -> int:
    match arguments:
        case ["extract", *chosen]:
            update(chosen)
        case ["compile"]:
            files.compile_all()
        case ["check"]:
            return complain([*faults.find(), *untranslated()])
        case _:
            return complain([USAGE])
    return 0


def update(chosen: list[str]) -> None:
    for app in chosen or apps():
        strings = extract(app)
        for language in files.LANGUAGES:
            catalogue = files.update(app, language, strings)
            empty = sum(not faults.is_complete(message) for message in catalogue if message.id)
            print(f"{app} {language}: {len(strings)} strings, {empty} to translate")


def complain(lines: list[str]) -> int:
    for line in lines:
        print(line, file=sys.stderr)
    return bool(lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
