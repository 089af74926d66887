"""Print a statement on A4: facts, verdict, sections, and a block to sign; every page with its number."""

import io
from collections.abc import Iterator
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    Flowable,
    KeepTogether,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
    Table,
    TableStyle,
)

from finance_hooks.posting.statement import Statement
from finance_hooks.posting.statement_pages import (
    Section,
    facts_of,
    remarks_of,
    sections_of,
    verdict_of,
)
from finance_hooks.posting.statement_words import say, say_month

MARGIN = 18 * mm
PADDING = 6
"""reportlab: a frame keeps these points free inside its margins."""
LEFT, WIDTH = MARGIN + PADDING, A4[0] - 2 * (MARGIN + PADDING)
INK, QUIET, LINE = colors.HexColor("#1f2933"), colors.HexColor("#616e7c"), colors.HexColor("#cbd2d9")
GOOD, BAD, STRIPE = colors.HexColor("#1b6e3c"), colors.HexColor("#a61b1b"), colors.HexColor("#f5f7fa")
TEXT = ParagraphStyle("text", fontName="Helvetica", fontSize=8.5, leading=11, textColor=INK)
RIGHT = ParagraphStyle("right", parent=TEXT, alignment=TA_RIGHT)
STRONG = ParagraphStyle("strong", parent=TEXT, fontName="Helvetica-Bold")
STRONG_RIGHT = ParagraphStyle("strong right", parent=STRONG, alignment=TA_RIGHT)
FAINT = ParagraphStyle("faint", parent=TEXT, textColor=QUIET)
SMALL = ParagraphStyle("small", parent=TEXT, fontSize=7.5, textColor=QUIET)
TITLE = ParagraphStyle("title", parent=STRONG, fontSize=17, leading=21)
HEADING = ParagraphStyle("heading", parent=STRONG, fontSize=11, leading=14, spaceBefore=9, spaceAfter=3)
VERDICT = ParagraphStyle("verdict", parent=STRONG, fontSize=10.5, leading=14, textColor=colors.white)


def print_statement(made: Statement, digest: str) -> bytes:
    """Return the PDF; `digest` is that of the figures the signature is about."""
    to = io.BytesIO()
    title = f"{say('title', made.wish.language)} {say_month(made.wish.month, made.wish.language)}"
    pages = SimpleDocTemplate(
        to,
        pagesize=A4,
        leftMargin=MARGIN,
        rightMargin=MARGIN,
        topMargin=MARGIN,
        bottomMargin=MARGIN + 4 * mm,
        title=f"{title} {made.administration.sync_id}",
        author=made.wish.made_by,
        invariant=1,
    )
    pages.build(list(_flow(made, title, digest)), canvasmaker=_numbered(made, title))
    return to.getvalue()


def _flow(made: Statement, title: str, digest: str) -> Iterator[Flowable]:
    yield Paragraph(escape(title), TITLE)
    yield Spacer(1, 3 * mm)
    facts = [[Paragraph(escape(name), FAINT), _cell(text)] for name, text in facts_of(made)]
    yield Table(facts, colWidths=[WIDTH * 0.28, WIDTH * 0.72], style=_tight(), hAlign="LEFT")
    yield Spacer(1, 3 * mm)
    yield Table(
        [[Paragraph(escape(verdict_of(made)), VERDICT)]],
        colWidths=[WIDTH],
        hAlign="LEFT",
        style=TableStyle(
            [
                ("BACKGROUND", (0, 0), (-1, -1), GOOD if made.agrees else BAD),
                ("LEFTPADDING", (0, 0), (-1, -1), 8),
                ("TOPPADDING", (0, 0), (-1, -1), 5),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 7),
            ]
        ),
    )
    for remark in remarks_of(made):
        yield Spacer(1, 1.5 * mm)
        yield Paragraph(escape(remark), TEXT)
    for section in sections_of(made):
        yield from _section(section)
    yield KeepTogether(_signature(made, digest))


