"""GraphML, for Gephi, igraph, networkx and others. It knows no lists: their values are joined by `; `."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from io import TextIOWrapper
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from graph.release.lines import Column, Layout, packed

NAME = "graph.graphml.gz"

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
_FORBIDDEN = {code: "\ufffd" for code in (*range(0x20), 0xFFFE, 0xFFFF) if chr(code) not in "\t\n\r"}
_SEPARATOR = "; "


def write_graphml(lines: Iterable[Mapping[str, Any]], layout: Layout, folder: Path) -> None:
    """Write the graph as one directed GraphML graph; `label` and `type` are attributes like the others."""
    with packed(folder / NAME) as binary, TextIOWrapper(binary, encoding="utf-8", newline="\n") as target:
        target.write(_HEAD)
        for of, columns in (("node", _union(layout.nodes, "label")), ("edge", _union(layout.relationships, "type"))):
            for name, column in columns.items():
                kind = "string" if column.is_list else column.type
                target.write(f'<key id="{of[0]}_{name}" for="{of}" attr.name={quoteattr(name)} attr.type="{kind}"/>\n')
        target.write('<graph id="diplograph" edgedefault="directed">\n')
        for line in lines:
            target.write(_node(line) if "id" in line else _edge(line))
        target.write("</graph>\n</graphml>\n")


def _union(groups: Mapping[str, Mapping[str, Column]], own: str) -> dict[str, Column]:
    """All columns of all groups; one that is a list somewhere is text everywhere."""
    found = {own: Column("string", False)}
    for columns in groups.values():
        for name, column in columns.items():
            known = found.get(name, column)
            found[name] = known.merged(column) if known.is_list == column.is_list else Column("string", False)
    return dict(sorted(found.items()))


def _node(line: Mapping[str, Any]) -> str:
    return f"<node id={_quoted(line['id'])}>{_data('n', {'label': line['label'], **line['properties']})}</node>\n"


def _edge(line: Mapping[str, Any]) -> str:
    ends = f"source={_quoted(line['start'])} target={_quoted(line['end'])}"
    return f"<edge {ends}>{_data('e', {'type': line['type'], **line['properties']})}</edge>\n"


def _data(of: str, properties: Mapping[str, Any]) -> str:
    return "".join(f'<data key="{of}_{name}">{_text(value)}</data>' for name, value in sorted(properties.items()))


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    text = _SEPARATOR.join(map(str, value)) if isinstance(value, list) else str(value)
    return escape(text.translate(_FORBIDDEN))


def _quoted(text: str) -> str:
    return quoteattr(text.translate(_FORBIDDEN))
