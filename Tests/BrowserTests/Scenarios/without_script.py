"""The main steps with JavaScript switched off: entering hours, approving, mending, previewing and sending."""

import re

from playwright.sync_api import expect

from parts import card


def scenario(play):
    worker = play.telephone(script=False)
    with play.step("arbeideren velger et annet prosjekt med knappen ved siden av"):
        worker.sign_in("arbeider101")
        worker.heading("Før timer")
        projects = worker.page.get_by_role("combobox", name="Prosjekt")
        second = projects.locator("option").nth(1).get_attribute("value")
        projects.select_option(second)
        worker.press("Velg prosjekt")
        expect(projects).to_have_value(second)

    with play.step("timer føres med fra, til og pause, som ligger foldet"):
        worker.page.get_by_text("Fra og til, pause").click()
        worker.page.get_by_label(re.compile("^Fra ")).fill("07:00")
        worker.page.get_by_label(re.compile("^Til ")).fill("14:00")
        worker.page.get_by_label(re.compile("^Pause")).fill("30")
        worker.press("Lagre")
        worker.says("Timene er lagret.")
        worker.row("Registrert", "6,5")

    with play.step("det som ikke kan leses, står igjen i skjemaet med hva som er galt"):
        worker.page.get_by_role("textbox", name="Timer").fill("sju og en halv")
        worker.press("Lagre")
        worker.alerts("Timer")
        expect(worker.page.get_by_role("textbox", name="Timer")).to_have_value("sju og en halv")

    leader = play.browser(script=False)
    with play.step("lederen godkjenner uken"):
        leader.sign_in("leder")
        leader.menu("Timer")
        name = worker.page.locator(".band .right").get_by_role("link").last.inner_text()
        leader.press(f"Godkjenn uken for {name}")
        leader.says("godkjent")

    books = play.browser(script=False)
    with play.step("regnskap ser det som er klart, og sender det"):
        books.sign_in("regnskap")
        books.follow("Forhåndsvis", within=card(books, "Timer"), exact=False)
        books.row(name, "6,5")
        books.press("Send d", exact=False)
        books.heading("Forside")
        books.shows("starter straks")

    with play.step("siden vises på nytt med lenken, til overføringen er i orden"):
        books.again_until(lambda: "startet av regnskap" in card(books, "Timer").inner_text())
        books.again_until(lambda: card(books, "Timer").locator(".badge").inner_text() == "I orden")
        worker.open("/min")
        worker.row("Overført", "6,5")

    with play.step("menyen på telefonen foldes ut"):
        phone = play.telephone(script=False)
        phone.sign_in("leder")
        phone.menu("Prosjekt")
        phone.heading("Prosjekt")
