"""The documentation as a static site: ``python -m docs.site [FOLDER]``, by default ``build/docs``.

Fails, and writes nothing, where a link leads nowhere, or where a page is not in the navigation.
"""

import sys
from pathlib import Path

from policytracker.documentation.site import Documentation, write

FOLDER = Path(__file__).parent.parent / "build" / "docs"


def main() -> None:
    """Write the site."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    documentation = Documentation()
    problems = documentation.problems()
    if problems:
        sys.exit("\n".join([*problems, f"the site is not written: {len(problems)} problems"]))
    print(f"{write(documentation, folder)} pages, begin with {folder / 'index.html'}")


if __name__ == "__main__":
    main()
