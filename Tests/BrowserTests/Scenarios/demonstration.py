"""What somebody sees who has just started the demonstration in its full size."""

import re

from playwright.sync_api import expect

from parts import card


def scenario(play):
    books = play.browser({"width": 1280, "height": 1180})
    with play.step("forsiden viser hver jobb, det som trenger tilsyn, og ukene som er overført"):
        books.sign_in("regnskap")
        books.heading("Forside")
        for job in ["Timer", "Vareuttak", "Kunder", "Prosjekt", "Varer"]:
            expect(card(books, job).locator(".badge")).to_have_text("I orden")
        books.shows("Trenger tilsyn", re.compile("mangler timelønn"))
        expect(books.page.locator("svg.bars")).to_have_count(2)
        assert books.page.locator("svg.bars rect.sent").count() > 3
        books.document_picture("forside")

    with play.step("overføringen viser hver linje med grunn og hvem som kan rette"):
        books.menu("Overføring")
        books.follow("Stoppet", exact=False)
        expect(books.row("mangler Visma.net ansattnummer")).to_contain_text("Administrator kan rette")
        books.picture("overforing")

    with play.step("kjøreloggen viser hva hver kjøring gjorde"):
        books.menu("Kjørelogg")
        books.page.locator("tbody tr").filter(has_text="Timer").first.get_by_role("link").first.click()
        books.heading(re.compile("Timer"))
        books.document_picture("kjoring")

    with play.step("sandkassen viser dokumentene som kom fram"):
        visma = play.browser({"width": 1280, "height": 900})
        visma.open(play.facts["sandbox"])
        expect(visma.page.locator("tbody tr")).to_have_count(10)
        visma.document_picture("sandbox")
