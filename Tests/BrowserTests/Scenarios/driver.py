"""What every scenario has: Chromium, named steps, and a picture and the text of the page where a step failed.

A scenario is a file with a function `scenario(b)`. Each step is told on a line of JSON of its own; the Swift test reads
them. What a page logs as an error, and what the content security policy stops, fails the step in which it happened.
"""

import contextlib
import importlib
import json
import os
import pathlib
import re
import sys
import time
import traceback
import urllib.request

from playwright.sync_api import expect, sync_playwright

DESK = {"width": 1280, "height": 900}
TELEPHONE = {"width": 390, "height": 844}

#: Waiting for a page; the machine may be busy with the other tests.
PAGE = 30_000
#: Waiting for a run of a job.
RUN = 90_000


expect.set_options(timeout=PAGE)


class Failed(Exception):
    """A step failed, and it has been told."""


class Browser:
    """One person's browser: a window, its cookies, and what its pages complained of."""

    def __init__(self, play, chromium, facts, size, script):
        self.play = play
        self.facts = facts
        self.context = chromium.new_context(
            viewport=size, locale="nb-NO", timezone_id="Europe/Oslo", java_script_enabled=script, accept_downloads=True
        )
        self.context.set_default_timeout(PAGE)
        self.page = self.context.new_page()
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: play.complain(f"script: {error}"))
        self.page.on("response", self._response)

    def _console(self, message):
        # A page that answers 403 or 422 on purpose is logged too; _response looks at the answers.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.play.complain(f"console: {message.text} ({self.page.url})")

    def _response(self, response):
        # A person who opens pages as fast as this has more streams than a session may; the page asks again.
        if response.status == 429 and "/hendelser" in response.url:
            return
        is_page = response.request.resource_type == "document"
        if response.status >= 500 or (response.status >= 400 and not is_page):
            self.play.complain(f"{response.status} for {response.request.method} {response.url}")

    def open(self, path):
        """Opens a path of Ferje, or a whole address."""
        answer = self.page.goto(path if "://" in path else self.facts["pages"] + path)
        return answer.status if answer else 0

    def sign_in(self, username, password=None):
        self.open("/inn")
        self.page.get_by_label("Brukernavn").fill(username)
        self.page.get_by_label("Passord").fill(password or self.facts["password"])
        self.press("Logg inn")

    def press(self, name, within=None, exact=True):
        (within or self.page).get_by_role("button", name=name, exact=exact).click()

    def follow(self, name, within=None, exact=True):
        (within or self.page).get_by_role("link", name=name, exact=exact).first.click()

    def menu(self, name):
        """The main menu, which is folded on a narrow screen."""
        menu = self.page.get_by_role("navigation", name=re.compile("Hovedmeny|Main menu"))
        fold = menu.locator("summary")
        if fold.is_visible():
            fold.click()
        menu.get_by_role("link", name=name, exact=True).locator("visible=true").click()

    def confirm_if_asked(self):
        """Some changes want the password again when it was not shown lately."""
        if self.page.get_by_role("heading", level=1).inner_text() == "Bekreft at det er deg":
            self.page.get_by_label("Passord").fill(self.facts["password"])
            self.press("Bekreft")

    def heading(self, name):
        expect(self.page.get_by_role("heading", level=1)).to_have_text(name)

    def shows(self, *texts, within=None, timeout=None):
        """Each text or pattern stands on the page where a person sees it."""
        for text in texts:
            place = (within or self.page).get_by_text(text).locator("visible=true").first
            expect(place).to_be_visible(timeout=timeout or PAGE)

    def says(self, text):
        """What the last press led to, above everything else."""
        expect(self.page.get_by_role("status").filter(has_text=text).first).to_be_visible()

    def alerts(self, text):
        expect(self.page.get_by_role("alert").filter(has_text=text).first).to_be_visible()

    def row(self, *texts):
        """The first row of a table that has all the texts."""
        rows = self.page.locator("tbody tr")
        for text in texts:
            rows = rows.filter(has_text=text)
        expect(rows.first).to_be_visible()
        return rows.first

    def again_until(self, holds, name="Oppdater"):
        """For pages that do not follow by themselves: presses their link until it holds."""
        deadline = time.monotonic() + RUN / 1000
        while not holds():
            assert time.monotonic() < deadline, "in time"
            self.page.wait_for_timeout(500)
            self.follow(name)

    def picture(self, name, whole=False):
        """For people who look at the tests; with FERJE_PICTURES also for the documents."""
        self.page.screenshot(path=self.play.folder / f"{name}.png", full_page=whole)

    def document_picture(self, name, whole=False):
        self.picture(name, whole)
        if self.play.documents:
            self.page.screenshot(path=self.play.documents / f"{name}.png", full_page=whole)


