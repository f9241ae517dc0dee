"""Where Thai and Latin text may be broken into lines, and the lines it then has."""

import re

from cms.thai.pdf.glyphs import Cluster, width_of

_THAI = "\u0e01-\u0e4f"  # letters and marks; Thai digits break no differently from others
_THAI_WORDS = re.compile(f"[{_THAI}]+")
# A line may begin after spaces, after a slash inside a word, and where scripts meet. Not after a
# hyphen: readers take it for hyphenation and leave it out of the text.
_AFTER_SPACE = re.compile(r"(?<=[ \u200b])(?=[^ \u200b])")
_AFTER_JOINT = re.compile(r"(?<=[^\W\d][/@=&?])(?=\w)|(?<=[–—])")
_SCRIPTS_MEET = re.compile(f"(?<=[{_THAI}])(?=[A-Za-z0-9๐-๙])|(?<=[A-Za-z0-9๐-๙])(?=[{_THAI}])")
# ๆ and ฯ belong to the word before them, also across a space; so does closing punctuation.
_NEVER_BEGINS = re.compile(r"\s*[ๆฯ]|[)\]}”’»,.;:!?%…]")
_NEVER_ENDS = frozenset("([{“‘«฿$#")

_TOLERANCE = 1.0  # thousandths of the font size: a column as wide as its longest word holds it


def break_opportunities(text: str) -> frozenset[int]:
    """The positions in `text` at which a new line may begin.

    Thai is written without spaces between words: they are found with a dictionary (PyThaiNLP's
    newmm, in the variant that stays quick on long ambiguous text).
    """
    found = {
        match.start()
        for pattern in (_AFTER_SPACE, _AFTER_JOINT, _SCRIPTS_MEET)
        for match in pattern.finditer(text)
    }
    for run in _THAI_WORDS.finditer(text):
        found |= _word_starts(run[0], run.start())
    return frozenset(at for at in found if _may_break(text, at))


def wrap(clusters: list[Cluster], width: float, breaks: frozenset[int]) -> list[list[Cluster]]:
    """Clusters as lines no longer than `width` (thousandths of the font size).

    A line ends at the last of `breaks` that fits; a word that is longer than a line is cut between
    clusters. Spaces at both ends of a line are dropped. There is always at least one line.
    """
    lines: list[list[Cluster]] = []
    line: list[Cluster] = []
    fits: int | None = None  # how much of the line may stay when it becomes too long
    used = 0.0
    position = 0
    for cluster in clusters:
        if position in breaks and line:
            fits = len(line)
        while used + cluster.advance > width + _TOLERANCE and line and not cluster.text.isspace():
            cut = fits or len(line)
            lines.append(_trim(line[:cut]))
            line, fits = line[cut:], None
            used = width_of(line)
        line.append(cluster)
        used += cluster.advance
        position += len(cluster.text)
    return [*lines, _trim(line)]


def _word_starts(thai: str, offset: int) -> set[int]:
    # Imported late: the dictionary costs half a second and 80 MB, readers never need it.
    from pythainlp.tokenize import word_tokenize

    starts = set()
    for word in word_tokenize(thai, engine="newmm-safe"):
        starts.add(offset)
        offset += len(word)
    return starts


def _may_break(text: str, at: int) -> bool:
    return (
        0 < at < len(text) and text[at - 1] not in _NEVER_ENDS and not _NEVER_BEGINS.match(text, at)
    )


def _trim(line: list[Cluster]) -> list[Cluster]:
    start, end = 0, len(line)
    while start < end and line[start].text.isspace():
        start += 1
    while end > start and line[end - 1].text.isspace():
        end -= 1
    return line[start:end]
