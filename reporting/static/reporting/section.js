/* Writing in a section of a report: figures and citations are put into the passage, the section is taken by writing and
   left with its page. What is typed is kept by desk.js. The page works without either. */
(function () {
  "use strict";

  const IDLE = 10 * 60 * 1000; // so long without a key or a press, and a section is no longer held
  const told = document.getElementById("inserted");
  let written = null; // the field that was written in last
  let active = Date.now();

  // --- Whose the section is -------------------------------------------------------------------

  /* It is taken by going into one of its fields, held while somebody is at work, and let go when they have been idle for
     a while, though the page stays open. */
  function seat() { return document.querySelector("#seat[hx-post]"); }

  function isOwn() { return document.querySelector("[data-seat='own']") !== null; }

  document.addEventListener("focusin", function (event) {
    if (event.target.matches(".editor-words textarea")) { written = event.target; }
    const isField = event.target.matches(".editor-words textarea, .editor-words input, .editor-words select");
    if (isField && seat() && !isOwn()) { htmx.trigger(seat(), "take"); }
  });

  ["keydown", "pointerdown"].forEach(function (name) {
    document.addEventListener(name, function () { active = Date.now(); }, true);
  });

  document.addEventListener("htmx:beforeRequest", function (event) {
    const asked = event.detail.requestConfig;
    if (event.target !== seat() || asked.triggeringEvent && asked.triggeringEvent.type === "take") { return; }
    if (!isOwn() || Date.now() - active > IDLE) { event.preventDefault(); }
  });

  window.addEventListener("pagehide", function () {
    if (!seat() || !isOwn()) { return; }
    const words = new FormData();
    words.append("csrfmiddlewaretoken", seat().dataset.token);
    words.append("beacon", "1");
    navigator.sendBeacon(seat().dataset.leave, words);
  });

  // --- Figures and citations ------------------------------------------------------------------

  /* As if it had been typed: it is kept, and saved. */
  function changed(field) { field.dispatchEvent(new Event("input", { bubbles: true })); }

  function boxesOf(form) { return Array.from(form.querySelectorAll("input[name='cites']")); }

  function name(more, update) {
    if (!more.value.split(/[\s,]+/).includes(update)) { more.value = (more.value + " " + update).trim(); }
  }

  function cite(update) {
    const form = written && document.contains(written) ? written.form
      : document.querySelector(".editor-words form[data-keep]");
    if (!form) { return; }
    const box = boxesOf(form).find(function (one) { return one.value === update; }), field = box || form.elements.more;
    if (box) { box.checked = true; } else { name(field, update); }
    field.closest("details").open = true;
    changed(field);
    told.textContent = told.dataset.cited + " " + update;
  }

  function insert(text) {
    if (written && document.contains(written)) {
      written.setRangeText(text, written.selectionStart, written.selectionEnd, "end");
      written.focus();
      changed(written);
    } else if (navigator.clipboard) {
      navigator.clipboard.writeText(text).then(function () { told.textContent = told.dataset.copied; });
    }
  }

  document.addEventListener("click", function (event) {
    const figure = event.target.closest("[data-insert]"), citation = event.target.closest("[data-cite]");
    if (figure) { insert(figure.dataset.insert); }
    if (citation) { cite(citation.dataset.cite); }
  });

  /* A citation ticked while other updates stood beside, and not saved, has no box now: it goes on by its name. */
  function restoreCitations(form) {
    const start = ["desk", document.body.dataset.person, form.dataset.keep, "cites="].join("|");
    const shown = boxesOf(form).map(function (box) { return start + box.value; });
    Object.keys(localStorage).filter(function (key) { return key.startsWith(start); }).forEach(function (key) {
      if (shown.includes(key)) { return; }
      const kept = JSON.parse(localStorage.getItem(key));
      localStorage.removeItem(key);
      if (!kept || !kept.text || kept.sent) { return; }
      name(form.elements.more, key.slice(start.length));
      changed(form.elements.more);
    });
  }

  document.addEventListener("htmx:load", function (event) {
    event.detail.elt.querySelectorAll(".editor-words form[data-keep]").forEach(function (form) {
      if (form.elements.more) { restoreCitations(form); }
    });
  });
}());
