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
            const [line, shown] = [news, poll].map((place) => place.querySelector(".progress"));
            if (!line || !shown) { location.reload(); return; }
            if (shown.textContent !== line.textContent) shown.textContent = line.textContent;
            setTimeout(look, 2000);
          };
          setTimeout(look, 2000);
        }
        // News of runs: progress as it goes, and the cards anew when a run starts or ends.
        const live = document.querySelector("[data-events]");
        if (live && window.EventSource) {
          const from = () => live.querySelector("[data-from]")?.dataset.from ?? "";
          // A button that is being pressed is not taken away: what is new waits until it is let go.
          let isPressed = false;
          let fresh = null;
          const show = () => {
            if (isPressed || fresh === null) return;
            live.innerHTML = fresh;
            fresh = null;
          };
          for (const start of ["pointerdown", "keydown"]) addEventListener(start, () => { isPressed = true; });
          for (const end of ["pointerup", "pointercancel", "keyup", "blur"]) {
            // After the click that it makes.
            addEventListener(end, () => setTimeout(() => { isPressed = false; show(); }));
          }
          const listen = () => {
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
              if (answer.ok && !answer.redirected) fresh = await answer.text();
              show();
            });
            stream.addEventListener("over", () => { stream.close(); location.reload(); });
            // Turned away, because pages just left still count: the browser itself would give up for good.
            stream.addEventListener("error", () => {
              if (stream.readyState === EventSource.CLOSED) setTimeout(listen, 5000);
            });
          };
          listen();
        }
        // Without network nothing is sent: the page stays, with what was typed, and says so.
        const words = document.body.dataset;
        const main = document.querySelector("main");
        const offlineNotice = document.createElement("p");
        offlineNotice.className = "notice stop";
        offlineNotice.setAttribute("role", "alert");
        const showNetwork = () => {
          if (navigator.onLine || !words.offline) { offlineNotice.remove(); return; }
          offlineNotice.textContent = words.offline;
          main?.querySelector("h1")?.after(offlineNotice);
        };
        addEventListener("online", showNetwork);
        addEventListener("offline", showNetwork);
        showNetwork();
        document.addEventListener("submit", (event) => {
          if (navigator.onLine || !words.offline || event.target.action.endsWith("/ut")) return;
          event.preventDefault();
          event.stopImmediatePropagation();
          showNetwork();
          offlineNotice.scrollIntoView({ block: "center" });
        }, true);
        // What is typed is kept on this device until it has been sent: only what a person changed, under the user's id.
        const draftName = "ferje-draft ";
        const forgetDrafts = (isOver) => {
          for (const key of Object.keys(localStorage)) {
            if (key.startsWith(draftName) && isOver(key)) localStorage.removeItem(key);
          }
        };
        const readDraft = (key) => {
          try { return JSON.parse(localStorage.getItem(key) ?? ""); } catch { return null; }
        };
        const keepDraft = (key, draft) => {
          try { localStorage.setItem(key, JSON.stringify(draft)); } catch { /* a full or forbidden store keeps nothing */ }
        };
        const rightNow = () => performance.timeOrigin + performance.now();
        const isTyped = (field) => field.name && !["hidden", "password", "submit"].includes(field.type);
        try {
          const oldest = rightNow() - 3 * 24 * 3600 * 1000;
          const saved = document.querySelector(".notice.good[role=status]");
          forgetDrafts((key) => {
            const draft = readDraft(key);
            const isOthers = words.user && !key.startsWith(draftName + words.user + " ");
            return !draft || !(draft.at > oldest) || isOthers || (saved && draft.sent);
          });
          for (const form of document.querySelectorAll("form[data-draft]")) {
            const key = draftName + form.dataset.draft;
            // The form's own name goes along: one that did arrive is not registered a second time.
            const name = form.querySelector("input[name=skjema]");
            const draft = readDraft(key) ?? { fields: {} };
            const isWaiting = Object.keys(draft.fields).length > 0;
            if (isWaiting && !document.querySelector(".wrong, [role=alert].stop:not(:empty)")) {
              for (const [field, value] of Object.entries(draft.fields)) {
                const input = form.elements.namedItem(field);
                if (!(input instanceof HTMLElement) || !isTyped(input)) continue;
                if (input.type === "checkbox") input.checked = value === true; else if (typeof value === "string") input.value = value;
                const fold = input.closest("details");
                if (fold && value) fold.open = true;
              }
              if (name && draft.name) name.value = draft.name;
              const told = document.createElement("p");
              told.className = "notice waiting";
              told.setAttribute("role", "status");
              const discard = document.createElement("button");
              discard.type = "button";
              discard.textContent = words.discard ?? "";
              discard.addEventListener("click", () => { localStorage.removeItem(key); location.reload(); });
              told.append(words.restored ?? "", " ", discard);
              form.prepend(told);
            }
            const note = (event) => {
              const field = event.target;
              if (!isTyped(field)) return;
              draft.fields[field.name] = field.type === "checkbox" ? field.checked : field.value;
              Object.assign(draft, { at: rightNow(), name: name?.value, sent: false });
              keepDraft(key, draft);
            };
            form.addEventListener("input", note);
            form.addEventListener("change", note);
            form.addEventListener("submit", () => {
              if (Object.keys(draft.fields).length > 0) keepDraft(key, Object.assign(draft, { sent: true }));
            });
          }
          document.querySelector('form[action="/ut"]')?.addEventListener("submit", () => forgetDrafts(() => true));
        } catch { /* without a store the pages work as they do without a script */ }
        if (words.user && navigator.serviceWorker) {
          navigator.serviceWorker.register("\##(StaticFiles.serviceWorker.address)", { scope: "/" }).catch(() => {});
        }
        """##
}
