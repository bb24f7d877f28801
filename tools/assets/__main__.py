"""The command line of the assets; what to mend goes to standard error and into the exit status."""

import sys

from tools.assets import npm, served, sprite


def main(arguments: list[str]) -> int:
    if arguments == ["lock"]:
        npm.lock()
        return 0
    npm.install()
    served.copy()
    missing = sprite.draw()
    for name, places in missing.items():
        print(f"no outline icon is called {name!r} (in {', '.join(places)})", file=sys.stderr)
    return bool(missing)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
