"""What goes wrong is told on the screen in plain Norwegian, with who can mend it and the button that does."""

import re

from playwright.sync_api import expect

from driver import RUN
from parts import card


def scenario(play):
    books = play.browser()
    with play.step("en periode som er lukket, kan ikke velges, og det står hvorfor"):
        books.sign_in("regnskap")
        books.heading("Forside")
        shut = card(books, "Timer").locator("option[disabled]")
        expect(shut.first).to_have_text(re.compile(r"^\d\d-\d{4} – lukket"))

    with play.step("en linje i en lukket periode er stoppet med grunn"):
        books.menu("Overføring")
        books.follow("Stoppet", exact=False)
        reason = books.page.locator("section.attention li").filter(has_text="periode")
        expect(reason.first).to_contain_text("kan rette")
        row = books.row("er lukket")
        expect(row).to_contain_text("Regnskap kan rette")

    with play.step("en linje som Visma avviste, står med Vismas egne ord"):
        books.menu("Overføring")
        books.follow("Avvist", exact=False)
        row = books.row("Visma avviste linjen")
        expect(row).to_contain_text("not assigned to the project")
        books.picture("avvist")

    with play.step("en kjøring som feiler, sier hva som skjedde og hva som skjer videre"):
        play.faults({"kind": "F10", "method": "GET", "path": "/v1/customer", "status": 503})
        books.open("/")
        books.press("Hent kunder nå")
        failed = card(books, "Kunder").locator(".notice.stop")
        expect(failed).to_contain_text("Visma svarte ikke. Jobben prøver igjen av seg selv.", timeout=RUN)
        expect(card(books, "Kunder").locator(".badge").first).to_have_text("Feilet")
        books.picture("feilet")

    with play.step("den opprinnelige meldingen ligger under, og kjøreloggen forteller det samme"):
        expect(failed.locator(".original")).to_be_hidden()
        failed.get_by_text("Opprinnelig melding").click()
        expect(failed.locator(".original")).to_contain_text("503")
        books.follow("Se kjøringen", within=failed)
        books.shows("Visma svarte ikke. Jobben prøver igjen av seg selv.")

    with play.step("når Visma svarer igjen, er alt i orden"):
        play.faults()
        books.open("/")
        books.press("Hent kunder nå")
        expect(card(books, "Kunder").locator(".badge").first).to_have_text("I orden", timeout=RUN)

    with play.step("en knapp som holdes nede, blir ikke tatt bort når en annens kjøring blir ferdig"):
        other = play.browser()
        other.sign_in("admin")
        books.open("/")
        books.page.get_by_role("button", name="Hent kunder nå", exact=True).hover()
        books.page.mouse.down()
        with books.page.expect_response("**/forside/utsnitt", timeout=RUN):
            other.press("Hent varer nå")
        books.page.evaluate("new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))")
        books.page.mouse.up()
        books.shows("Kunder: kjøringen starter straks.")
