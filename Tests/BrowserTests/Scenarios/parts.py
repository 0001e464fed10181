"""Parts of pages that several scenarios look at."""

import re


def card(person, job):
    """The start page's card of a job."""
    return person.page.locator("section.job").filter(has=person.page.get_by_role("heading", name=re.compile(f"^{job}")))
