/* Beside writing: words of somebody else or of the last cycle are copied into a field, all lines are ticked at once,
   and what was typed elsewhere on this device and not saved is told. Every page works without it. */
(function () {
  "use strict";

  const PLACE = /^([\w-]+):([A-Z]{3}):([\w.]+)(:\w+)?$/; // what a form of an update is kept under
  const mine = "desk|" + document.body.dataset.person + "|";

  /* Typed rather than set, so that the browser can undo it. */
  function type(field, text) {
    field.focus();
    if (!document.execCommand("insertText", false, text)) {
      field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  document.addEventListener("click", function (event) {
    const button = event.target.closest("[data-copy-to]");
    if (!button) { return; }
    const field = document.getElementById(button.dataset.copyTo), isAdded = !("instead" in button.dataset);
    const text = button.closest(".theirs, details").querySelector(".words").innerText.trim();
    field.setSelectionRange(isAdded ? field.value.length : 0, field.value.length);
    type(field, isAdded && field.value.trim() ? "\n\n" + text : text);
  });

  /* Ctrl+S, as everywhere: saved now, and not after a pause. */
  document.addEventListener("keydown", function (event) {
    const form = document.querySelector("form[data-sparse]");
    if (!form || event.key.toLowerCase() !== "s" || !(event.ctrlKey || event.metaKey) || event.altKey) { return; }
    event.preventDefault();
    if (form.hasAttribute("hx-post")) { htmx.trigger(form, "kept"); } else { form.requestSubmit(); }
  });

  const all = document.querySelector("[data-tick-all]");
  if (all) {
    all.addEventListener("change", function () {
      all.form.querySelectorAll("input[name='row']").forEach(function (one) { one.checked = all.checked; });
    });
  }

  /* What is kept on this device for this person: [where, key], of forms of updates. */
  function kept() {
    let keys = [];
    try { keys = Object.keys(localStorage); } catch (refused) { /* nothing is kept */ }
    return keys.filter(function (key) { return key.startsWith(mine); }).map(function (key) {
      return [key.split("|")[2].match(PLACE), key];
    }).filter(function (pair) { return pair[0]; });
  }

  function textOf(key) {
    try { return JSON.parse(localStorage.getItem(key)).text; } catch (refused) { return ""; }
  }

  const elsewhere = document.querySelector("[data-unsaved]");
  if (elsewhere) {
    const codes = new Map();
    kept().forEach(function (pair) { codes.set(pair[0].slice(1, 4).join("/"), pair[0][3]); });
    codes.forEach(function (code, place) {
      const link = document.createElement("a");
      link.href = "/desk/updates/" + place + "/";
      link.textContent = code;
      elsewhere.append(" ", link);
    });
    elsewhere.hidden = codes.size === 0;
  }

  /* An update that can no longer be written in: what was typed is shown, to be copied. */
  const closed = document.querySelector("[data-kept-of]");
  if (closed) {
    const keys = kept().filter(function (pair) { return pair[0].slice(1, 4).join(":") === closed.dataset.keptOf; });
    const worded = keys.filter(function (pair) { return textOf(pair[1]); });
    worded.forEach(function (pair, place) {
      const box = document.createElement("textarea");
      box.readOnly = true;
      box.rows = 4;
      box.value = textOf(pair[1]);
      box.setAttribute("aria-label", closed.dataset.label + ", " + (place + 1));
      const field = document.createElement("p");
      field.className = "field";
      field.append(box);
      closed.querySelector("[data-forget]").before(field);
    });
    closed.hidden = worded.length === 0;
    closed.querySelector("[data-forget]").addEventListener("click", function () {
      keys.forEach(function (pair) { localStorage.removeItem(pair[1]); });
      closed.remove();
    });
  }
}());
