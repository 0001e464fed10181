"""From an empty company to a negative line in Visma, by the people who do each part."""

import re

from playwright.sync_api import expect

import accessibility
from driver import RUN
from parts import card


def scenario(play):
    admin = first_administrator(play)
    see_empty_pages(play, admin)
    connect(play, admin)
    check_set_up(play, admin)
    import_lists(play, admin)
    choose_settings(play, admin)
    link_workers(play, admin)
    invite(play, admin)
    worker = enter_hours(play)
    approve(play)
    mend_what_is_stopped(play, admin)
    send(play, admin)
    see_in_visma(play)
    with play.step("arbeideren ser at timene er overført"):
        worker.open("/min")
        worker.row("Overført", "7,5", "PM0")
        worker.document_picture("min-side")
    take_and_return(play, admin, worker)
    sign_in_expires(play, admin)


def first_administrator(play):
    admin = play.browser()
    with play.step("lenken gjør den første til administrator"):
        assert admin.open(play.facts["firstAdministrator"]) == 200
        admin.heading("Velkommen til Ferje")
        admin.page.get_by_label("Navnet ditt").fill("Ada Aas")
        admin.page.get_by_label("Brukernavn").fill("ada")
        admin.page.get_by_label("Passord").fill(play.facts["password"])
        admin.press("Kom i gang")
        admin.heading("Forside")
        admin.shows("Kom i gang")
        admin.document_picture("kom-i-gang")

    with play.step("lenken er brukt opp"):
        stranger = play.browser()
        stranger.open(play.facts["firstAdministrator"])
        stranger.page.get_by_label("Navnet ditt").fill("En Annen")
        stranger.page.get_by_label("Brukernavn").fill("annen")
        stranger.page.get_by_label("Passord").fill(play.facts["password"])
        stranger.press("Kom i gang")
        stranger.alerts("")
        expect(stranger.page).to_have_url(re.compile("/oppstart/"))

    with play.step("ut og inn igjen med passordet"):
        admin.press("Logg ut")
        admin.says("Du er logget ut.")
        admin.sign_in("ada", "feil passord, dessverre")
        admin.alerts("")
        admin.sign_in("ada")
        admin.heading("Forside")
    return admin


def run(person, job, button, sent=None):
    """Presses the button and follows the run on the page until its card tells that all is in order."""
    person.open("/")
    person.press(button, within=card(person, job))
    expect(card(person, job).locator(".badge")).to_have_text("I orden", timeout=RUN)
    if sent is not None:
        expect(figure(person, job, "Sendt sist")).to_have_text(str(sent), timeout=RUN)


def figure(person, job, name):
    return card(person, job).locator(".figures div").filter(has_text=name).locator("dd")


def see_empty_pages(play, admin):
    with play.step("tomme sider sier hva som er første steg, og er tilgjengelige"):
        links = admin.page.locator("nav.menu ul.wide a")
        paths = [link.get_attribute("href") for link in links.all()]
        assert len(paths) > 8, paths
        trouble = []
        for path in paths:
            assert admin.open(path) == 200
            if path in ["/prosjekt", "/arbeidere", "/timer", "/vareuttak", "/kunder", "/kjorelogg"]:
                expect(admin.page.locator(".empty").first).to_have_text(re.compile(r"\w+ \w+"))
            trouble += accessibility.problems(admin.page, path)
        assert not trouble, "\n".join(trouble)
        admin.open("/")


def connect(play, admin):
    with play.step("kom i gang fører til tilkoblingen"):
        admin.follow("Koble til Visma.net")
        admin.heading("Tilkobling til Visma.net")
        admin.picture("tilkobling")

    with play.step("den som avviser hos Visma, får vite at ingenting er koblet til"):
        admin.press("Logg inn hos Visma")
        admin.heading("Logg inn")
        admin.press("Avvis")
        admin.alerts("Tilgangen ble ikke gitt hos Visma, så ingenting er koblet til.")

    with play.step("den som godtar, ser hvilket firma det er før noe kobles til"):
        sign_in_at_visma(admin)
        admin.shows("Er dette riktig firma?", "Fjordbygg Entreprenør AS")
        assert "code=" not in admin.page.url and "state=" not in admin.page.url
        admin.document_picture("riktig-firma")

    with play.step("et ja kobler til"):
        admin.press("Ja, koble til Fjordbygg Entreprenør AS")
        admin.says("Koblet til Fjordbygg Entreprenør AS")
        admin.heading("Kontroll før første import")


