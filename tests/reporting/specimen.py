"""A document with every kind of block, all the letters, and text that means harm."""

from datetime import date
from decimal import Decimal

from reporting.document import (
    Block,
    Box,
    Bullets,
    Cell,
    Chart,
    Citation,
    Column,
    Document,
    Figure,
    Heading,
    Kind,
    Note,
    PageBreak,
    Paragraph,
    Quote,
    Reference,
    Table,
    Tone,
)

LETTERS = "ә ғ қ ң ө ұ ү һ і Ә Ғ Қ Ң Ө Ұ Ү Һ І ҷ ӣ ӯ ҳ Ҷ Ӣ Ӯ Ҳ ý ž ş ň ä ç ö ü Ý Ž Ş Ň o‘ g‘ O‘ G‘ ё й ъ ы э № « »"
HOSTILE = (
    '=HYPERLINK("http://evil.example/","x")',
    "+1+cmd|' /C calc'!A0",
    "@SUM(A1:A9)",
    '#read("/etc/passwd")',
    "{{ settings.SECRET_KEY }} {% debug %}",
    "<script>alert(1)</script>",
    "]]> &amp; <!-- -->",
    "$x^2$ *b* _i_ `c` \\ @ref <label> [a](b)",
    "_x0041_ %(number)s",
)
CONTROL = "bell\x07 null\x00 escape\x1b half\ud800 end"
CONTROL_CLEANED = "bell null escape half end"
SENTENCE = "The agency trained officers of five border posts and reports what it found. "
NARRATIVE = (SENTENCE * 70)[:5000].strip()
ENDLESS = "https://example.org/" + "a" * 120 + "?" + "b" * 120
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 60" width="200" height="60">'
    '<rect x="0" y="10" width="120" height="20" fill="#1f5f8b"/>'
    '<rect x="120" y="10" width="60" height="20" fill="#cfe3f0"/></svg>'
)
STATES = ("Kazakhstan", "Kyrgyzstan", "Tajikistan", "Turkmenistan", "Uzbekistan")
TONES = tuple(tone for tone in Tone if tone)

MATRIX = Table(
    caption="Status by action item and Member State",
    columns=(
        Column("code", "Code", 2, Kind.CODE),
        Column("title", "Action item", 5),
        *(Column(state.lower(), state, 3) for state in STATES),
    ),
    rows=tuple(
        (
            Cell(f"IV.SPRR.17.{row}", link="#section-item"),
            Cell(f"Short title of the action item number {row}"),
            *(
                Cell(tone.replace("_", " ").capitalize(), tone)
                for tone in (TONES[(row + place) % len(TONES)] for place in range(5))
            ),
        )
        for row in range(1, 12)
    ),
    notes=("A cell without a rating says why.",),
    sheet="Matrix: status/all",
    anchor="matrix",
)
FIGURES = Table(
    caption="Figures by pillar",
    columns=(
        Column("pillar", "Pillar", 4),
        Column("due", "Due", 1, Kind.NUMBER),
        Column("implemented", "Implemented", 1, Kind.NUMBER),
        Column("not_reported", "Not reported", 1, Kind.NUMBER),
        Column("share", "Share", 1, Kind.PERCENT),
    ),
    rows=(
        (
            Cell("I"),
            Cell("285", value=285),
            Cell("0", Tone.IMPLEMENTED, value=0),
            Cell("285", value=285),
            Cell("0.0 %", value=Decimal("0.0")),
        ),
        (
            Cell("II"),
            Cell("320", value=320),
            Cell("139", Tone.IMPLEMENTED, value=139),
            Cell("181", value=181),
            Cell("43.4 %", value=Decimal("43.4")),
        ),
    ),
    footer=(
        Cell("Total"),
        Cell("605", value=605),
        Cell("139", value=139),
        Cell("466", value=466),
        Cell("23.0 %", value=Decimal("23.0")),
    ),
    sheet="Figures",
    anchor="figures",
)
ITEMS = Table(
    caption="Full item table",
    columns=(
        Column("code", "Code", 1, Kind.CODE),
        Column("state", "Member State", 1),
        Column("measures", "Measures taken", 6),
        Column("source", "Source", 2),
    ),
    rows=(
        (Cell("I.1.1"), Cell("Kazakhstan"), Cell(NARRATIVE), Cell("lines 213-217", link="https://example.org/a?b=1")),
        (Cell("I.1.2"), Cell("Tajikistan"), Cell(LETTERS, language="tg"), Cell(ENDLESS)),
        (Cell("I.1.3"), Cell("Uzbekistan"), Cell(CONTROL), Cell("first line\nsecond line")),
        *((Cell(f"II.1.{n}"), Cell("Kyrgyzstan"), Cell(text), Cell("hostile")) for n, text in enumerate(HOSTILE, 1)),
    ),
    sheet="Items",
    is_wide=True,
    anchor="items",
)
BLOCKS: tuple[Block, ...] = (
    Heading(1, "Introduction", is_numbered=True),
    Paragraph(
        ("Five States reported; see table ", Reference("matrix"), " and ", Reference("items", "the annex"), "."),
        is_numbered=True,
        citations=(Citation("Conference report, line 285"), Citation("item table", "#items")),
    ),
    Paragraph("Border measures are in place.", lead="Kazakhstan.", is_numbered=True),
    Paragraph(f"Letters: {LETTERS}", language="kk"),
    Bullets(("first thing", ("second thing, see paragraph ", Reference("paragraph-1"))), (Citation("two sources"),)),
    Box("Summary", (Paragraph("What matters most."), Bullets(("one", "two")), Note("As reported."))),
    Heading(2, "Adopted wording", "section-item", is_numbered=True),
    Quote("To strengthen regional mechanisms for dialogue.", "Joint Plan of Action, line 601", anchor="quoted"),
    Heading(1, "Picture of the region", is_numbered=True),
    MATRIX,
    FIGURES,
    Figure(
        SVG,
        "Two bars: 120 implemented, 60 limited",
        "Ratings by pillar",
        "figures",
        Chart("stacked", ("implemented", "not_reported")),
    ),
    Note("Figures are the States' own assertions."),
    Heading(2, "Text that means harm"),
    *(Paragraph(text, lead="Quoted:") for text in HOSTILE),
    Paragraph(CONTROL),
    Paragraph(NARRATIVE, is_numbered=True),
    PageBreak(),
    Heading(1, "Annex"),
    ITEMS,
    Heading(1, "After the annex"),
    Paragraph("Last words.", is_numbered=True),
)


def specimen(**changes: object) -> Document:
    """Return the document, with fields replaced by the given ones."""
    values: dict[str, object] = {
        "title": "Review report <2022> & more",
        "subtitle": "Tashkent baseline",
        "symbol": "JPOA/2022/1",
        "date_on": date(2022, 3, 3),
        "meta": (("Original", "English"), ("Review cycle", "Baseline <March> 2022")),
        "blocks": BLOCKS,
    }
    return Document(**{**values, **changes})  # type: ignore[arg-type]
