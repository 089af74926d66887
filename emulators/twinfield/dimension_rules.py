"""The rules of a line's dimensions and VAT code: they exist, fit together, and fit the daybook.

Sources: the vendor's pages on transactions; messages in support pages of Nmbrs (relation or cost centre
missing), KNLTB.Club (dimension type differs), Coachview and WeFact (VAT code); php-twinfield/twinfield.
"""

from lxml import etree
from lxml.etree import _Element as Element

from emulators.twinfield.chart import Dimension
from emulators.twinfield.draft import Draft, SentLine
from emulators.twinfield.errors import KINDS, word

RELATIONS = {"sales": "DEB", "purchase": "CRD"}
RELATION_MATCH = "customersupplier"


def check(draft: Draft, sent: SentLine) -> None:
    """Check one line."""
    relation = draft.books.office.dimension(2, sent.line.dim2)
    if not sent.line.dim1 and sent.kind == "total" and relation is not None:
        sent.line.dim1 = relation.financial("substitutewith")
    if not sent.line.dim1 and sent.kind == "vat":
        sent.line.dim1 = _vat_account(draft, sent)
    if not sent.line.dim1:
        node = sent.node.find("dim1")
        draft.remarks.error(sent.node if node is None else node, "element_required", name="dim1")
    account = _find(draft, sent, 1)
    second = _find(draft, sent, 2)
    _find(draft, sent, 3)
    if account is not None:
        _check_second(draft, sent, account, second)
    _check_vat_code(draft, sent, account)


def place_of(node: Element, name: str) -> Element:
    """Return a line's element; one that was left out is put after the dimensions."""
    found = node.find(name)
    if found is None:
        found = etree.Element(name)
        before = [place for place, each in enumerate(node) if str(each.tag).startswith("dim")]
        node.insert(before[-1] + 1 if before else 0, found)
    return found


def _find(draft: Draft, sent: SentLine, level: int) -> Dimension | None:
    name = f"dim{level}"
    code: str = getattr(sent.line, name)
    if not code:
        return None
    found = draft.books.office.dimension(level, code)
    if found is None:
        if level == 2 and draft.books.switches.text("unknown_dim2") == "drop":
            sent.line.dim2 = ""
            return None
        node = place_of(sent.node, name)
        draft.remarks.error(node, "dimension_not_in_office", code=code, office=draft.books.office.code)
    elif found.status == "hide" and draft.books.switches.text("hidden_dimension") == "refuse":
        draft.remarks.error(place_of(sent.node, name), "dimension_hidden", code=code)
    return found


def _check_second(draft: Draft, sent: SentLine, account: Dimension, second: Dimension | None) -> None:
    """Hold the second dimension against the account: relation, cost centre or none."""
    if sent.line.dim2 and second is None:
        return
    if account.financial("matchtype") == RELATION_MATCH:
        _check_relation(draft, sent, account, second)
        return
    if sent.kind == "total" and draft.kind in RELATIONS:
        code = account.code
        draft.remarks.error(
            place_of(sent.node, "dim1"), "dimension_not_allowed", code=code, level=1, account=code
        )
        return
    wanted = account.financial("subanalyse")
    if second is None:
        if wanted == "true" and sent.kind != "vat":
            draft.remarks.error(
                place_of(sent.node, "dim2"), "subanalyse", name=account.name, code=account.code
            )
    elif wanted == "false" and not (sent.kind == "vat" and draft.kind == "purchase"):
        draft.remarks.error(
            place_of(sent.node, "dim2"),
            "dimension_not_allowed",
            code=second.code,
            level=2,
            account=account.code,
        )
    elif second.type != "KPL":
        _differs(draft, sent, second, "KPL")


def _check_relation(draft: Draft, sent: SentLine, account: Dimension, second: Dimension | None) -> None:
    node = place_of(sent.node, "dim2")
    if second is None:
        draft.remarks.error(node, "subanalyse", name=account.name, code=account.code)
        return
    wanted = RELATIONS.get(draft.kind) if sent.kind == "total" else None
    if wanted and second.type != wanted:
        _differs(draft, sent, second, wanted)
    elif second.type not in RELATIONS.values():
        _differs(draft, sent, second, "DEB" if account.code == "1300" else "CRD")
    elif second.financial("substitutewith") != account.code:
        draft.remarks.error(node, "dimension_not_allowed", code=second.code, level=2, account=account.code)


def _differs(draft: Draft, sent: SentLine, found: Dimension, wanted: str) -> None:
    draft.remarks.error(
        place_of(sent.node, f"dim{found.level}"),
        "dimension_type_differs",
        found=found.type,
        name=found.name,
        code=found.code,
        level=found.level,
        wanted=wanted,
    )


def _vat_account(draft: Draft, sent: SentLine) -> str:
    code = draft.books.office.vat_codes.get(sent.line.vatcode)
    rate = code.rate_on(draft.date) if code else None
    return rate.account if rate else ""


def _check_vat_code(draft: Draft, sent: SentLine, account: Dimension | None) -> None:
    if not sent.line.vatcode:
        obligatory = account is not None and account.financial("vatobligatory") == "true"
        if sent.kind == "vat" or (sent.kind == "detail" and obligatory):
            draft.remarks.error(place_of(sent.node, "vatcode"), "vat_missing")
        if sent.vatvalue:
            draft.remarks.error(place_of(sent.node, "vatvalue"), "vat_missing")
        return
    node = place_of(sent.node, "vatcode")
    code = draft.books.office.vat_codes.get(sent.line.vatcode)
    rate = code.rate_on(draft.date) if code else None
    if code is None or rate is None:
        draft.remarks.error(node, "vat_not_found", code=sent.line.vatcode)
        return
    wanted = draft.daybook.vattype if draft.daybook else ""
    if wanted and code.kind != wanted:
        language = draft.books.user.language
        kinds = {
            "kind": word(language, KINDS, code.kind),
            "wanted": word(language, KINDS, wanted),
        }
        draft.remarks.error(node, "vat_kind", name=code.name, code=code.code, **kinds)
    if code.treatment == "zero" and sent.vatvalue:
        amount = place_of(sent.node, "vatvalue")
        draft.remarks.error(amount, "amount_invalid", value=amount.text)
    _check_performance(draft, sent, code.performance)


def _check_performance(draft: Draft, sent: SentLine, performance: str) -> None:
    """Type, country, VAT number and date of what was performed go with intra-EU VAT codes only."""
    for name in [name for name in sent.line.extra if name.startswith("performance")]:
        node = place_of(sent.node, name)
        if not performance:
            draft.remarks.error(node, "element_not_allowed", name=name)
        elif name == "performancetype" and node.text != performance:
            draft.remarks.error(node, "value_invalid", value=node.text)
    if not performance or sent.kind != "detail" or draft.kind != "sales":
        return
    total = next((each for each in draft.lines if each.kind == "total"), None)
    relation = draft.books.office.dimension(2, total.line.dim2) if total else None
    of_relation = str(relation.parts.get("vatnumber", "")) if relation else ""
    if not (sent.line.extra.get("performancevatnumber") or of_relation):
        draft.remarks.error(place_of(sent.node, "performancevatnumber"), "vat_number_missing")
