"""Every page that can be opened, as everybody who may: accessible (WCAG 2.2 AA, as far as axe can tell), nothing logged
as an error, no sideways scrolling on the narrowest telephone, no link that leads nowhere.

Which pages there are is read from the table that the access tests hold against the route table: a new page is opened
here without anybody having to remember, and one that cannot be opened fails until it is named below.
"""

import dataclasses
import re

import accessibility

#: Answers that are not pages.
NOT_PAGES = {
    "/static/{digest}/{name}": "a file",
    "/hendelser": "a stream that does not end",
    "/forside/utsnitt": "a piece of the start page, which is looked at whole",
    "/oppsett/visma-net/kontroll/utsnitt": "a piece of the set-up check, which is looked at whole",
    "/api/v1/openapi.json": "a document for programs",
}

#: What must stand behind a path for it to show something, and more than one state of a page worth a look.
ADDRESSES = {
    "/forhandsvisning": ["/forhandsvisning?jobb=hours", "/forhandsvisning?jobb=withdrawals"],
    "/overforing": ["/overforing", "/overforing?fane=withdrawals"],
    # Secrets that nobody has: what a stranger sees.
    "/oppstart/{hemmelighet}": ["/oppstart/ukjent"],
    "/invitasjon/{hemmelighet}": ["/invitasjon/ukjent"],
}


@dataclasses.dataclass
class Address:
    path: str
    roles: set

    def __post_init__(self):
        parts = [r"[^/?#]+" if part.startswith("{") else re.escape(part) for part in self.path.split("/")]
        self.pattern = re.compile("/".join(parts) + r"(?=$|[?#])")
        self.is_fixed = "{" not in self.path
        # Of one's own work: the office's users of the demonstration have none.
        self.is_own = self.path.startswith("/min/") and not self.is_fixed


def table(facts):
    """The pages of the access table: path and roles; `anyone` is a role here."""
    found = []
    for line in open(facts["accessTable"], encoding="utf-8"):
        words = line.split()
        if words[:1] != ["GET"] or words[2].startswith("key:") or words[1] in NOT_PAGES:
            continue
        found.append(Address(words[1], set(words[2].split(","))))
    return found


def scenario(play):
    addresses = table(play.facts)
    assert len(addresses) > 15, "the access table was not understood"
    # Found by whoever comes first, opened by all who may.
    examples = {path: list(opened) for path, opened in ADDRESSES.items()}
    person = play.browser()
    play.looked_at = set()
    with play.step("arbeideren har en føring som kan endres"):
        person.sign_in("arbeider101")
        person.press("Lagre")
        person.says("Timene er lagret.")
    for role, username in [
        ("administrator", "admin"),
        ("bookkeeper", "regnskap"),
        ("leader", "leder"),
        ("worker", "arbeider101"),
    ]:
        with play.step(f"alle sidene som {role}", ends_all=False):
            person.context.clear_cookies()
            person.sign_in(username)
            mine = [one for one in addresses if role in one.roles and (role == "worker" or not one.is_own)]
            look_at_all(play, person, mine, addresses, examples)
    with play.step("alle sidene uten innlogging", ends_all=False):
        person.context.clear_cookies()
        look_at_all(play, person, [one for one in addresses if "anyone" in one.roles], addresses, examples)


def belonging(link, addresses):
    """The address that answers the link: the one with the fewest parts left open."""
    known = [one for one in addresses if one.pattern.match(link)]
    return min(known, key=lambda one: one.path.count("{"), default=None)


def look_at_all(play, person, wanted, addresses, examples):
    """Opens every wanted page. What says the very same to one who came before is not measured again, but each person's
    first page is, for the frame and its menu."""
    trouble = []
    waiting = [path for one in wanted if one.is_fixed for path in examples.get(one.path, [one.path])]
    waiting += [path for one in wanted if not one.is_fixed for path in examples.get(one.path, [])]
    opened = set()
    while waiting:
        path = waiting.pop(0)
        status = person.open(path)
        if "/bekreft" in person.page.url and not path.startswith("/bekreft"):
            person.page.get_by_label("Passord").fill(play.facts["password"])
            person.press("Bekreft")
            status = 200
        opened.add(belonging(path, wanted).path)
        if status != 200:
            trouble.append(f"{path}: answers {status}")
            continue
        content = accessibility.content(person.page)
        if content not in play.looked_at or len(opened) == 1:
            trouble += accessibility.problems(person.page, path)
        play.looked_at.add(content)
        for link in person.page.eval_on_selector_all("a[href^='/']", "all => all.map(a => a.getAttribute('href'))"):
            one = belonging(link, addresses)
            if one is None and not any(link.startswith(path.split("{")[0]) for path in NOT_PAGES):
                trouble.append(f"{path}: the link {link} leads nowhere")
            if one and not one.is_fixed and one.path not in examples:
                examples[one.path] = [link]
                waiting += [link] if one in wanted else []
    trouble += [f"{one.path}: nothing leads there" for one in wanted if one.path not in opened]
    assert not trouble, "\n".join(dict.fromkeys(trouble))
