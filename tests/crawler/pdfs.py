"""Small PDF documents, written by hand."""

from __future__ import annotations

from collections.abc import Sequence


def pdf(pages: Sequence[Sequence[str]], title: str = "", created: str = "") -> bytes:
    """A PDF whose pages hold these lines."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    objects.append("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    objects.append(f"<< /Title ({title}) /CreationDate ({created}) >>")
    kids = []
    for lines in pages:
        shown = "".join(f"({_escaped(line)}) Tj 0 -14 Td\n" for line in lines)
        content = f"BT /F1 11 Tf 50 780 Td\n{shown}ET"
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
            f"/Resources << /Font << /F1 3 0 R >> >> /Contents {len(objects)} 0 R >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    body = b"%PDF-1.4\n"
    places = []
    for number, inner in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{inner}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    tail = f"trailer << /Size {size} /Root 1 0 R /Info 4 0 R >>\nstartxref\n{len(body)}\n%%EOF"
    return body + f"xref\n0 {size}\n0000000000 65535 f \n{table}{tail}".encode("latin-1")


def _escaped(line: str) -> str:
    return line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


REPORT = pdf(
    [
        [
            "Rota planning at Westmarch: a case study",
            "Published 3 March 2026",
            "Rotaflow plans the rotas of every ward of the hospital and fills the shifts that are",
            "open. It was introduced on 12 wards in the spring.",
            "Rotaflow | page 1",
        ],
        [
            "What changed",
            "Ward clerks saved 2 hours per week on aver-",
            "age, compared with the diary that was kept before, and the planning of a rota fell",
            "from 9 hours to 4 hours.",
            "Rotaflow | page 2",
        ],
        [
            "Where it is used",
            "Westmarch NHS Foundation Trust has used Rotaflow on all of its wards since 2025.",
            "Rotaflow | page 3",
        ],
    ],
    title="Microsoft Word - final v3.docx",
    created="D:20260401093000Z",
)
"""A report of three pages, with a running foot and a word that is broken over two lines."""
