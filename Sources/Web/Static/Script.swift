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
        """##
}
