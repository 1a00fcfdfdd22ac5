"""The documentation as a set of files in one folder: pages, the files that they show or lead to, and the style.

All addresses are relative, so the files work from a disk, below any path of a web server, and at ``/docs``.
"""

import os
import posixpath
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import cache, cached_property
from pathlib import Path, PurePosixPath
from urllib.parse import quote, unquote, urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from policytracker.documentation import llms
from policytracker.documentation.markdown import Rendered, Target, render
from policytracker.documentation.media import MEDIA as MEDIA
from policytracker.documentation.media import media_type as media_type
from policytracker.documentation.navigation import KINDS, LABELS, START, Kind

HERE = Path(__file__).parent
TEXT = HERE / "text"
LOWEST_SECTION = 3
"""The lowest level of headings in the list of a page's sections."""


@dataclass(frozen=True)
class Page:
    """One page of the documentation."""

    source: str
    """Its path in the repository, such as ``docs/web.md``."""
    title: str
    kind: Kind

    @property
    def name(self) -> str:
        """Its file in the site.

        >>> Page("README.md", "", KINDS[0]).name, Page("policytracker/history/README.md", "", KINDS[0]).name
        ('index.html', 'history.html')
        """
        path = PurePosixPath(self.source)
        stem = path.parent.name or "index" if path.stem == "README" else path.stem
        return f"{stem.lower()}.html"

    @property
    def label(self) -> str:
        """What the navigation calls it."""
        return LABELS.get(self.source, self.title)


class Documentation:
    """The pages below a folder, and what they make."""

    def __init__(self, root: Path = TEXT, kinds: Sequence[Kind] = KINDS) -> None:
        """``root`` has the pages at their paths in the repository; ``kinds`` is the navigation."""
        self.root = root
        self._sources = sorted(_pages_below(root))
        named = [(source, kind) for kind in kinds for source in self._named(kind)]
        self.pages = {source: Page(source, _title(self.text(source)), kind) for source, kind in named}
        """The pages by their paths in the repository, in the order of the navigation."""
        self._kinds = [kind for kind in kinds if any(page.kind is kind for page in self.pages.values())]
        self._missing = [path for kind in kinds for path in kind.pages if "*" not in path and path not in self.pages]
        self._rendered: dict[str, _Linked] = {}

    def text(self, source: str) -> str:
        """What a page says, as Markdown."""
        return (self.root / source).read_text(encoding="utf-8")

    def page(self, name: str, back: str | None = None) -> str | None:
        """The page with this file name in HTML; None: there is none. ``back`` is where the server's own pages are."""
        page = self._by_name.get(name)
        if page is None:
            return None
        found = self._render(page.source).rendered
        return _template().render(
            page=page,
            kinds=[(kind.title, [each for each in self.pages.values() if each.kind is kind]) for kind in self._kinds],
            sections=[heading for heading in found.headings[1:] if heading.level <= LOWEST_SECTION],
            html=Markup(found.html),
            start=self.pages[START].name,
            back=back,
        )

    def within(self, source: str, place: str | None, beside: Collection[str] = ()) -> str:
        """The text of a page in HTML for a page elsewhere, its title left out. ``place`` is where the site is; where it
        is nowhere, what leads into it is text, but for links to files that lie ``beside`` the page."""

        def moved(found: re.Match[str]) -> str:
            is_there = place is not None or found[1].partition("#")[0] in beside
            return f'<a href="{place or ""}{found[1]}">{found[2]}</a>' if is_there else found[2]

        html = re.sub(r'<a href="(?![a-z]+:|#|/)([^"]*)">(.*?)</a>', moved, self._render(source).rendered.html)
        return html.partition("</h1>\n")[2]

    def file(self, name: str) -> bytes | None:
        """A picture, a style, or another file that a page leads to; None: there is none of this name."""
        if name == llms.NAME:
            return self.llms_txt().encode()
        path = self._files.get(name)
        return None if path is None else path.read_bytes()

    def llms_txt(self, place: str = "") -> str:
        """The index of the pages for language models; ``place`` stands before each address."""
        listed = (
            llms.Listed(each.kind.title, each.label, each.name, self.text(each.source)) for each in self.pages.values()
        )
        return llms.index(listed, place)

    def names(self) -> Iterator[str]:
        """The names of all files of the site. Renders every page, because pages say which files there are."""
        for source in self.pages:
            self._render(source)
        yield from self._by_name
        yield from sorted((*self._files, llms.NAME))

    def shown(self) -> list[str]:
        """The paths in the repository of all that a wheel must hold: the pages, and the files that they lead to."""
        linked = {path for source in self.pages for path in self._render(source).files}
        return sorted({*self.pages, *linked})

    def problems(self) -> list[str]:
        """What is wrong with the documentation: a line each, which names the page."""
        found = [f"{source}: the navigation names it, and there is no such page" for source in self._missing]
        for source in self._sources:
            if source not in self.pages:
                found.append(
                    f"{source}: the page is not in the navigation; add it in policytracker/documentation/navigation.py"
                )
        names = [self._name(path) for path in self.shown()]
        twice = sorted({name for name in names if names.count(name) > 1})
        found += [f"{name}: two files of the site have this name; rename one" for name in twice]
        for source in self.pages:
            linked = self._render(source)
            found += [f"{source}: {problem}" for problem in (*linked.rendered.problems, *linked.broken)]
            found += [f"{source}: {problem}" for problem in self._missing_anchors(linked)]
        return found

    def _missing_anchors(self, linked: "_Linked") -> Iterator[str]:
        for source, anchor in linked.anchors:
            if anchor not in {heading.anchor for heading in self._render(source).rendered.headings}:
                yield f"the link to {source}#{anchor} leads to no heading"

    def _name(self, path: str) -> str:
        """The name in the site of a page or of a file that pages lead to."""
        return self.pages[path].name if path in self.pages else posixpath.basename(path)

    @cached_property
    def _by_name(self) -> dict[str, Page]:
        return {page.name: page for page in self.pages.values()}

    @cached_property
    def _files(self) -> dict[str, Path]:
        """The files of the site that are no pages, by name."""
        shown = [self.root / path for path in self.shown() if path not in self.pages]
        return {path.name: path for path in (*sorted((HERE / "static").iterdir()), *shown)}

    def _named(self, kind: Kind) -> Iterator[str]:
        for pattern in kind.pages:
            yield from (source for source in self._sources if fnmatch(source, pattern))

    def _render(self, source: str) -> "_Linked":
        if source not in self._rendered:
            linked = _Linked(self, source)
            linked.rendered = render(self.text(source), linked.resolve)
            self._rendered[source] = linked
        return self._rendered[source]


