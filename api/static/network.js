// Draws the network that the server laid out; a click on a node or an edge shows the sentences behind it.
"use strict";

/** Draw small networks as wide and high as the stage, so that names do not overlap; large ones keep their places. */
function spread(nodes, width, height) {
  for (const [axis, room] of [["x", width], ["y", height]]) {
    const places = nodes.map((node) => node[axis]);
    const extent = Math.max(...places) - Math.min(...places);
    const factor = Math.max(1, room / (extent || room));
    for (const node of nodes) node[axis] *= factor;
  }
}

(async () => {
  const stage = document.getElementById("network");
  const panel = document.getElementById("panel");
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const style = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  const answer = await fetch(stage.dataset.address);
  if (!answer.ok) {
    stage.textContent = document.documentElement.dataset.failed;
    return;
  }
  const data = await answer.json();
  spread(data.nodes, stage.clientWidth - 200, stage.clientHeight - 120);
  const nodes = new vis.DataSet(data.nodes);
  const edges = new vis.DataSet(data.edges);
  const hidden = new Set();
  const shownNodes = new vis.DataView(nodes, { filter: (node) => !hidden.has(node.kind) });

  const look = () => ({
    ...data.options,
    nodes: { ...data.options.nodes, font: { color: style("--ink"), strokeColor: style("--raised"), strokeWidth: 4, size: 14, face: getComputedStyle(document.body).fontFamily }, widthConstraint: { maximum: 170 } },
    edges: { ...data.options.edges, hoverWidth: 2, selectionWidth: 2 },
  });
  const network = new vis.Network(stage, { nodes: shownNodes, edges }, look());
  stage.network = network; // for the reader's console and for the tests
  network.on("resize", () => network.fit());
  network.fit();
  dark.addEventListener("change", () => network.setOptions(look()));
  stage.dataset.drawn = "true";

  let asked = null;
  const tell = (item) => {
    asked?.abort();
    asked = new AbortController();
    return show(panel, item.sentences, asked.signal);
  };
  network.on("click", ({ nodes: [node], edges: [edge] }) => {
    if (node !== undefined) tell(nodes.get(node));
    else if (edge !== undefined) tell(edges.get(edge));
  });
  network.on("doubleClick", ({ nodes: [node] }) => {
    if (node !== undefined) location.assign(nodes.get(node).page);
  });

  for (const button of document.querySelectorAll("[data-zoom]")) {
    button.addEventListener("click", () => {
      if (button.dataset.zoom === "fit") network.fit({ animation: false });
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
