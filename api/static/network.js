// Draws the network that the server laid out; a click on a node or an edge shows the sentences behind it.
"use strict";

const AGENTS = new Set(["State", "Organisation"]); // named also where the whole is shown; the others as one comes closer

/** Draw networks in the stage's proportions, and small ones as large as it, so that names do not overlap. */
function spread(nodes, width, height) {
  const extent = (axis) => {
    const places = nodes.map((node) => node[axis]);
    return Math.max(...places) - Math.min(...places) || 1;
  };
  const [across, down] = [Math.max(1, width / extent("x")), Math.max(1, height / extent("y"))];
  const wider = across > 1 ? 1 : Math.min(1.7, Math.max(1, (width / height) * (extent("y") / extent("x"))));
  for (const node of nodes) {
    node.x *= across * wider;
    node.y *= down;
  }
}

/** Push nodes apart that lie closer than a node and its name need; the same input gives the same places. */
function separate(nodes, room) {
  for (let round = 0, moved = true; moved && round < 80; round += 1) {
    moved = false;
    const cells = new Map();
    for (const node of nodes) {
      const cell = `${Math.floor(node.x / room)} ${Math.floor(node.y / room)}`;
      cells.set(cell, [...(cells.get(cell) || []), node]);
    }
    for (const node of nodes) {
      for (const [across, down] of [[0, 0], [1, 0], [0, 1], [1, 1], [-1, 1]]) {
        const cell = `${Math.floor(node.x / room) + across} ${Math.floor(node.y / room) + down}`;
        for (const other of cells.get(cell) || []) {
          const x = other.x - node.x;
          const y = other.y - node.y;
          const distance = Math.hypot(x, y);
          if (other === node || distance >= room) continue;
          const push = (room - distance) / 2 + 0.5;
          const [toX, toY] = distance > 0 ? [x / distance, y / distance] : [1, 0];
          node.x -= toX * push;
          node.y -= toY * push;
          other.x += toX * push;
          other.y += toY * push;
          moved = true;
        }
      }
    }
  }
}

(async () => {
  const stage = document.getElementById("network");
  const panel = document.getElementById("panel");
  const title = document.getElementById("panel-title");
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const style = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  const answer = await fetch(stage.dataset.address);
  if (!answer.ok) {
    stage.textContent = document.documentElement.dataset.failed;
    return;
  }
  const data = await answer.json();
  spread(data.nodes, stage.clientWidth - 200, stage.clientHeight - 120);
  separate(data.nodes, 80);
  const nodes = new vis.DataSet(data.nodes);
  const edges = new vis.DataSet(data.edges);
  const hidden = new Set();
  const shownNodes = new vis.DataView(nodes, { filter: (node) => !hidden.has(node.kind) });

  const look = () => ({
    ...data.options,
    nodes: { ...data.options.nodes, font: { color: style("--ink"), strokeColor: style("--raised"), strokeWidth: 4, size: 14, face: getComputedStyle(document.body).fontFamily }, widthConstraint: { maximum: 170 }, scaling: { label: { enabled: true, drawThreshold: 9 } } },
    edges: { ...data.options.edges, hoverWidth: 2, selectionWidth: 2 },
  });
  const network = new vis.Network(stage, { nodes: shownNodes, edges }, look());
  stage.network = network; // for the reader's console and for the tests
  const fit = () => {
    network.fit();
    const scale = Math.min(1, network.getScale());
    const font = { size: Math.round(12 / scale) };
    const widthConstraint = { maximum: 130 / scale };
    nodes.update(data.nodes.filter(({ kind }) => AGENTS.has(kind)).map(({ id }) => ({ id, font, widthConstraint })));
  };
  network.on("resize", fit);
  fit();
  dark.addEventListener("change", () => network.setOptions(look()));
  stage.dataset.drawn = "true";

  let asked = null;
  const tell = (item, node) => {
    asked?.abort();
    asked = new AbortController();
    const link = document.createElement("a");
    link.href = item.page;
    link.textContent = node.title.split("\n")[1]; // the class stands before the whole name
    title.replaceChildren(link);
    return show(panel, item.sentences, asked.signal);
  };
  network.on("click", ({ nodes: [node], edges: [edge] }) => {
    if (node !== undefined) tell(nodes.get(node), nodes.get(node));
    else if (edge !== undefined) tell(edges.get(edge), nodes.get(edges.get(edge).from));
  });
  network.on("doubleClick", ({ nodes: [node] }) => {
    if (node !== undefined) location.assign(nodes.get(node).page);
  });

  for (const button of document.querySelectorAll("[data-zoom]")) {
    button.addEventListener("click", () => {
      if (button.dataset.zoom === "fit") fit();
      else network.moveTo({ scale: network.getScale() * Number(button.dataset.zoom) });
    });
  }

  for (const box of document.querySelectorAll('.legend input[type="checkbox"]')) {
    const apply = () => {
      if (box.checked) hidden.delete(box.value);
      else hidden.add(box.value);
      shownNodes.refresh();
    };
    box.addEventListener("change", apply);
    if (!box.checked) apply(); // a browser keeps the boxes as they were on reload
  }
})();
