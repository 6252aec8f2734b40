"""wheel.py lint|column: judges the bodies of a group by the Python package.

Reads {"options", "isExchange", "texts"} with texts in base64, and writes a line for each text, as in judges.js.
"""

import base64
import json
import sys

import pyarrow as pa
from kaizala_actions import lint, lint_column, lint_exchange


def judged(way: str, group: dict, texts: list[bytes]):
    options = group["options"]
    if group.get("isExchange"):
        for text in texts:
            parts = [part for part in lint_exchange(text, **options).parts if not part.absent]
            yield [{"part": None, **part.to_dict()} for part in parts]
    elif way == "column":
        for row in pa.table(lint_column(pa.array(texts, pa.large_binary()), **options)).to_pylist():
            yield [{"part": None, "as": row["kind"], "findings": row["findings"]}]
    else:
        for text in texts:
            yield [{"part": None, **lint(text, **options).to_dict()}]


group = json.load(sys.stdin)
for parts in judged(sys.argv[1], group, [base64.b64decode(text) for text in group["texts"]]):
    print(json.dumps([{"part": part["part"], "kind": part["as"], "findings": part["findings"]} for part in parts]))
