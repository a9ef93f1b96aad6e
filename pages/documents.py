"""What is handed in, does every figure agree with the snapshot, and what will inspectors ask?"""

from office import documents as papers
from office import rehearsals
from office.pdf import libreoffice
from view import controls, documents, frame, rehearsal
from view.names import Row
from view.texts import _, language
from warehouse import read
from warehouse.errors import JunhengError
from warehouse.home import open_home

home = open_home()
pick = controls.current()


def make(kind: str, **wanted: object) -> papers.Made:
    """Make one document and check it."""
    return papers.make(home, papers.Wish(kind, **wanted))  # type: ignore[arg-type]


def drawn(**wanted: object) -> list[Row]:
    """Draw schools and what they will be asked."""
    return rehearsals.drawn(home, papers.Wish("rehearsal", **wanted), language())  # type: ignore[arg-type]


titles = {code: (kind.title_zh, kind.title_en) for code, kind in papers.KINDS.items()}
making = documents.Making(make, titles, libreoffice() is not None, JunhengError)
frame.header(pick, _("材料导出"), documents.verdict(pick), documents.evidence(making))
documents.draw(pick, making)
rehearsal.draw(pick, making, drawn)
frame.source(pick, sources=read.sources(pick.snapshot))
