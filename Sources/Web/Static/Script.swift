/// The little that is nicer with a script; every page works without it.
enum Script {
    static let text = ##"""
        "use strict";
        // A button that has been pressed is not pressed again by an impatient finger.
        document.addEventListener("submit", (event) => {
          const form = event.target;
          if (form.dataset.sent === "yes") { event.preventDefault(); return; }
          form.dataset.sent = "yes";
          setTimeout(() => { delete form.dataset.sent; }, 3000);
        });
        // Tick all rows of a table.
        document.addEventListener("change", (event) => {
          const all = event.target.closest("[data-tick-all]");
          if (!all) return;
          for (const box of document.querySelectorAll(`input[type=checkbox][name="${all.dataset.tickAll}"]`)) {
            box.checked = all.checked;
          }
        });
        // Another project is shown at once; without a script the button beside it does that.
        for (const form of document.querySelectorAll("form[data-choose]")) {
          form.querySelector("button").hidden = true;
          form.addEventListener("change", () => form.requestSubmit());
        }
        // What is under way is asked after until it is over; then the whole page is.
        const poll = document.querySelector("[data-poll]");
        if (poll) {
          const look = async () => {
            const answer = await fetch(poll.dataset.poll, { credentials: "same-origin" });
            if (!answer.ok || answer.redirected) return;
            const news = new DOMParser().parseFromString(await answer.text(), "text/html");
            const line = news.querySelector(".progress");
            if (!news.querySelector("[action$='/avbryt']")) { location.reload(); return; }
            const shown = poll.querySelector(".progress");
            if (line && !shown) { location.reload(); return; }
            if (line && shown.textContent !== line.textContent) shown.textContent = line.textContent;
            setTimeout(look, 2000);
          };
          setTimeout(look, 2000);
        }
        // News of runs: progress as it goes, and the cards anew when a run starts or ends.
        const live = document.querySelector("[data-events]");
        if (live && window.EventSource) {
          const from = () => live.querySelector("[data-from]")?.dataset.from ?? "";
          const stream = new EventSource(`${live.dataset.events}?fra=${from()}`);
          stream.addEventListener("progress", (event) => {
            const news = JSON.parse(event.data);
            const line = live.querySelector(`[data-progress="${news.job}"]`);
            if (line) { line.hidden = false; line.textContent = news.text; }
          });
          stream.addEventListener("changed", async (event) => {
            const said = document.querySelector("[data-said]");
            if (said) said.textContent = JSON.parse(event.data).text;
            // A choice that somebody is making is not taken away.
            if (live.contains(document.activeElement) && document.activeElement.tagName === "SELECT") return;
            const answer = await fetch(live.dataset.fragment, { credentials: "same-origin" });
            if (answer.ok && !answer.redirected) live.innerHTML = await answer.text();
          });
          stream.addEventListener("over", () => { stream.close(); location.reload(); });
        }
        """##
}
