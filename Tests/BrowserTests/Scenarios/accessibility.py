"""What a checker can tell of one page: axe at two widths, and sideways scrolling at a third."""

import pathlib

import axe_playwright_python

AXE = (pathlib.Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
WIDTHS = [(1280, 900), (390, 844)]
#: The narrowest telephone that is promised.
NARROWEST = (360, 740)

#: The rows of a long table are of a few kinds; so many of them are looked at.
ROWS = 20
#: What is folded is looked at too.
MADE_READY = """rows => {
  for (const one of document.querySelectorAll("details")) one.open = true;
  for (const body of document.querySelectorAll("tbody")) {
    for (const row of [...body.rows].slice(rows)) row.remove();
  }
}"""

#: What a page says, without the form tokens.
CONTENT = "document.querySelector('main').innerHTML.replaceAll(/value=\"[^\"]{20,}\"/g, '')"


def content(page):
    return page.evaluate(CONTENT)


def problems(page, name):
    """Everything that is wrong, one text each."""
    found = []
    page.evaluate(AXE)
    page.evaluate(MADE_READY, ROWS)
    for width, height in WIDTHS:
        page.set_viewport_size({"width": width, "height": height})
        told = page.evaluate("tags => axe.run({ runOnly: tags, resultTypes: ['violations'] })", TAGS)
        assert told["passes"], "axe looked at nothing"
        for one in told["violations"]:
            for node in one["nodes"][:3]:
                found.append(f"{name} at {width}: {one['id']}: {one['help']}: {node['html'][:160]}")
    page.set_viewport_size({"width": NARROWEST[0], "height": NARROWEST[1]})
    wide = page.evaluate("document.documentElement.scrollWidth")
    if wide > NARROWEST[0]:
        found.append(f"{name}: scrolls sideways at {NARROWEST[0]}: {wide} wide")
    page.set_viewport_size({"width": WIDTHS[0][0], "height": WIDTHS[0][1]})
    return found
