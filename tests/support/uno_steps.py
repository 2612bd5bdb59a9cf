"""Run by the Python of the system, which alone knows LibreOffice: opens a workbook, does what a person would do to it, saves it as XLSX.

Arguments: name of the pipe, file, file to write, JSON of steps. Rows and columns count from 0, sheets by index.
"""

import importlib
import json
import sys
import time
from pathlib import Path
from typing import Any


def connected(uno: Any, pipe: str) -> Any:
    resolver = uno.getComponentContext().ServiceManager.createInstance("com.sun.star.bridge.UnoUrlResolver")
    for _ in range(600):
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except Exception:
            time.sleep(0.1)
    raise SystemExit("LibreOffice does not answer")


def main() -> None:
    pipe, source, target, steps = sys.argv[1:]
    uno = importlib.import_module("uno")
    value = uno.getClass("com.sun.star.beans.PropertyValue")
    context = connected(uno, pipe)
    desktop = context.ServiceManager.createInstance("com.sun.star.frame.Desktop")
    hidden, saved_as = value(), value()
    hidden.Name, hidden.Value = "Hidden", True
    saved_as.Name, saved_as.Value = "FilterName", "Calc MS Excel 2007 XML"
    document = desktop.loadComponentFromURL(Path(source).as_uri(), "_blank", 0, (hidden,))
    for step in json.loads(Path(steps).read_text(encoding="utf-8")):
        done(document, *step)
    document.storeToURL(Path(target).as_uri(), (saved_as,))
    document.close(True)
    desktop.terminate()


def done(document: Any, what: str, sheet: Any, *given: Any) -> None:
    if what == "add_sheet":
        document.Sheets.insertNewByName(sheet, document.Sheets.Count)
        return
    of = document.Sheets.getByIndex(sheet)
    if what == "write":
        of.getCellByPosition(given[1], given[0]).String = given[2]
    elif what == "type":
        cell = of.getCellByPosition(given[1], given[0])
        cell.NumberFormat = 0
        cell.Formula = given[2]
    elif what == "insert_column":
        of.Columns.insertByIndex(given[0], 1)
    elif what == "insert_row":
        of.Rows.insertByIndex(given[0], 1)
    elif what == "move_column":
        column = of.Columns.getByIndex(given[0])
        of.moveRange(of.getCellByPosition(given[1], 0).CellAddress, column.RangeAddress)
    elif what == "merge":
        of.getCellRangeByPosition(given[1], given[0], given[3], given[2]).merge(True)
    elif what == "rename":
        of.Name = given[0]
    else:
        raise SystemExit(f"no step {what}")


if __name__ == "__main__":
    main()
