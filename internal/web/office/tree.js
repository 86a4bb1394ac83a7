// The tree: a level opens in its place, and what is dragged onto an organisation
// leads to the page that asks whether to hang it there.

// page fetches another page of the office as a document that runs nothing.
function page(address) {
  return new Promise((resolve, reject) => {
    const r = new XMLHttpRequest();
    r.open("GET", address);
    r.responseType = "document";
    r.onload = () => (r.status === 200 && r.response ? resolve(r.response) : reject(new Error(String(r.status))));
    r.onerror = () => reject(new Error("network"));
    r.send();
  });
}

// open shows or hides what hangs under an organisation.
async function open(link) {
  const item = link.closest("li");
  const there = item.querySelector(":scope > ul");
  if (there) {
    there.hidden = !there.hidden;
    link.setAttribute("aria-expanded", String(!there.hidden));
    return;
  }
  const shown = await page(link.href);
  const level = shown.querySelector(".branch > [data-tree]");
  if (!level) throw new Error("no tree");
  const more = shown.querySelector(".branch > .actions a[href*='skip=']");
  const list = document.importNode(level, true);
  if (more) {
    const last = document.createElement("li");
    last.append(document.importNode(more, true));
    list.append(last);
  }
  item.append(list);
  link.setAttribute("aria-expanded", "true");
  ready(list);
}

let held = null;

// ready lets what the reader may move be dragged.
function ready(tree) {
  for (const item of tree.querySelectorAll("li[data-moves]")) {
    item.draggable = true;
    item.querySelector(".node").title = tree.dataset.drag;
  }
}

// under is the organisation below the pointer that the held one may be dropped
// on: not itself, and nothing that hangs under it.
function under(event) {
  const item = event.target.closest?.("li[data-org]");
  return held && item && !held.contains(item) && item !== held.parentElement.closest("li") ? item : null;
}

function unmark() {
  for (const one of document.querySelectorAll(".tree .target")) one.classList.remove("target");
}

for (const tree of document.querySelectorAll("[data-tree]")) {
  ready(tree);
  for (const link of tree.querySelectorAll("[data-open]")) link.setAttribute("aria-expanded", "false");
  tree.addEventListener("click", (event) => {
    const link = event.target.closest("[data-open]");
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    open(link).catch(() => location.assign(link.href));
  });
  tree.addEventListener("dragstart", (event) => {
    held = event.target.closest?.("li[data-moves]");
    if (!held) return;
    held.classList.add("held");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", held.querySelector(".node-name").textContent);
  });
  tree.addEventListener("dragover", (event) => {
    const item = under(event);
    unmark();
    if (!item) return;
    event.preventDefault();
    item.classList.add("target");
  });
  tree.addEventListener("drop", (event) => {
    const item = under(event);
    if (!item) return;
    event.preventDefault();
    location.assign(`/office/orgs/${held.dataset.org}/move?to=${item.dataset.org}`);
  });
  tree.addEventListener("dragend", () => {
    unmark();
    held?.classList.remove("held");
    held = null;
  });
}

// The order of siblings: rows are dragged, and one button saves them all.
for (const list of document.querySelectorAll("[data-order]")) {
  let row = null;
  for (const item of list.children) {
    item.draggable = true;
    item.title = list.dataset.drag;
  }
  list.addEventListener("dragstart", (event) => {
    row = event.target.closest?.("li");
    row?.classList.add("held");
    event.dataTransfer.effectAllowed = "move";
  });
  list.addEventListener("dragover", (event) => {
    const other = event.target.closest?.("li");
    if (!row || !other || other.parentElement !== list) return;
    event.preventDefault();
    if (other === row) return;
    const box = other.getBoundingClientRect();
    other[event.clientY < box.top + box.height / 2 ? "before" : "after"](row);
    list.classList.add("moved");
  });
  list.addEventListener("dragend", () => {
    row?.classList.remove("held");
    row = null;
    for (const [i, item] of [...list.children].entries()) {
      item.querySelector("[name=up]").disabled = i === 0;
      item.querySelector("[name=down]").disabled = i === list.children.length - 1;
    }
  });
}