class _Linked:
    """One page while its links are resolved, and what they lead to."""

    def __init__(self, documentation: Documentation, source: str) -> None:
        self._documentation, self._source = documentation, source
        self.rendered = Rendered()
        self.files: list[str] = []
        self.broken: list[str] = []
        self.anchors: list[tuple[str, str]] = []

    def resolve(self, address: str) -> Target:
        """From an address in Markdown to one in the site."""
        parts = urlsplit(address)
        if parts.scheme or parts.netloc:
            return Target(address)
        path = self._source
        if parts.path:
            path = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path)))
        page = self._documentation.pages.get(path)
        if page is not None:
            if parts.fragment:
                self.anchors.append((path, unquote(parts.fragment)))
            after = f"#{parts.fragment}" if parts.fragment else ""
            return Target(f"{page.name if parts.path else ''}{after}", page.title)
        name = posixpath.basename(path)
        if posixpath.splitext(name)[1] not in MEDIA or not (self._documentation.root / path).is_file():
            self.broken.append(f"the link to {address} leads to no page, and to no file beside the pages")
            return Target(address)
        self.files.append(path)
        return Target(quote(name))


@cache
def shipped() -> Documentation:
    """The documentation that comes with the program."""
    return Documentation()


def write(documentation: Documentation, folder: Path) -> int:
    """Write the site into a folder, which is made if need be; returns the number of pages."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in documentation.names():
        page = documentation.page(name)
        (folder / name).write_bytes(page.encode() if page is not None else documentation.file(name) or b"")
    return len(documentation.pages)


def _pages_below(root: Path) -> Iterator[str]:
    """Every Markdown file, in linked folders too, by its path in the repository."""
    for folder, _, names in os.walk(root, followlinks=True):
        yield from ((Path(folder) / name).relative_to(root).as_posix() for name in names if name.endswith(".md"))


def _title(text: str) -> str:
    """The first heading, or "" where the page has none: ``problems`` says so."""
    first = text.partition("\n")[0]
    return first.removeprefix("# ").replace("`", "").strip() if first.startswith("# ") else ""


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    return environment.get_template("page.html")
