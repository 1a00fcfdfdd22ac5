"""Checkpoints of the tree, as C2SP describes them (c2sp.org/tlog-checkpoint).

A checkpoint is a text: the origin, the size of the tree, its root in base64, and perhaps further lines. Kept in a
file, it stands alone, to be signed beside it (``ssh-keygen -Y sign -n policytracker``), or as a signed note.
"""

import base64
import re
from typing import NamedTuple

from policytracker.seals.errors import NotACheckpoint
from policytracker.seals.notes import Signature, as_signed, decode64, read_note, write_note
from policytracker.seals.tree import EMPTY_ROOT, HASH_SIZE, LARGEST

_SIZE = re.compile(r"0|[1-9][0-9]{0,18}")
_UNFIT = re.compile(r"[\x00-\x1f\ud800-\udfff]")


class Checkpoint(NamedTuple):
    """What a tree was at one moment."""

    origin: str
    """Which ledger it is: one line, best a URL without its scheme."""
    size: int
    """How many events the tree holds."""
    root: bytes
    extensions: tuple[str, ...] = ()
    """Further lines. Nobody but the signer vouches for them, and most tools ignore them."""

    def text(self) -> str:
        """The text that is signed (tlog-checkpoint, "Note text"). Raises NotACheckpoint."""
        lines = (self.origin, str(self.size), base64.b64encode(self.root).decode(), *self.extensions)
        text = "".join(f"{line}\n" for line in lines)
        if read_text(text) != self:
            raise NotACheckpoint("a line of it holds a line end")
        return text


class Kept(NamedTuple):
    """A checkpoint as it lies in a file."""

    checkpoint: Checkpoint
    signatures: tuple[Signature, ...]
    """None, when it is unsigned, or signed in a file beside it. Not verified: that is for ``notes.open_note``."""

    def to_bytes(self) -> bytes:
        """What the file holds. Raises NotACheckpoint, or NotANote."""
        text = self.checkpoint.text()
        return write_note(text, self.signatures) if self.signatures else text.encode()


def read_text(text: str) -> Checkpoint:
    """Read the text of a checkpoint, strictly (tlog-checkpoint, "Note text"). Raises NotACheckpoint."""
    lines = text.split("\n")
    if lines.pop() or len(lines) < 3 or "" in lines:
        raise NotACheckpoint("it does not consist of an origin, a size and a root, each on a line of its own")
    if any(_UNFIT.search(line) for line in lines):
        raise NotACheckpoint("it holds control characters, or halves of characters")
    origin, size, encoded, *extensions = lines
    root = decode64(encoded)
    if not _SIZE.fullmatch(size) or int(size) > LARGEST:
        raise NotACheckpoint("its second line is no size of a tree")
    if root is None or len(root) != HASH_SIZE:
        raise NotACheckpoint("its third line is no SHA-256 in base64")
    if size == "0" and root != EMPTY_ROOT:
        raise NotACheckpoint("its root is not that of an empty tree")
    return Checkpoint(origin, int(size), root, tuple(extensions))


def read_checkpoint(data: bytes) -> Kept:
    """Read a checkpoint as it lies in a file, signed or not, and verify no signature.

    Raises NotACheckpoint, or NotANote.
    """
    data = as_signed(data)
    if b"\n\n" in data:
        text, signatures = read_note(data)
        return Kept(read_text(text), signatures)
    try:
        return Kept(read_text(data.decode("utf-8")), ())
    except UnicodeDecodeError:
        raise NotACheckpoint("it is not UTF-8") from None