def check_set_up(play, admin):
    with play.step("kontrollen leser Visma uten å endre noe, og siden følger med"):
        admin.press("Start kontrollen")
        admin.shows("Ferdig", timeout=RUN)
        admin.follow("Oppdater") if admin.page.get_by_role("link", name="Oppdater").count() else admin.page.reload()

    with play.step("samme nummer med ulikt navn er løftet fram, og får ikke overskrives før noen har huket det av"):
        admin.follow("Varer", within=admin.page.get_by_role("navigation", name="Lister"))
        row = admin.row("Timer i felten")
        expect(row).to_contain_text("Samme nummer, ulikt navn")
        expect(row).to_contain_text("Røres ikke")
        admin.document_picture("kontroll")
        row.get_by_role("checkbox").check()
        admin.press("La de avhukede overskrives")
        expect(admin.row("Timer i felten")).to_contain_text("Får overskrives")
        admin.follow("Gå til første import")


def sign_in_at_visma(admin):
    if admin.page.get_by_role("link", name="Skriv passordet").count():
        admin.follow("Skriv passordet")
        admin.confirm_if_asked()
    admin.press("Logg inn hos Visma")
    admin.page.get_by_label("E-post").fill("ada@fjordbygg.example")
    admin.press("Logg inn og godta")
    admin.heading("Tilkobling til Visma.net")


def choose_settings(play, admin):
    with play.step("kontoer og varenummer velges fra det Visma har"):
        admin.menu("Oppsett")
        admin.follow("Til integrasjon")
        admin.heading("Visma.net")
        admin.press("Les på nytt fra Visma")
        choose(admin, "timer", {"hours.startDate": "2026-01-01", "hours.itemNumber": "TIMER"})
        choose(admin, "timekontoer", {"hours.debitAccount": "5000", "hours.creditAccount": "5990"})
        choose(
            admin,
            "vareuttak",
            {"withdrawals.startDate": "2026-01-01", "withdrawals.itemNumber": "VARE", "withdrawals.task": "90"},
        )
        choose(
            admin,
            "vareuttakskontoer",
            {
                "withdrawals.accountGroup": "4",
                "withdrawals.debitAccount": "4300",
                "withdrawals.creditAccount": "4390",
            },
        )
        admin.document_picture("innstillinger")


def choose(admin, section, values):
    """Fills a section of the settings and saves it."""
    form = admin.page.locator(f"form[action='/oppsett/visma-net/{section}']")
    for name, value in values.items():
        field = form.locator(f"[name='{name}']")
        if field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    admin.press("Lagre", within=form)
    admin.confirm_if_asked()
    admin.says("lagret")


def import_lists(play, admin):
    with play.step("kunder, prosjekt og varer hentes, og siden følger med"):
        for job, button in [
            ("Kunder", "Hent kunder nå"),
            ("Prosjekt", "Hent prosjekt nå"),
            ("Varer", "Hent varer nå"),
        ]:
            run(admin, job, button)

    with play.step("listene viser det Visma har"):
        for page in ["Kunder", "Prosjekt", "Varer"]:
            admin.menu(page)
            admin.heading(page)
            assert admin.page.locator("tbody tr").count() > 5, page
        admin.open("/varer?sok=TIMER")
        assert "Timer i felten" not in admin.row("TIMER").inner_text()


def link_workers(play, admin):
    with play.step("en arbeider lages og kobles til den foreslåtte ansatte"):
        make_worker(admin, "Kari Moe", "1", "kari")
        number = link(admin)
        admin.says("Koblingen er lagret.")
        set_wage(admin)
        admin.row("01.01.2026", "250,50")

    with play.step("en til får timelønn, men ingen kobling"):
        make_worker(admin, "Per Lie", "2", "per")
        set_wage(admin)
        admin.shows("Ikke kobla")

    with play.step("nummeret til en annen arbeider nektes"):
        link(admin, number)
        admin.alerts("Kari Moe")


