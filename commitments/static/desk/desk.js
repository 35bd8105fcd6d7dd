/* What scripts add to the desk: what is typed is kept on this device until it is saved, figures are put into the text,
   and a section is left when its page is. Every page works without it. */
(function () {
  "use strict";

  const said = document.body.dataset;
  const RETRY = 15000;
  let written = null; // the field that was written in last

  document.documentElement.classList.add("scripted");

  // --- What is typed, kept on this device -----------------------------------------------------

  function keyOf(form, field) {
    return ["desk", said.person, form.dataset.keep, field.name].join("|");
  }

  function keptFields(form) {
    return Array.from(form.elements).filter(function (field) {
      return (field.tagName === "TEXTAREA" || (field.tagName === "INPUT" && field.type === "text")) && !field.readOnly;
    });
  }

  function read(key) {
    try { return JSON.parse(localStorage.getItem(key)); } catch (refused) { return null; }
  }

  function write(key, value) {
    try { localStorage.setItem(key, JSON.stringify(value)); } catch (refused) { /* full or forbidden: nothing is kept */ }
  }

  function forget(key) {
    try { localStorage.removeItem(key); } catch (refused) { /* nothing was kept */ }
  }

  function versionOf(form) {
    return form.elements.version ? form.elements.version.value : "";
  }

  function sign(form, text, isLost) {
    const place = form.querySelector(".saved");
    if (place) {
      place.textContent = text;
      place.classList.toggle("lost", Boolean(isLost));
    }
    return place;
  }

  function keep(field) {
    const form = field.form;
    write(keyOf(form, field), { text: field.value, version: versionOf(form), sent: false });
    if (form.hasAttribute("hx-post")) { sign(form, said.typing); }
  }

  /* What was typed and not saved comes back, upon the version that it was typed on: if somebody has saved since,
     the page then shows both. */
  function restore(form) {
    let back = false;
    keptFields(form).forEach(function (field) {
      const kept = read(keyOf(form, field));
      if (!kept) { return; }
      const isOpen = form.querySelector(".theirs, .errorlist") !== null; // shown again: nothing is saved yet
      if (kept.text === field.value) {
        if (!isOpen) { forget(keyOf(form, field)); }
        return;
      }
      field.value = kept.text;
      if (form.elements.version && kept.version && !isOpen) { form.elements.version.value = kept.version; }
      const folded = field.closest("details");
      if (folded) { folded.open = true; }
      back = true;
    });
    if (back) {
      sign(form, said.back, true);
      if (form.hasAttribute("hx-post")) { htmx.trigger(form, "kept"); }
    }
  }

  function restoreWithin(part) {
    if (part.matches && part.matches("form[data-keep]")) { restore(part); }
    part.querySelectorAll("form[data-keep]").forEach(restore);
  }

  /* Saved: what is in the field as it was sent need not be kept any longer. */
  function saved(form, sent) {
    keptFields(form).forEach(function (field) {
      const kept = read(keyOf(form, field));
      if (!kept) { return; }
      if (sent(field.name) === field.value) { forget(keyOf(form, field)); } else { keep(field); }
    });
  }

  function isUnsaved(form) {
    return keptFields(form).some(function (field) { return read(keyOf(form, field)) !== null; });
  }

  function retry() {
    document.querySelectorAll("form[data-keep][hx-post]").forEach(function (form) {
      if (isUnsaved(form) && form.querySelector(".saved.lost")) { htmx.trigger(form, "kept"); }
    });
  }

  function tellSignedOut(form) {
    const place = sign(form, said.signedOut + " ", true);
    const link = document.createElement("a");
    link.href = "/accounts/login/?next=" + encodeURIComponent(location.pathname + location.search);
    link.textContent = said.signIn;
    if (place) { place.append(link); }
  }

  document.addEventListener("input", function (event) {
    const field = event.target;
    if (field.form && field.form.dataset.keep && keptFields(field.form).includes(field)) { keep(field); }
  });

  /* A form sent as a page: what it held is let go once a page has come back that says it is done. */
  document.addEventListener("submit", function (event) {
    const form = event.target;
    if (!form.dataset.keep || form.hasAttribute("hx-post")) { return; }
    keptFields(form).forEach(function (field) {
      const kept = read(keyOf(form, field));
      if (kept) { write(keyOf(form, field), Object.assign(kept, { sent: true })); }
    });
  });

  /* Before anything is put back: the page says that what was sent is done. */
  function letGo() {
    const mine = ["desk", said.person].join("|");
    Object.keys(localStorage).filter(function (key) { return key.startsWith(mine); }).forEach(function (key) {
      const kept = read(key);
      if (kept && kept.sent) { forget(key); }
    });
  }

  if (document.querySelector(".desk-messages .alert-success")) { letGo(); }

  // --- Saving by itself -----------------------------------------------------------------------

  document.addEventListener("htmx:beforeRequest", function (event) {
    if (event.target.matches("form[data-keep]")) { sign(event.target, said.saving); }
  });

  document.addEventListener("htmx:beforeSwap", function (event) {
    if (/^\s*<!doctype/i.test(event.detail.xhr.responseText)) { event.detail.shouldSwap = false; }
  });

  document.addEventListener("htmx:afterRequest", function (event) {
    const form = event.target, asked = event.detail;
    if (!form.matches || !form.matches("form[data-keep]")) { return; }
    if (asked.successful) {
      const place = form.querySelector(".saved");
      if (place) { place.classList.remove("lost"); }
      const sent = asked.requestConfig.parameters;
      saved(form, function (name) { return sent[name]; });
    } else if (asked.xhr.status === 0) {
      sign(form, said.lost, true);
    } else if (asked.xhr.status === 401) {
      tellSignedOut(form);
    } else if (/^\s*<!doctype/i.test(asked.xhr.responseText) || asked.xhr.status >= 500) {
      sign(form, said.notSaved, true);
    }
  });

  document.addEventListener("htmx:load", function (event) { restoreWithin(event.detail.elt); });

  // --- Figures, seats, summaries ----------------------------------------------------------------

  document.addEventListener("focusin", function (event) {
    if (event.target.matches(".editor-words textarea")) { written = event.target; }
  });

  function insert(button) {
    const text = button.dataset.insert;
    if (written && document.contains(written)) {
      written.setRangeText(text, written.selectionStart, written.selectionEnd, "end");
      written.focus();
      written.dispatchEvent(new Event("input", { bubbles: true }));
    } else if (navigator.clipboard) {
      navigator.clipboard.writeText(text).then(function () {
        document.getElementById("inserted").textContent = said.copied;
      });
    }
  }

  document.addEventListener("click", function (event) {
    const button = event.target.closest("[data-insert]");
    if (button) { insert(button); }
  });

  window.addEventListener("pagehide", function () {
    const seat = document.querySelector("[data-leave]");
    if (!seat || !document.querySelector("[data-seat='own']")) { return; }
    const words = new FormData();
    words.append("csrfmiddlewaretoken", seat.dataset.token);
    words.append("beacon", "1");
    navigator.sendBeacon(seat.dataset.leave, words);
  });

  window.addEventListener("online", retry);
  setInterval(retry, RETRY);

  document.addEventListener("DOMContentLoaded", function () {
    const faults = document.querySelector(".faults");
    if (faults) { faults.focus(); }
  });
}());
