// The page at /sparql: sends the query, shows the answer as a table or a network.
"use strict";

(() => {
  const form = document.getElementById("sparql");
  if (!form) return;
  const text = document.getElementById("query");
  const example = document.getElementById("example");
  const status = document.getElementById("status");
  const views = document.getElementById("views");
  const table = document.getElementById("table");
  const drawing = document.getElementById("drawing");
  const csv = document.getElementById("csv");
  const MOST = 300; // nodes that are drawn; more is a tangle
  const ID = "https://w3id.org/diplograph/id/";
  const ACCEPT = "application/sparql-results+json, application/n-triples;q=0.9";
  let [asked, network, wanted] = [null, null, "table"];

  const say = (words, wrong = false) => {
    status.textContent = words;
    status.classList.toggle("warn", wrong);
  };

  /** A term as words: our own addresses short, others whole. */
  const shown = (term) => (term ? term.value.replace(/^https:\/\/w3id\.org\/diplograph\/(id\/|ontology#|concept\/)/, "") : "");

  function cell(term) {
    const box = document.createElement("td");
    if (term?.type === "uri" && term.value.startsWith(ID)) {
      const link = document.createElement("a");
      link.href = "/id/" + term.value.slice(ID.length).split("/").map(encodeURIComponent).join("/");
      link.textContent = shown(term);
      box.append(link);
    } else {
      box.textContent = shown(term);
      if (term?.["xml:lang"]) box.lang = term["xml:lang"];
    }
    return box;
  }

  function tabulate(names, rows) {
    const grid = document.createElement("table");
    const head = grid.createTHead().insertRow();
    for (const name of names) {
      const box = document.createElement("th");
      box.scope = "col";
      box.textContent = name;
      head.append(box);
    }
    const body = grid.createTBody();
    for (const row of rows) body.insertRow().append(...names.map((name) => cell(row[name])));
    table.replaceChildren(grid);
  }

  /** N-Triples as rows: a line each, as our server writes them. */
  function triples(lines) {
    const term = (words) => {
      if (words.startsWith("<")) return { type: "uri", value: words.slice(1, -1) };
      const [, value, language] = words.match(/^"((?:[^"\\]|\\.)*)"(?:@([\w-]+))?/) || [null, words];
      return { type: "literal", value: JSON.parse(`"${value}"`), ...(language ? { "xml:lang": language } : {}) };
    };
    const found = lines.split("\n").map((line) => line.match(/^(\S+) (\S+) (.+) \.$/)).filter(Boolean);
    return found.map(([, subject, predicate, object]) => ({ subject: term(subject), predicate: term(predicate), object: term(object) }));
  }

  /** Edges of an answer: a graph's triples between things, or rows with source and target. */
  function edges(names, rows) {
    const [from, to, label] = names.includes("subject") ? ["subject", "object", "predicate"] : ["source", "target", "label"];
    if (!names.includes(from) || !names.includes(to)) return [];
    return rows.filter((row) => row[from]?.type === "uri" && row[to]?.type === "uri").map((row) => ({ from: row[from].value, to: row[to].value, label: shown(row[label]) }));
  }

  function draw(ties) {
    const style = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
    const ids = [...new Set(ties.flatMap((tie) => [tie.from, tie.to]))].slice(0, MOST);
    const kept = new Set(ids);
    const nodes = ids.map((id, place) => {
      const angle = (2 * Math.PI * place) / ids.length;
      return { id, label: shown({ value: id }), x: 40 * ids.length ** 0.7 * Math.cos(angle), y: 40 * ids.length ** 0.7 * Math.sin(angle) };
    });
    network?.destroy();
    network = new vis.Network(drawing, { nodes, edges: ties.filter((tie) => kept.has(tie.from) && kept.has(tie.to)) }, {
      layout: { randomSeed: 1, improvedLayout: false },
      physics: { stabilization: { iterations: 200 } },
      nodes: { shape: "dot", size: 9, color: style("--accent"), font: { color: style("--ink") } },
      edges: { arrows: "to", color: style("--line-strong"), font: { color: style("--ink"), strokeWidth: 0, size: 10, align: "top" } },
    });
    network.once("stabilizationIterationsDone", () => network.setOptions({ physics: false }));
    network.on("doubleClick", ({ nodes: [node] }) => {
      if (node?.startsWith(ID)) location.assign("/id/" + node.slice(ID.length));
    });
    drawing.network = network; // for the tests
  }

  function look(view, ties) {
    const drawn = view === "network" && ties.length > 0;
    table.hidden = drawn;
    drawing.hidden = !drawn;
    views.hidden = ties.length === 0;
    for (const button of views.querySelectorAll("button")) button.setAttribute("aria-pressed", String((button.dataset.view === "network") === drawn));
    if (drawn) draw(ties);
  }

  async function run() {
    asked?.abort();
    asked = new AbortController();
    const began = performance.now();
    say(form.dataset.running);
    const body = new URLSearchParams({ query: text.value });
    let answer;
    try {
      answer = await fetch("/sparql", { method: "POST", body, headers: { Accept: ACCEPT }, signal: asked.signal });
    } catch (error) {
      if (error.name !== "AbortError") say(form.dataset.wrong, true);
      return;
    }
    if (!answer.ok) {
      const problem = await answer.json().catch(() => ({}));
      say(`${form.dataset.wrong} ${problem.detail ?? answer.status}`, true);
      return;
    }
    const isGraph = answer.headers.get("Content-Type").startsWith("application/n-triples");
    const told = isGraph ? null : await answer.json();
    history.replaceState(null, "", `/sparql/editor?${body}`);
    csv.href = `/sparql?${body}`;
    if (told?.boolean !== undefined) {
      table.replaceChildren();
      look("table", []);
      say(told.boolean ? form.dataset.yes : form.dataset.no);
      return;
    }
    const names = isGraph ? ["subject", "predicate", "object"] : told.head.vars;
    const rows = isGraph ? triples(await answer.text()) : told.results.bindings;
    tabulate(names, rows);
    const ties = edges(names, rows);
    look(wanted, ties);
    for (const button of views.querySelectorAll("button")) button.onclick = () => look((wanted = button.dataset.view), ties);
    const seconds = ((performance.now() - began) / 1000).toFixed(2);
    const count = form.dataset.rows.replace("{count}", rows.length).replace("{seconds}", seconds);
    say((rows.length ? count : form.dataset.none) + (answer.headers.get("X-Truncated") === "true" ? ` ${form.dataset.cut}` : ""));
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    run();
  });
  text.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) run();
  });
  example.addEventListener("change", () => {
    if (!example.value) return;
    text.value = example.value;
    wanted = example.selectedOptions[0].dataset.shows;
    run();
  });
  document.getElementById("prefixes").addEventListener("click", ({ currentTarget }) => {
    const missing = currentTarget.dataset.prologue.split("\n").filter((line) => line && !text.value.includes(line));
    text.value = [...missing, text.value].join("\n");
    text.focus();
  });
  run();
})();