def make_worker(admin, name, number, username):
    admin.menu("Arbeidere")
    admin.follow("Ny arbeider")
    admin.page.get_by_label("Navn", exact=True).fill(name)
    admin.page.get_by_label(re.compile("^Ansattnummer")).fill(number)
    admin.page.get_by_label(re.compile("^Brukernavn")).fill(username)
    admin.press("+ Opprett")
    admin.heading(name)


def link(admin, number=None):
    """The number, or else the first of the suggestions, which come in order of likeness. Tells the number."""
    number = number or admin.page.locator("#f-visma-list option").first.get_attribute("value")
    admin.page.get_by_label(re.compile("^Visma.net ansattnummer")).fill(number)
    admin.press("Koble arbeideren")
    return number


def set_wage(admin):
    admin.page.get_by_label(re.compile("^Timelønn")).fill("250,50")
    admin.page.get_by_label("Gjelder fra").fill("2026-01-01")
    admin.press("Sett timelønn")
    admin.says("Timelønnen er lagret.")


def invite(play, admin):
    play.invitations = {}
    with play.step("arbeiderne inviteres med en lenke hver, og lederen med sin rolle"):
        for username in ["kari", "per"]:
            admin.menu("Brukere")
            waiting = admin.page.locator("section.attention li").filter(has_text=f"({username})")
            admin.follow("Inviter", within=waiting)
            make_invitation(play, admin, username)
        admin.menu("Brukere")
        admin.follow("Inviter bruker")
        admin.page.get_by_label("Navn", exact=True).fill("Lars Ås")
        admin.page.get_by_label("Brukernavn").fill("lars")
        admin.page.get_by_label("Rolle").select_option("leader")
        make_invitation(play, admin, "lars")
        admin.menu("Brukere")
        admin.row("Lars Ås", "Leder", "Invitert")


def make_invitation(play, admin, username):
    admin.press("Lag invitasjon")
    admin.confirm_if_asked()
    play.invitations[username] = admin.page.get_by_label("Lenken").input_value()
    admin.follow("Ferdig")


def accept(play, person, username):
    person.open(play.invitations[username])
    person.page.get_by_label("Velg et passord").fill(play.facts["password"])
    person.press("Kom i gang")


def enter_hours(play):
    for name in ["kari", "per"]:
        worker = play.telephone()
        with play.step(f"{name} velger passord og fører en vanlig dag på telefonen"):
            accept(play, worker, name)
            worker.heading("Før timer")
            worker.press("Lagre")
            worker.says("Timene er lagret.")
            worker.row("Registrert", "7,5")
        play.workers = {**getattr(play, "workers", {}), name: worker}
    return play.workers["kari"]


def approve(play):
    leader = play.browser()
    with play.step("lederen godkjenner uken til begge"):
        accept(play, leader, "lars")
        leader.menu("Timer")
        for name in ["Kari Moe", "Per Lie"]:
            leader.press(f"Godkjenn uken for {name}")
            leader.says("godkjent")

    with play.step("lederen ser ikke timelønn"):
        leader.menu("Arbeidere")
        leader.row("Kari Moe")
        assert "250,50" not in leader.page.inner_text("main")


def mend_what_is_stopped(play, admin):
    with play.step("én linje er stoppet, med grunn og knapp"):
        admin.menu("Overføring")
        admin.press("Les på nytt fra Visma")
        row = admin.row("Per Lie", "Stoppet")
        expect(row).to_contain_text("mangler Visma.net ansattnummer")
        expect(admin.page.locator("tbody tr").filter(has_text="Stoppet")).to_have_count(1)
        play.period = re.search(r"\d\d-\d{4}", admin.row("Kari Moe", "Klar").inner_text()).group()
        admin.document_picture("overforing-stoppet")

    with play.step("knappen fører til arbeideren, der det rettes"):
        admin.follow("Koble arbeideren", within=row)
        admin.heading("Per Lie")
        link(admin)
        admin.says("Koblingen er lagret.")
        admin.menu("Overføring")
        admin.row("Per Lie", "Klar")


