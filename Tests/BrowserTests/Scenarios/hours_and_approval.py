"""A worker enters hours on a telephone, and a leader approves them in the office."""

from playwright.sync_api import expect


def scenario(play):
    worker = play.telephone()
    with play.step("arbeideren logger inn på telefonen"):
        worker.sign_in("arbeider101")
        worker.heading("Før timer")
        # The script chooses the project; its button is for those without.
        expect(worker.page.get_by_role("button", name="Velg prosjekt")).to_be_hidden()

    with play.step("tre trykk fører en vanlig dag"):
        worker.page.get_by_label("Arbeidsart").select_option(index=0)
        worker.press("Lagre")
        worker.says("Timene er lagret.")
        worker.row("Registrert", "7,5")
        worker.document_picture("for-timer")

    leader = play.browser()
    with play.step("lederen ser at uken venter på godkjenning"):
        leader.sign_in("leder")
        leader.heading("Forside")
        leader.menu("Timer")
        expect(leader.page.get_by_role("button", name="Godkjenn uken for").first).to_be_visible()
        leader.document_picture("timer")

    with play.step("lederen godkjenner arbeiderens uke"):
        name = worker.page.locator(".band .right").get_by_role("link").last.inner_text()
        leader.press(f"Godkjenn uken for {name}")
        leader.says("godkjent")

    with play.step("arbeideren ser at timene er godkjent"):
        worker.open("/min/timer")
        worker.row("Godkjent", "7,5")