class Play:
    """A scenario under way."""

    def __init__(self, facts, chromium):
        self.facts = facts
        self.chromium = chromium
        self.folder = pathlib.Path(facts["folder"])
        self.documents = pathlib.Path(os.environ["FERJE_PICTURES"]) if os.environ.get("FERJE_PICTURES") else None
        self.complaints = []
        self.browsers = []
        self.steps = 0
        self.sources = {str(one) for one in pathlib.Path(__file__).parent.glob("*.py")} - {__file__}

    def browser(self, size=None, script=True):
        made = Browser(self, self.chromium, self.facts, size or DESK, script)
        self.browsers.append(made)
        return made

    def telephone(self, script=True):
        return self.browser(TELEPHONE, script)

    def complain(self, text):
        self.complaints.append(text)

    @contextlib.contextmanager
    def step(self, name, ends_all=True):
        """What is done inside is one step; when it fails the scenario ends, unless the next steps do not need it."""
        self.steps += 1
        began = time.monotonic()
        try:
            yield
            assert not self.complaints, "; ".join(self.complaints)
        except Exception as error:
            # The rest is the whole page, which is kept beside its picture.
            told = "\n".join((str(error) or repr(error)).splitlines()[:8])
            at = traceback.extract_tb(error.__traceback__)
            told += "".join(f"\nat {one.name}:{one.lineno}: {one.line}" for one in at if one.filename in self.sources)
            told += "".join(f"\ncomplaint: {one}" for one in self.complaints if one not in told)
            self.tell(step=name, failed=told, seen=[self._keep(b, number) for number, b in enumerate(self.browsers)])
            self.complaints.clear()
            if ends_all:
                raise Failed from error
            return
        self.tell(step=name, seconds=round(time.monotonic() - began, 2))

    def _keep(self, browser, number):
        """The picture and the text of the page, in files."""
        place = self.folder / f"failed-{self.steps}-{number}"
        with contextlib.suppress(Exception):
            browser.page.screenshot(path=place.with_suffix(".png"), full_page=True)
            place.with_suffix(".txt").write_text(f"{browser.page.url}\n\n{browser.page.inner_text('body')}\n")
        return str(place.with_suffix(".png"))

    def tell(self, **what):
        print(json.dumps(what, ensure_ascii=False), flush=True)

    # The far shore, as its owner sees it: the product never looks here.

    def faults(self, *rules):
        self._ask("PUT", "/sandbox/faults", list(rules))

    def ledger(self):
        return self._ask("GET", "/sandbox/ledger")

    def _ask(self, method, path, content=None):
        request = urllib.request.Request(
            self.facts["sandbox"] + path, method=method, data=None if content is None else json.dumps(content).encode()
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)


def main():
    facts = json.loads(os.environ["FERJE_SCENARIO"])
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=facts["chromium"], args=["--no-sandbox", "--disable-dev-shm-usage"])
        play = Play(facts, chromium)
        try:
            importlib.import_module(sys.argv[1]).scenario(play)
            play.tell(done=play.steps)
        except Failed:
            return 1
        finally:
            chromium.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