def send(play, admin):
    with play.step("forhåndsvisningen viser akkurat de to linjene, i perioden som velges"):
        admin.open("/")
        admin.follow("Forhåndsvis", within=card(admin, "Timer"), exact=False)
        admin.heading("Forhåndsvisning: Timer")
        admin.page.get_by_label("Periode").select_option(label=play.period)
        admin.press("Vis")
        for name in ["Kari Moe", "Per Lie"]:
            row = admin.row(name)
            expect(row).to_contain_text("7,5")
            expect(row).to_contain_text("1\u00a0878,75")
        admin.shows("1 dokument, 3\u00a0757,50 kr i alt.")
        admin.document_picture("forhandsvisning")

    with play.step("de som ble sett, sendes"):
        admin.press("Send disse 2 linjene")
        admin.heading("Forside")
        expect(card(admin, "Timer").locator(".badge")).to_have_text("I orden", timeout=RUN)
        admin.menu("Overføring")
        admin.row("Kari Moe", "Overført")


def see_in_visma(play):
    with play.step("sandkassens side viser linjene"):
        visma = play.browser()
        visma.open(play.facts["sandbox"])
        visma.page.get_by_role("row").filter(has_text="3\u00a0757,50").get_by_role("link").first.click()
        visma.row("Grete Solberg", "7,5 TIMER", "250,50")
        visma.row("Gunn Aase", "7,5 TIMER", "250,50")


def take_and_return(play, admin, worker):
    with play.step("arbeideren tar ut varer på telefonen"):
        worker.follow("Vareuttak")
        worker.heading("Vareuttak")
        item = worker.page.locator("ul.picks a").first
        play.item = item.locator("strong").inner_text()
        item.click()
        worker.page.get_by_label(re.compile("^Antall")).fill("4")
        worker.document_picture("vareuttak-telefon")
        worker.press("Lagre")
        worker.says("Lagret: 4")

    with play.step("vareuttaket overføres"):
        run(admin, "Vareuttak", "Overfør vareuttak", sent=1)
        admin.menu("Vareuttak")
        admin.row(play.item, "Fakturert")

    with play.step("linjen er låst, og retur er måten å rette den på"):
        worker.open("/min/vareuttak")
        worker.follow(f"Returner {play.item}")
        worker.shows("Bruk retur for å rette den.")
        worker.page.get_by_label("Antall som kommer tilbake").fill("5")
        worker.press("Lagre retur")
        worker.shows(re.compile("Høyst|mer enn"))
        worker.page.get_by_label("Antall som kommer tilbake").fill("1,5")
        worker.press("Lagre retur")
        worker.says("Returen er lagret.")

    with play.step("returen går som en negativ linje"):
        admin.open("/forhandsvisning?jobb=withdrawals")
        admin.row(play.item, "-1,5")
        admin.press("Send denne linjen")
        # The badge told of the run before; nothing is ready any more when this one is over.
        expect(figure(admin, "Vareuttak", "Klare")).to_have_text("0", timeout=RUN)
        expect(card(admin, "Vareuttak").locator(".badge")).to_have_text("I orden", timeout=RUN)
        admin.menu("Overføring")
        admin.follow("Vareuttak", within=admin.page.get_by_role("navigation", name="Slag"))
        expect(admin.page.locator("tbody tr").filter(has_text="Overført")).to_have_count(2)

    with play.step("Visma har begge linjene, den ene negativ"):
        lines = [line for document in play.ledger()["documents"] for line in document["lines"]]
        quantities = sorted(float(line["quantity"]) for line in lines)
        assert quantities == [-1.5, 4, 7.5, 7.5], quantities


def sign_in_expires(play, admin):
    with play.step("en innlogging som ikke gjelder lenger, sies på forsiden med hvem som kan rette den"):
        play.faults({"kind": "F30", "path": "/v1/customer"})
        admin.open("/")
        admin.press("Hent kunder nå")
        failed = card(admin, "Kunder").locator(".notice.stop")
        expect(failed).to_contain_text("Innloggingen til Visma gjelder ikke lenger.", timeout=RUN)
        expect(failed).to_contain_text("Administrator kan rette")
        play.faults()
        admin.document_picture("innlogging-utlopt")

    with play.step("knappen fører dit det rettes, og etterpå går alt av seg selv"):
        admin.follow("Koble til på nytt", within=failed)
        admin.shows("Må kobles til på nytt")
        sign_in_at_visma(admin)
        admin.press("Ja, koble til Fjordbygg Entreprenør AS")
        admin.says("Koblet til")
        run(admin, "Kunder", "Hent kunder nå")
