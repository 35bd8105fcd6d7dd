/* Shortcuts of one key on the review pages. They lead to a row or a form and send nothing; while somebody types, or with
   a modifier held, they are silent; they can be switched off, and this browser remembers it (WCAG 2.1.4). */
(function () {
  "use strict";

  const KEPT = "desk|shortcuts";
  const panel = document.querySelector("[data-keys]");
  const MOVES = { a: "accept", r: "return", p: "publish", o: "observe" }, WRITTEN = ["return", "observe"];
  if (!panel) { return; }

  const box = panel.querySelector("[data-keys-on]");
  function isOff() {
    try { return localStorage.getItem(KEPT) === "off"; } catch (refused) { return !box.checked; }
  }
  box.checked = !isOff();
  box.addEventListener("change", function () {
    try { localStorage.setItem(KEPT, box.checked ? "on" : "off"); } catch (refused) { /* lasts as long as the page */ }
  });

  function isTyping(target) {
    return target.isContentEditable || target.matches("textarea, select, input:not([type='checkbox']):not([type='radio']):not([type='button']):not([type='submit'])");
  }

  function follow(selector) {
    const link = document.querySelector(selector);
    if (link) { link.click(); }
    return Boolean(link);
  }

  /* From row to row of the list; on the page of one update, to the next or the previous one. */
  function go(step) {
    const rows = Array.from(document.querySelectorAll("[data-row]"));
    if (!rows.length) { return follow(step > 0 ? "[data-next]" : "[data-previous]"); }
    const here = rows.findIndex(function (row) { return row.closest("tr").contains(document.activeElement); });
    const next = here < 0 ? 0 : Math.min(Math.max(here + step, 0), rows.length - 1);
    rows[next].focus();
    return true;
  }

  function tick() {
    const row = document.activeElement && document.activeElement.closest("tr");
    const one = row && row.querySelector("input[name='row']");
    if (one) { one.checked = !one.checked; }
    return Boolean(one);
  }

  /* Open the form and go to what has to be written, or to its button; that press is the reader's own. */
  function open(name) {
    const folded = document.querySelector("details[data-move='" + name + "']");
    if (!folded) { return false; }
    folded.open = true;
    folded.querySelector(WRITTEN.includes(name) ? "textarea" : "button[type='submit']").focus();
    folded.scrollIntoView({ block: "nearest" });
    return true;
  }

  function help() {
    panel.open = !panel.open;
    panel.querySelector("summary").focus();
    return true;
  }

  function act(key) {
    if (key === "?") { return help(); }
    if (key === "j") { return go(1); }
    if (key === "k") { return go(-1); }
    if (key === "x") { return tick(); }
    return key in MOVES && open(MOVES[key]);
  }

  /* From where one writes on to the button: Control or Command and Enter. */
  document.addEventListener("keydown", function (event) {
    const form = event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.form;
    if (form && event.target.matches("textarea") && form.closest("[data-move]")) { form.requestSubmit(); }
  });

  document.addEventListener("keydown", function (event) {
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) { return; }
    if (!box.checked || isTyping(event.target)) { return; }
    if (act(event.key)) { event.preventDefault(); }
  });

  const all = document.querySelector("[data-tick-all]");
  if (all) {
    all.addEventListener("change", function () {
      document.querySelectorAll("input[name='row']").forEach(function (one) { one.checked = all.checked; });
    });
  }
}());
