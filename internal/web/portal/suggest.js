// Suggests names and titles below a search field, as the combobox pattern of
// WAI-ARIA has it. Without it the field is a plain one and its form works.

const pause = 150; // milliseconds after the last key

function suggest(field) {
  const id = field.id + "-suggestions";
  const box = document.createElement("div");
  const list = document.createElement("div");
  const status = document.createElement("p");
  box.className = "suggest";
  list.id = id;
  list.className = "suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", field.dataset.suggestions);
  list.hidden = true;
  status.className = "hidden";
  status.setAttribute("role", "status");
  field.before(box);
  box.append(field, list, status);
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", id);
  field.setAttribute("aria-expanded", "false");

  let timer = 0;
  let asking = null;
  let chosen = -1;

  function close() {
    clearTimeout(timer);
    asking?.abort();
    chosen = -1;
    list.hidden = true;
    list.replaceChildren();
    status.textContent = "";
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  }

  function choose(n) {
    list.children[chosen]?.setAttribute("aria-selected", "false");
    chosen = n;
    const one = list.children[n];
    if (!one) {
      field.removeAttribute("aria-activedescendant");
      return;
    }
    one.setAttribute("aria-selected", "true");
    one.scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", one.id);
  }

  function option(s, n) {
    const a = document.createElement("a");
    const text = document.createElement("span");
    const kind = document.createElement("span");
    a.id = id + "-" + n;
    a.href = s.href;
    a.tabIndex = -1;
    a.setAttribute("role", "option");
    a.setAttribute("aria-selected", "false");
    text.textContent = s.text;
    if (s.lang) text.lang = s.lang;
    kind.className = "tag";
    kind.textContent = s.kind;
    a.append(text, " ", kind);
    return a;
  }

  function show(found) {
    close();
    // Only addresses of this site are followed, whatever was answered.
    const own = found.filter((s) => /^\/(?![/\\])/.test(s.href));
    if (own.length === 0 || document.activeElement !== field) return;
    list.replaceChildren(...own.map(option));
    list.hidden = false;
    field.setAttribute("aria-expanded", "true");
    status.textContent = field.dataset.suggested.replace("{count}", own.length);
  }

  async function ask() {
    const typed = field.value.trim();
    asking?.abort();
    if (typed === "") {
      close();
      return;
    }
    asking = new AbortController();
    const signal = asking.signal;
    try {
      const answer = await fetch(field.dataset.suggest + "?q=" + encodeURIComponent(typed), { signal });
      const found = answer.ok ? await answer.json() : [];
      if (!signal.aborted) show(found);
    } catch {
      // The visitor typed on, left, or is offline: there is nothing to suggest.
    }
  }

  field.addEventListener("input", (event) => {
    clearTimeout(timer);
    if (!event.isComposing) timer = setTimeout(ask, pause);
  });
  field.addEventListener("compositionend", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, pause);
  });
  field.addEventListener("keydown", (event) => {
    const n = list.children.length;
    if (event.isComposing || n === 0) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      // One place more than there are suggestions: the field itself.
      const step = event.key === "ArrowDown" ? 1 : n;
      choose(((chosen + 1 + step) % (n + 1)) - 1);
    } else if (event.key === "Escape") {
      close();
    } else {
      return;
    }
    event.preventDefault();
  });
  // Enter sends the form; with a suggestion chosen that is followed instead.
  field.form.addEventListener("submit", (event) => {
    if (chosen < 0) return;
    event.preventDefault();
    list.children[chosen].click();
  });
  // A suggestion that is pressed must not take the focus before it is followed.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  field.addEventListener("blur", close);
}

document.querySelectorAll("input[data-suggest]").forEach(suggest);
