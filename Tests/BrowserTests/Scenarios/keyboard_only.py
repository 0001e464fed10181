"""No mouse: signing in and entering hours with the keys alone, and the focus is always seen."""

from playwright.sync_api import expect

FOCUS = """() => {
  const one = document.activeElement;
  const style = getComputedStyle(one);
  const label = one.labels?.[0]?.innerText ?? one.innerText ?? "";
  const outline = style.outlineStyle !== "none" && style.outlineWidth !== "0px";
  // The parts of a date have the browser's own ring, which cannot be asked for.
  return { tag: one.tagName, label: label.trim(), outline: outline || one.type === "date" };
}"""


def scenario(play):
    worker = play.browser()
    keys = worker.page.keyboard
    with play.step("tab går gjennom innloggingen i den rekkefølgen den leses"):
        worker.open("/inn")
        met = walk(worker, "Logg inn")
        assert [one for one in met if one in ("Bedrifts-id", "Brukernavn", "Passord", "Logg inn")] == [
            "Bedrifts-id", "Brukernavn", "Passord", "Logg inn",
        ], met

    with play.step("snarveien hopper over menyen"):
        worker.open("/inn")
        keys.press("Tab")
        expect(worker.page.get_by_role("link", name="Hopp til innholdet")).to_be_focused()
        keys.press("Enter")
        expect(worker.page.locator("main")).to_be_focused()

    with play.step("inn med tastene alene"):
        walk(worker, "Brukernavn")
        keys.type("arbeider101")
        walk(worker, "Passord")
        keys.type(play.facts["password"])
        keys.press("Enter")
        worker.heading("Før timer")

    with play.step("en vanlig dag føres med tastene alene"):
        walk(worker, "Timer")
        keys.press("Control+a")
        keys.type("6,25")
        walk(worker, "Lagre")
        keys.press("Enter")
        worker.says("Timene er lagret.")
        worker.row("Registrert", "6,25")

    with play.step("og slettes igjen"):
        row = worker.row("Registrert", "6,25")
        row.get_by_role("button", name="Slett").focus()
        keys.press("Enter")
        worker.says("Føringen er slettet.")


def walk(person, label):
    """Tab until the focus is on what has the label. Everything on the way shows that it has the focus."""
    met = []
    for _ in range(40):
        person.page.keyboard.press("Tab")
        at = person.page.evaluate(FOCUS)
        if at["tag"] == "BODY":
            continue
        name = at["label"].split("\n")[0].removesuffix(" (valgfritt)")
        assert at["outline"], f"nothing shows that {name} has the focus"
        met.append(name)
        if name == label:
            return met
    raise AssertionError(f"{label} cannot be reached: {met}")
