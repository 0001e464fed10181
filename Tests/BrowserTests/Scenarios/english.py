"""English by the switch: the pages, the numbers and the dates, remembered for the person."""

import re

from playwright.sync_api import expect

from parts import card

#: Words that only Norwegian has: where one stands, a text was forgotten.
NORWEGIAN = re.compile(r"\b(og|ikke|eller|som|til Visma|timer|uke|venter|stoppet|godkjent|lagre|arbeider|prosjekt)\b", re.I)


def scenario(play):
    books = play.browser()
    with play.step("bryteren gjør siden engelsk"):
        books.open("/inn")
        books.press("English")
        books.heading("Sign in")
        assert books.page.locator("html").get_attribute("lang") == "en"
        books.page.get_by_label("User name").fill("regnskap")
        books.page.get_by_label("Password").fill(play.facts["password"])
        books.press("Sign in")

    with play.step("personen har sitt eget språk, og bytter det"):
        if books.page.locator("html").get_attribute("lang") == "nb":
            books.press("English")
        books.heading("Home")
        expect(card(books, "Hours").get_by_role("button")).to_have_text("Transfer hours")
        expect(card(books, "Customers").get_by_role("button")).to_have_text("Fetch customers now")

    with play.step("ingen norske ord er glemt på sidene"):
        for page in ["Home", "Transfer", "Projects", "Workers", "Hours", "Items", "Customers", "Run log"]:
            books.menu(page)
            books.heading(page)
            own_words(books, page)

    with play.step("språket følger personen til en annen nettleser"):
        other = play.browser()
        other.sign_in("regnskap")
        other.heading("Home")

    with play.step("og tilbake til norsk"):
        other.press("Norsk")
        other.heading("Forside")


def own_words(person, page):
    """What we say ourselves: headings, buttons, labels, notices. The records have the names they have."""
    texts = person.page.locator("main").locator("h1, h2, h3, button, label, th, dt, .notice, .badge, .soft, nav a").all_inner_texts()
    assert texts, page
    forgotten = [text for text in texts if NORWEGIAN.search(text)]
    assert not forgotten, f"{page}: {forgotten[:5]}"
