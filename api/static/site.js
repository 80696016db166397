// Small helps on top of pages that work without them: sentences opened in place, suggestions while typing.
"use strict";

/** Fetch a fragment that our server rendered (and escaped) and return its nodes. */
async function fragment(address, signal) {
  const answer = await fetch(address, { headers: { Accept: "text/html" }, signal });
  if (!answer.ok) throw new Error(`${answer.status}`);
  const parsed = new DOMParser().parseFromString(await answer.text(), "text/html");
  return document.importNode(parsed.body, true).childNodes;
}

/** Put a fragment into a place, or the page's own words for a failure. */
async function show(place, address, signal) {
  place.setAttribute("aria-busy", "true");
  try {
    place.replaceChildren(...(await fragment(address, signal)));
  } catch (error) {
    if (error.name === "AbortError") return;
    const note = document.createElement("p");
    note.className = "note warn";
    note.textContent = document.documentElement.dataset.failed || "";
    place.replaceChildren(note);
  }
  place.removeAttribute("aria-busy");
}

function toggleSentences(opener) {
  const row = opener.closest("tr, li");
  const open = opener.getAttribute("aria-expanded") === "true";
  opener.setAttribute("aria-expanded", String(!open));
  if (open) {
    (row.tagName === "TR" ? row.nextElementSibling : row.querySelector(":scope > .sentences")).remove();
    return;
  }
  let holder = document.createElement("div");
  if (row.tagName === "TR") {
    const below = document.createElement("tr");
    const cell = document.createElement("td");
    below.className = "sentences";
    cell.colSpan = row.cells.length;
    cell.append(holder);
    below.append(cell);
    row.after(below);
  } else {
    holder.className = "sentences";
    row.append(holder);
  }
  show(holder, opener.dataset.sentences);
}

document.addEventListener("click", (event) => {
  const opener = event.target.closest("a.open[data-sentences]");
  const row = event.target.closest("tr.shows");
  if (opener && !(event.ctrlKey || event.metaKey || event.shiftKey)) {
    event.preventDefault();
    toggleSentences(opener);
  } else if (row && !event.target.closest("a, button, input, summary") && !String(getSelection())) {
    toggleSentences(row.querySelector("a.open[data-sentences]"));
  }
});

for (const opener of document.querySelectorAll("a.open[data-sentences]")) {
  opener.setAttribute("role", "button");
  opener.setAttribute("aria-expanded", "false");
  opener.addEventListener("keydown", (event) => {
    if (event.key === " ") {
      event.preventDefault();
      toggleSentences(opener);
    }
  });
}

/** The combobox pattern of the ARIA practices: arrows move, Enter goes, Escape closes. */
function suggest(input) {
  const list = document.getElementById(input.getAttribute("aria-controls"));
  let asked = null;
  let timer = 0;

  const options = () => [...list.children];
  const chosen = () => list.querySelector('[aria-selected="true"]');
  const close = () => {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const choose = (option) => {
    for (const other of options()) other.setAttribute("aria-selected", String(other === option));
    input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  };
  const fill = (hits) => {
    list.replaceChildren(
      ...hits.map((hit, index) => {
        const option = document.createElement("li");
        const name = document.createElement("span");
        const kind = document.createElement("small");
        option.id = `${list.id}-${index}`;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.dataset.address = hit.page;
        name.textContent = hit.label;
        kind.textContent = hit.class_label;
        option.append(name, kind);
        return option;
      }),
    );
    list.hidden = hits.length === 0;
    input.setAttribute("aria-expanded", String(hits.length > 0));
  };
  const ask = async () => {
    asked?.abort();
    const text = input.value.trim();
    if (text.length < 2) return close();
    asked = new AbortController();
    const query = new URLSearchParams({ q: text, limit: "8", lang: document.documentElement.lang });
    try {
      const answer = await fetch(`/api/v1/search?${query}`, { signal: asked.signal });
      if (answer.ok) fill((await answer.json()).hits);
    } catch (error) {
      if (error.name !== "AbortError") close(); // the form still searches without suggestions
    }
  };

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, 120);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape") return close();
    if (event.key === "Enter" && chosen() && !list.hidden) {
      event.preventDefault();
      location.assign(chosen().dataset.address);
    }
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    const all = options();
    if (list.hidden || all.length === 0) return;
    const step = event.key === "ArrowDown" ? 1 : -1;
    choose(all[(all.indexOf(chosen()) + step + (chosen() || step > 0 ? 0 : 1) + all.length) % all.length]);
  });
  input.addEventListener("blur", () => setTimeout(close, 150));
  list.addEventListener("mousedown", (event) => {
    const option = event.target.closest("[data-address]");
    if (option) location.assign(option.dataset.address);
  });
}

document.querySelectorAll('input[role="combobox"]').forEach(suggest);
