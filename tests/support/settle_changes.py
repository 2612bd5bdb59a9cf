"""Run by the system's Python, which alone knows LibreOffice: accepts, then rejects all tracked changes of Word files.

`settle_changes.py PIPE FILE…` prints a line of JSON for each file and act: [[style of the paragraph, its text], …].
"""

import json
import sys
import time
from pathlib import Path
from typing import Any

ACTS = ("Accept", "Reject")


def main(pipe: str, files: list[str]) -> None:
    import uno  # type: ignore[import-not-found, unused-ignore]
    from com.sun.star.beans import PropertyValue  # type: ignore[import-not-found, unused-ignore]

    context = _office(uno, pipe)
    desktop, dispatcher = (
        context.ServiceManager.createInstanceWithContext(f"com.sun.star.frame.{name}", context) for name in ("Desktop", "DispatchHelper")
    )
    hidden = PropertyValue()
    hidden.Name, hidden.Value = "Hidden", True
    for file in files:
        for act in ACTS:
            document = desktop.loadComponentFromURL(Path(file).resolve().as_uri(), "_blank", 0, (hidden,))
            dispatcher.executeDispatch(document.CurrentController.Frame, f".uno:{act}AllTrackedChanges", "", 0, ())
            print(json.dumps(list(_paragraphs(document))), flush=True)
            document.close(True)
    desktop.terminate()


def _office(uno: Any, pipe: str) -> Any:
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(600):
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except Exception:
            time.sleep(0.1)
    raise SystemExit("LibreOffice did not answer within a minute")


def _paragraphs(document: Any) -> Any:
    paragraphs = document.Text.createEnumeration()
    while paragraphs.hasMoreElements():
        paragraph = paragraphs.nextElement()
        yield [paragraph.ParaStyleName, paragraph.String]


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
