"""The network goes away while somebody types: it is said, nothing typed is lost, and nothing is left after sign-out."""

from playwright.sync_api import expect


def scenario(play):
    worker = play.telephone()
    comment = worker.page.get_by_label("Kommentar")
    with play.step("uten nett blir siden stående med det som er skrevet"):
        worker.sign_in("arbeider101")
        worker.heading("Før timer")
        worker.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        worker.page.get_by_role("textbox", name="Timer").fill("6,25")
        comment.fill("Grøft ved kaia")
        worker.context.set_offline(True)
        worker.alerts("Ingen nettforbindelse")
        worker.press("Lagre")
        expect(comment).to_have_value("Grøft ved kaia")

    with play.step("en side som ikke kan hentes, sier hvorfor"):
        worker.open("/min")
        worker.heading("Ingen nettforbindelse")
        # The answer is the device's own, and says that the page is not to be had.
        assert all(said.startswith("503 for GET") for said in play.complaints), play.complaints
        play.complaints.clear()
        worker.context.set_offline(False)
        worker.follow("Prøv igjen · Try again")
        worker.heading("Min side")

    with play.step("det som var skrevet, kommer fram igjen og lagres én gang"):
        worker.open("/min/timer")
        worker.says("hentet fram igjen")
        expect(comment).to_have_value("Grøft ved kaia")
        worker.press("Lagre")
        worker.says("Timene er lagret.")
        worker.row("Registrert", "6,25")
        worker.open("/min/timer")
        expect(comment).to_have_value("")

    with play.step("etter utlogging er ingenting igjen på telefonen"):
        comment.fill("Noe mer")
        assert drafts(worker) == 1
        worker.press("Logg ut")
        worker.says("Du er logget ut.")
        assert drafts(worker) == 0
        worker.sign_in("arbeider101")
        worker.heading("Før timer")
        expect(comment).to_have_value("")


def drafts(person):
    return person.page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('ferje-')).length")
