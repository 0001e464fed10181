"""Many stopped lines are mended at once from the board, hours are approved in two steps, and what has gone is corrected."""

from playwright.sync_api import expect


def stopped(person, reason):
    """The board with the form that mends all lines with one reason."""
    person.menu("Overføring")
    reasons = person.page.locator("section.attention li").filter(has_text=reason)
    reasons.get_by_role("link").last.click()
    return person.page.locator("#rett form")


def scenario(play):
    admin = play.browser()
    with play.step("alle linjene til en som mangler nummer, kobles på én gang"):
        admin.sign_in("admin")
        admin.heading("Forside")
        form = stopped(admin, "ansattnummer")
        admin.picture("kobling")
        number = form.locator("datalist option").first.get_attribute("value")
        form.locator("input[list]").first.fill(number)
        admin.press("Koble arbeiderne", within=form)
        admin.confirm_if_asked()
        expect(admin.page.get_by_role("status").first).to_contain_text("klar")
        admin.picture("koblet")

    leader = play.browser()
    with play.step("linjene på en arbeidsart som aldri går til Visma, får en oppgave"):
        leader.sign_in("leder")
        leader.heading("Forside")
        form = stopped(leader, "Proresult-arbeidsart")
        form.locator("select").first.select_option(index=1)
        leader.press("Velg annen arbeidsart", within=form)
        expect(leader.page.get_by_role("status").first).to_contain_text("klar")
        leader.picture("arbeidsart")

    with play.step("fravær er ikke stoppet, det overføres ikke"):
        leader.menu("Overføring")
        leader.follow("Overføres ikke", exact=False)
        row = leader.row("Fravær overføres ikke.")
        expect(row).not_to_contain_text("kan rette")

    with play.step("firmaet går over til to steg"):
        admin.open("/oppsett/timer")
        admin.page.get_by_label("Antall godkjenningssteg for timer").select_option("2")
        admin.press("Lagre")
        admin.confirm_if_asked()
        admin.says("Lagret.")

    worker = play.telephone()
    with play.step("en arbeider fører en dag"):
        worker.sign_in("arbeider101")
        worker.page.get_by_label("Arbeidsart").select_option(index=0)
        worker.press("Lagre")
        worker.says("Timene er lagret.")
        name = worker.page.locator(".band .right").get_by_role("link").last.inner_text()

    with play.step("etter lederens ja venter timene på en til"):
        leader.menu("Timer")
        leader.press(f"Godkjenn uken for {name}")
        leader.says("godkjent")
        worker.open("/min/timer")
        worker.row("trinn 1", "7,5")
        leader.follow(name)
        row = leader.row("trinn 1")
        expect(row).to_contain_text("Venter på en annens godkjenning")
        expect(row.get_by_role("button", name="Godkjenn")).to_have_count(0)
        leader.picture("trinn-1", whole=True)

    with play.step("en annen gir det andre"):
        admin.menu("Timer")
        admin.press(f"Godkjenn uken for {name}")
        admin.says("godkjent")
        worker.open("/min/timer")
        worker.row("Godkjent", "7,5")

    with play.step("timer som er overført, er låst, og rettes med to nye føringer"):
        leader.menu("Timer")
        leader.follow(name)
        leader.follow("Forrige uke")  # of this week nothing has gone on a Monday
        leader.row("overført").get_by_role("link").first.click()
        leader.shows("Timene er overført og låst.")
        leader.picture("overfort", whole=True)
        leader.page.get_by_role("textbox", name="Timer (valgfritt)", exact=True).fill("6")
        leader.page.get_by_label("Fakturerbare timer").fill("")
        leader.press("Lagre rettelsen")
        leader.says("Rettelsen er lagret.")
        leader.picture("rettet", whole=True)

    with play.step("også rettelsen venter på en annen"):
        leader.shows("godkjent i trinn 1")