def _section(section: Section) -> Iterator[Flowable]:
    heading = Paragraph(escape(section.title), HEADING)
    if not section.rows:
        yield KeepTogether([heading, Paragraph(escape(section.note), TEXT)])
        return
    rows = [[_cell(text, strong=True, right=at in section.amounts) for at, text in enumerate(section.header)]]
    rows += [
        [_cell(text, right=at in section.amounts) for at, text in enumerate(row)] for row in section.rows
    ]
    table = Table(
        rows,
        colWidths=[WIDTH * share / sum(section.widths) for share in section.widths],
        repeatRows=1,
        hAlign="LEFT",
        style=TableStyle(
            [
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LINEBELOW", (0, 0), (-1, 0), 0.8, INK),
                ("LINEBELOW", (0, 1), (-1, -1), 0.25, LINE),
                ("ROWBACKGROUNDS", (0, 1), (-1, -1), [colors.white, STRIPE]),
                ("LEFTPADDING", (0, 0), (-1, -1), 4),
                ("RIGHTPADDING", (0, 0), (-1, -1), 5),
                ("TOPPADDING", (0, 0), (-1, -1), 1.5),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 2.5),
            ]
        ),
    )
    # A heading never stands alone at the foot of a page.
    yield heading if len(rows) > 12 else KeepTogether([heading, table])
    if len(rows) > 12:
        yield table
    if section.note:
        yield Paragraph(escape(section.note), SMALL)


def _signature(made: Statement, digest: str) -> list[Flowable]:
    """Leave room for whoever made the statement and whoever reviewed it."""
    language = made.wish.language
    heads = [Paragraph(escape(say(name, language)), STRONG) for name in ("made_by", "reviewed_by")]
    labels = [say(name, language) for name in ("name", "role", "signed_on", "sign")]
    rows = [[heads[0], "", "", heads[1], ""]]
    rows += [[(label := Paragraph(escape(text), FAINT)), "", "", label, ""] for text in labels]
    block = Table(
        rows,
        colWidths=[WIDTH * share for share in (0.16, 0.30, 0.06, 0.16, 0.30)],
        rowHeights=[8 * mm, 8 * mm, 8 * mm, 8 * mm, 16 * mm],
        hAlign="LEFT",
        style=TableStyle(
            [
                ("VALIGN", (0, 0), (-1, -1), "BOTTOM"),
                ("LINEBELOW", (1, 1), (1, -1), 0.5, INK),
                ("LINEBELOW", (4, 1), (4, -1), 0.5, INK),
                ("SPAN", (0, 0), (1, 0)),
                ("SPAN", (3, 0), (4, 0)),
                ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ]
        ),
    )
    return [
        Paragraph(escape(say("signature", language)), HEADING),
        Paragraph(escape(say("sign_text", language)), TEXT),
        block,
        Spacer(1, 3 * mm),
        Paragraph(f"{escape(say('digest', language))}: <font name='Courier'>{digest}</font>", SMALL),
    ]


def _cell(text: str, *, strong: bool = False, right: bool = False) -> Paragraph:
    styles = (STRONG, STRONG_RIGHT) if strong else (TEXT, RIGHT)
    return Paragraph(escape(text), styles[right])


def _tight() -> TableStyle:
    return TableStyle(
        [
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("TOPPADDING", (0, 0), (-1, -1), 0.5),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 0.5),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ]
    )


def _numbered(made: Statement, title: str) -> type[Canvas]:
    """Make the canvas that writes on each page which of how many it is, once all are known."""
    language, administration = made.wish.language, made.administration

    class NumberedCanvas(Canvas):
        """Keep the pages until their number is known."""

        def __init__(self, *arguments: Any, **settings: Any) -> None:  # noqa: ANN401 - Canvas's own
            """Begin without pages."""
            super().__init__(*arguments, **settings)
            self._kept: list[dict[str, Any]] = []

        def showPage(self) -> None:  # noqa: N802 - reportlab's name
            """Keep a page."""
            self._kept.append(dict(self.__dict__))
            self._startPage()  # type: ignore[attr-defined]

        def save(self) -> None:
            """Write all pages with their numbers."""
            pages = list(self._kept)
            for page, kept in enumerate(pages, start=1):
                self.__dict__.update(kept)
                self.setFont("Helvetica", 7.5)
                self.setFillColor(QUIET)
                self.drawString(LEFT, 11 * mm, f"{title} · {administration.sync_id}")
                number = say("page", language, page=page, pages=len(pages))
                self.drawRightString(LEFT + WIDTH, 11 * mm, number)
                super().showPage()
            super().save()

    return NumberedCanvas
