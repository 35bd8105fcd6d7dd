/* What scripts add to every page of the desk: what is typed or chosen is kept on this device until it is saved. Every
   page works without it. */
(function () {
  "use strict";

  const said = document.body.dataset;
  const RETRY = 15000;
  const PATIENCE = 8000; // with the save that a press waits for
  const PAUSE = 60000; // that all is saved is said aloud no more often
  const title = document.title;
  let spoken = 0; // when something was last said aloud
  const underWay = new WeakSet(); // forms that are being saved
  const pressed = new WeakMap(); // and the button that was pressed meanwhile

  document.documentElement.classList.add("scripted");

  // --- What is typed, kept on this device -----------------------------------------------------

  function keyOf(form, field) {
    const one = field.type === "checkbox" ? field.name + "=" + field.value : field.name;
    return ["desk", said.person, form.dataset.keep, one].join("|");
  }

  function keptFields(form) {
    return Array.from(form.elements).filter(function (field) {
      const isTyped = field.tagName === "INPUT" && ["text", "date", "checkbox", "radio"].includes(field.type);
      return (field.tagName === "TEXTAREA" || field.tagName === "SELECT" || isTyped) && !field.readOnly;
    });
  }

  function valueOf(field) {
    if (field.type === "radio") { return field.form.elements[field.name].value; }
    return field.type === "checkbox" ? (field.checked ? field.value : "") : field.value;
  }

  function put(field, value) {
    if (field.type === "checkbox") {
      field.checked = value !== "";
    } else if (field.type === "radio") {
      field.checked = field.value === value;
    } else {
      field.value = value;
    }
  }

  /* What a field held when it was shown: the server tells by it what was touched. */
  function shownOf(field) {
    const shown = field.form.elements["initial-" + field.name];
    return shown && shown.type === "hidden" ? shown : null;
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
    if (isLost) { tell(form, text); }
    return place;
  }

  /* What a screen reader says: what goes wrong, and now and then that it is saved; not each pause in typing. */
  function tell(form, text) {
    const told = form.querySelector("[data-told]");
    if (told) { told.textContent = text; }
    spoken = Date.now();
  }

  function tellBack(form) {
    if (form.previousElementSibling && form.previousElementSibling.matches(".put-back")) { return; }
    const note = document.createElement("p");
    note.className = "put-back alert alert-info";
    note.textContent = said.back;
    form.before(note);
  }

  function keep(field) {
    const form = field.form;
    const known = read(keyOf(form, field)), shown = shownOf(field);
    write(keyOf(form, field), {
      text: valueOf(field),
      version: versionOf(form),
      shown: known && known.shown !== undefined ? known.shown : shown ? shown.value : undefined,
      sent: false
    });
    if (form.hasAttribute("data-sparse")) { sign(form, said.typing); }
    mark();
  }

  /* The title says, among other tabs, that something on this page is not saved. */
  function mark() {
    const forms = Array.from(document.querySelectorAll("form[data-keep]"));
    document.title = (forms.some(isUnsaved) ? "• " : "") + title;
  }

  /* What was typed and not saved comes back, upon the version that it was typed on: if somebody has saved since,
     the page then shows both. */
  function restore(form) {
    let back = false;
    keptFields(form).forEach(function (field) {
      const kept = read(keyOf(form, field));
      if (!kept) { return; }
      const isOpen = form.querySelector(".theirs, .errorlist") !== null; // shown again: nothing is saved yet
      if (isOpen && kept.sent) { write(keyOf(form, field), Object.assign(kept, { sent: false })); }
      if (kept.text === valueOf(field)) {
        if (!isOpen) { forget(keyOf(form, field)); }
        return;
      }
      put(field, kept.text);
      if (shownOf(field) && kept.shown !== undefined && !isOpen) { shownOf(field).value = kept.shown; }
      if (!isOpen && Number(kept.version) < Number(versionOf(form))) { form.elements.version.value = kept.version; }
      const folded = field.closest("details");
      if (folded) { folded.open = true; }
      back = true;
    });
    if (back) {
      tellBack(form); // it stays, whatever the sign says next
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
      const given = [].concat(sent(field.name) || ""), isSent = field.type !== "checkbox" || field.checked
        ? given.includes(valueOf(field)) : !given.includes(field.value);
      forget(keyOf(form, field));
      if (!isSent) { keep(field); } // upon what is saved now
    });
    mark();
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

  /* A press waits for the save that is under way: sent beside it, it would be upon a version that is gone by then, and
     the words of that save would be taken for somebody else's. */
  document.addEventListener("submit", function (event) {
    const form = event.target, isPressed = pressed.has(form);
    if (event.defaultPrevented || !underWay.has(form)) { return; } // prevented: it is sent by htmx, in its turn
    event.preventDefault();
    event.stopImmediatePropagation();
    pressed.set(form, event.submitter);
    if (!isPressed) { setTimeout(function () { pressNow(form); }, PATIENCE); }
  });

  function pressNow(form) {
    const button = pressed.get(form), isWaiting = pressed.delete(form);
    underWay.delete(form);
    if (isWaiting) { form.requestSubmit(button); }
  }

  document.addEventListener("htmx:beforeSend", function (event) { underWay.add(event.target); });

  document.addEventListener("htmx:afterRequest", function (event) {
    const form = event.target;
    underWay.delete(form);
    if (event.detail.xhr.status === 0) { pressed.delete(form); }
    setTimeout(function () { if (!underWay.has(form)) { pressNow(form); } }); // one more save may have begun
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

  function mine() {
    return Object.keys(localStorage).filter(function (key) { return key.startsWith(["desk", said.person].join("|")); });
  }

  /* Signing out clears what the browser keeps: not without a word where something of it is not saved. */
  document.addEventListener("submit", function (event) {
    const words = event.target.dataset.leaving;
    const isLeft = words && mine().some(function (key) { return read(key) && !read(key).sent; });
    if (isLeft && !window.confirm(words)) { event.preventDefault(); }
  });

  /* Before anything is put back: the page says that what was sent is done. */
  function letGo() {
    mine().forEach(function (key) {
      const kept = read(key);
      if (kept && kept.sent) { forget(key); }
    });
  }

  /* A session had ended when it was sent: nothing of it was saved, and signing in again says no more than that. */
  function takeBack() {
    Object.keys(localStorage).filter(function (key) { return key.startsWith("desk|"); }).forEach(function (key) {
      const kept = read(key);
      if (kept && kept.sent) { write(key, Object.assign(kept, { sent: false })); }
    });
  }

  if (document.querySelector("[data-nothing-saved]")) {
    takeBack();
  } else if (document.querySelector(".desk-messages .alert-success")) {
    letGo();
  }

  /* What is signed is what is saved: with words on the page that are not, it is not sent. */
  document.addEventListener("submit", function (event) {
    const isOpen = Array.from(document.querySelectorAll("form[data-keep]")).some(isUnsaved);
    if (event.target.hasAttribute("data-after-saving") && isOpen) {
      event.preventDefault();
      sign(event.target, said.saveFirst, true);
    }
  });

  // --- Saving by itself -----------------------------------------------------------------------

  document.addEventListener("htmx:beforeRequest", function (event) {
    if (event.target.matches("form[data-keep]")) { sign(event.target, said.saving); }
  });

  /* A long form sends only what was touched: a slow line carries what is new. */
  document.addEventListener("htmx:configRequest", function (event) {
    const form = event.target, words = event.detail.formData;
    if (!form.matches || !form.matches("form[data-sparse]") || !words) { return; }
    Array.from(new Set(Array.from(words.keys()))).forEach(function (name) {
      const shown = "initial-" + name;
      if (!form.elements[shown]) { return; }
      if (words.getAll(name).join("\n") === words.getAll(shown).join("\n").replace(/\r\n/g, "\n")) {
        words.delete(name);
        words.delete(shown);
      }
    });
  });

  /* What was saved is what is shown from now on. */
  function nowShown(form, sent) {
    keptFields(form).forEach(function (field) {
      const shown = shownOf(field);
      if (field.type !== "checkbox" && shown && sent[field.name] !== undefined) { shown.value = sent[field.name]; }
    });
    const boxes = keptFields(form).filter(function (field) { return field.type === "checkbox"; });
    new Set(boxes.map(function (field) { return field.name; })).forEach(function (name) { nowTicked(form, sent, name); });
  }

  /* Of boxes under one name that were sent, as many are shown as were ticked. Where none was, nothing is sent of them
     but what they held. */
  function nowTicked(form, sent, name) {
    if (sent[name] === undefined && sent["initial-" + name] === undefined) { return; }
    allShown(form, name).forEach(function (shown) { shown.remove(); });
    [].concat(sent[name] === undefined ? [] : sent[name]).forEach(function (value) {
      const shown = document.createElement("input");
      shown.type = "hidden";
      shown.name = "initial-" + name;
      shown.value = value;
      form.append(shown);
    });
  }

  function allShown(form, name) {
    return Array.from(form.querySelectorAll("input[type=hidden][name='initial-" + name + "']"));
  }

  /* What is asked for every so often is said aloud once, and not again until it is something else. */
  function isSaidAlready(answer) {
    if (answer.target.getAttribute("role") !== "status") { return false; }
    const said = new DOMParser().parseFromString(answer.xhr.responseText, "text/html").body;
    return said.textContent.trim() === answer.target.textContent.trim();
  }

  document.addEventListener("htmx:beforeSwap", function (event) {
    if (/^\s*<!doctype/i.test(event.detail.xhr.responseText)) { event.detail.shouldSwap = false; }
    if (isSaidAlready(event.detail)) { event.detail.shouldSwap = false; }
  });

  document.addEventListener("htmx:afterRequest", function (event) {
    const form = event.target, asked = event.detail;
    if (!form.matches || !form.matches("form[data-keep]")) { return; }
    if (asked.successful) {
      const place = form.querySelector(".saved");
      const isNews = place && (place.classList.contains("lost") || Date.now() - spoken > PAUSE);
      if (place) { place.classList.remove("lost"); }
      if (isNews) { tell(form, place.textContent); }
      const sent = asked.requestConfig.parameters;
      nowShown(form, sent);
      saved(form, function (name) {
        const shown = allShown(form, name).map(function (one) { return one.value; });
        return sent[name] === undefined && form.hasAttribute("data-sparse") ? shown : sent[name]; // left out: as it was
      });
    } else if (asked.xhr.status === 0) {
      sign(form, said.lost, true);
    } else if (asked.xhr.status === 401 || isUnknownHere(asked.xhr)) {
      tellSignedOut(form);
    } else if (asked.xhr.status === 404) {
      sign(form, said.gone, true);
    } else if (/^\s*<!doctype/i.test(asked.xhr.responseText) || asked.xhr.status >= 500) {
      sign(form, said.notSaved, true);
    } else if (form.querySelector(".saved")) {
      form.querySelector(".saved").classList.add("lost");
      tell(form, form.querySelector(".saved").textContent);
    }
  });

  /* Without its cookie, a browser is asked to open the page again: the session is over, as far as anybody can tell. */
  function isUnknownHere(answer) {
    return answer.status === 403 && /^\s*<!doctype/i.test(answer.responseText);
  }

  /* Who has signed in anew in another tab has another token since: the present one is in the cookie. */
  document.addEventListener("htmx:configRequest", function (event) {
    const token = document.cookie.match(/(?:^|; )(?:__Host-)?csrftoken=([^;]+)/);
    if (token && event.detail.verb === "post") {
      event.detail.formData.delete("csrfmiddlewaretoken");
      event.detail.headers["X-CSRFToken"] = token[1];
    }
  });

  document.addEventListener("htmx:load", function (event) { restoreWithin(event.detail.elt); mark(); });

  window.addEventListener("online", retry);
  setInterval(retry, RETRY);

  document.addEventListener("DOMContentLoaded", function () {
    const faults = document.querySelector(".faults");
    if (faults) { faults.focus(); }
  });
}());
