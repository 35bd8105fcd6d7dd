"""How wide words are when they are drawn: estimated on the wide side, for a picture does not know who will draw it.

The typesetter draws with Libertinus Serif, a browser with the first of FONT that it has. The widths are the greater of
Libertinus and Liberation Serif (which has the measures of Times), rounded up.
"""

from __future__ import annotations

import re

FONT = "Libertinus Serif, Times New Roman, Times, Liberation Serif, Tinos, Nimbus Roman, Noto Serif, serif"

# Letters by width, in hundredths of the size.
_WIDTHS = {
    letter: width / 100
    for width, letters in {
        26: " ',.|·",
        34: "!()-/:;I\\fijltІЇії‘’\u00a0",
        40: "J[]`rsşşѕЈ",
        46: '"?acezäçéžžагезстэёєәғҗҙ“”',
        51: "#$*0123456789_bdgkoqvx{}öбвкохьғқҳө«»",
        57: "+<=>FPS^hnpuy~×üýňŞЅЗРдлручъңҷһӣӯ–−",
        63: "ELTZÉŽБГЕЁТЬийнпцӣҒүұ□",
        70: "BCRÇВДКЛСЧЭЯмфҚҲЄ",
        78: "&ADGHKNOQUVXYwÄÖÜÝŇАИЙНОПУХЦЪыжюҢӨҮҰҶӢӮҺ",
        86: "%mФшщ",
        95: "@MЖМЫӘ",
        105: "WШЩЮ—…№",
    }.items()
    for letter in letters
}
_CAPITAL, _SMALL, _WIDEST = 0.9, 0.7, 1.1
_BOLD = 1.08


def width(text: str, size: float, *, is_bold: bool = False) -> float:
    """Room that words take, in the units of the size."""
    return sum(map(_of_letter, text)) * size * (_BOLD if is_bold else 1)


def shortened(text: str, room: float, size: float, *, is_bold: bool = False) -> str:
    """The words on one line, or as many whole ones as the room holds and an ellipsis; empty where not even that."""
    line = " ".join(text.split())
    if width(line, size, is_bold=is_bold) <= room:
        return line
    while line and width(f"{line}…", size, is_bold=is_bold) > room:
        line = line[:-1] if " " not in line else line.rpartition(" ")[0]
    line = re.sub(r"[\s,;:.(-]+$", "", line)
    return f"{line}…" if line else ""


def _of_letter(letter: str) -> float:
    """Signs outside the alphabets of the project, wide scripts and emoji among them, count as the widest."""
    if letter in _WIDTHS:
        return _WIDTHS[letter]
    if not letter.isalpha() or ord(letter) > 0x52F:
        return _WIDEST
    return _CAPITAL if letter.isupper() else _SMALL
