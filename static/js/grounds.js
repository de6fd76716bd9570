/* Grounds: what script adds to pages that work without it. Everything is delegated from the document,
   so that it holds after htmx has replaced a part. Keys are declared where they act: data-key="w". */
(() => {
  "use strict";
  const root = document.documentElement;
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const one = (selector, within = document) => within.querySelector(selector);
  const seen = (element) => element.getClientRects().length > 0;
  const fits = (element) => element.matches("input:not([type=checkbox],[type=radio],[type=submit]), select, textarea, [contenteditable]");
  root.classList.add("js");

  /* Selection: a <form data-selection> with [data-select] boxes, [data-select-all] and a [data-selbar]. */
  let lastBox = null;
  const boxes = (form) => all("[data-select]", form);

  function showSelection(form) {
    const chosen = boxes(form).filter((box) => box.checked);
    const bar = one("[data-selbar]", form);
    const every = one("[data-select-all]", form);
    boxes(form).forEach((box) => box.closest("tr")?.setAttribute("aria-selected", box.checked));
    if (every) {
      every.checked = chosen.length > 0 && chosen.length === boxes(form).length;
      every.indeterminate = chosen.length > 0 && !every.checked;
    }
    if (!bar) return;
    bar.hidden = chosen.length === 0;
    const count = one("[data-selected-count]", bar);
    if (count) count.textContent = count.dataset.words.replace("%d", chosen.length.toLocaleString(root.lang));
    const names = one("[data-selected-names]", bar);
    if (names) names.replaceChildren(...chosen.slice(0, 4).flatMap((box, i) => [i ? ", " : "", isolated(nameOf(box))]), chosen.length > 4 ? ", …" : "");
  }

  function nameOf(box) {
    return box.closest("[data-name]")?.dataset.name ?? box.value;
  }

  function isolated(text) {
    const bdi = document.createElement("bdi");
    bdi.textContent = text;
    return bdi;
  }

  function select(box, checked, extend) {
    const form = box.closest("[data-selection]");
    const list = boxes(form);
    const [from, to] = [list.indexOf(extend && lastBox ? lastBox : box), list.indexOf(box)].sort((a, b) => a - b);
    list.slice(Math.max(from, 0), to + 1).forEach((each) => { each.checked = checked; });
    lastBox = box;
    showSelection(form);
  }

  function clearSelection() {
    const forms = all("[data-selection]").filter((form) => boxes(form).some((box) => box.checked));
    forms.forEach((form) => { boxes(form).forEach((box) => { box.checked = false; }); showSelection(form); });
    return forms.length > 0;
  }

  /* Rows: j and k move the focus from one [data-row] to the next. */
  const rows = () => all("[data-row]").filter(seen);
  const rowOf = (element) => element?.closest("[data-row]") ?? one("[data-row][aria-current]");
  const grip = (row) => row.matches("a") ? row : one("[data-row-link]", row) ?? one("a", row) ?? one("button, input", row);

  function moveRow(step) {
    const list = rows();
    const at = list.indexOf(rowOf(document.activeElement));
    const next = list[at < 0 ? (step > 0 ? 0 : list.length - 1) : at + step];
    const target = next && grip(next);
    target?.focus();
    if (target?.matches(".pick a")) target.click();
  }

  function toggleRow(extend) {
    const box = rowOf(document.activeElement) && one("[data-select]", rowOf(document.activeElement));
    if (box) select(box, extend || !box.checked, extend);
  }

  /* Keys. A key acts on the row that has the focus first, then on the page. */
  let prefix = "";

  function act(key) {
    const found = `[data-key="${CSS.escape(key)}"]`;
    const row = rowOf(document.activeElement);
    const target = (row && one(found, row)) ?? all(found).find((each) => seen(each) || each.closest("details, .side"));
    if (!target) return false;
    if (fits(target)) { target.focus(); target.select?.(); } else target.click();
    return true;
  }

  function onLetter(event) {
    const key = event.key;
    if (prefix) {
      const chord = `${prefix} ${key}`;
      prefix = "";
      return act(chord);
    }
    if (key === "g") {
      prefix = "g";
      setTimeout(() => { prefix = ""; }, 1500);
      return true;
    }
    if (key === "j") return moveRow(1), true;
    if (key === "k") return moveRow(-1), true;
    if (key.toLowerCase() === "x") return toggleRow(event.shiftKey), true;
    return key.length === 1 && act(key);
  }

  document.addEventListener("keydown", (event) => {
    const target = event.target;
    if (event.defaultPrevented || event.isComposing) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && target.form) return target.form.requestSubmit();
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") return leave(target);
    if (target.closest("[data-grid]") && moveCell(event)) return event.preventDefault();
    if (root.dataset.keys === "off" || fits(target) || one("dialog:modal")) return;
    if (onLetter(event)) event.preventDefault();
  });

  function leave(target) {
    if (one("dialog:modal")) return;
    const open = all("details[data-menu][open]");
    if (open.length) return open.forEach((menu) => { menu.open = false; if (menu.contains(target)) one("summary", menu).focus(); });
    const side = one(".side.is-open");
    if (side) { const link = one(`[data-toggle="${side.id}"]`); flip(link); return link.focus(); }
    const back = one("[data-leave]", target.closest("td, form") ?? document.createElement("i"));
    if (back) return back.click();
    if (fits(target)) return target.blur();
    clearSelection();
  }

  /* Grid: a table[data-grid] has one tab stop, arrows move it from cell to cell. */
  const stop = (cell) => one("a, button, input, select, textarea", cell);

  function makeGrids() {
    all("table[data-grid]").forEach((table) => {
      table.setAttribute("role", "grid");
      const stops = all("th, td", table).map(stop).filter(Boolean);
      const current = stops.find((each) => each.tabIndex === 0 && each.dataset.at) ?? stops.find((each) => each.closest("tbody")) ?? stops[0];
      stops.forEach((each) => { each.tabIndex = each === current ? 0 : -1; });
      all("tbody a, tbody button", table).filter((each) => !stops.includes(each)).forEach((each) => { each.tabIndex = -1; });
    });
  }

  function moveCell(event) {
    const step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
    const cell = event.target.closest("th, td");
    if (!cell || (fits(event.target))) return false;
    if (event.key === "F2") return event.target.click(), true;
    const row = cell.parentElement;
    if (event.key === "Home" || event.key === "End") return goTo(event.key === "Home" ? [...row.cells] : [...row.cells].reverse());
    if (!step) return false;
    const table = row.closest("table");
    const mirrored = getComputedStyle(table).direction === "rtl" ? -1 : 1;
    if (step[1]) {
      const cells = [...row.cells];
      const at = cells.indexOf(cell);
      return goTo(step[1] * mirrored > 0 ? cells.slice(at + 1) : cells.slice(0, at).reverse());
    }
    const next = table.rows[row.rowIndex + step[0]];
    return next ? goTo([next.cells[cell.cellIndex], ...next.cells].filter(Boolean)) : true;
  }

  function goTo(cells) {
    const target = cells.map(stop).find(Boolean);
    target?.focus();
    return true;
  }

  document.addEventListener("focusin", (event) => {
    const table = event.target.closest("[data-grid]");
    if (!table || !event.target.closest("th, td")) return;
    all("[data-at]", table).forEach((each) => { delete each.dataset.at; each.tabIndex = -1; });
    event.target.dataset.at = "1";
    event.target.tabIndex = 0;
    all("tbody [tabindex='0'], thead [tabindex='0']", table).filter((each) => each !== event.target).forEach((each) => { each.tabIndex = -1; });
  });

  /* Clicks: dialogs, the menu of a narrow window, one menu open at a time, boxes. */
  document.addEventListener("click", (event) => {
    const target = event.target;
    all("details[data-menu][open]").forEach((menu) => { if (!menu.contains(target)) menu.open = false; });
    const box = target.closest("[data-select]");
    if (box) return select(box, box.checked, event.shiftKey);
    const every = target.closest("[data-select-all]");
    if (every) {
      boxes(every.closest("[data-selection]")).forEach((each) => { each.checked = every.checked; });
      return showSelection(every.closest("[data-selection]"));
    }
    if (target.closest("[data-clear]")) return clearSelection();
    if (target.closest("[data-close]")) return target.closest("dialog").close();
    const opener = target.closest("[data-dialog]");
    const dialog = opener && document.getElementById(opener.dataset.dialog);
    if (dialog) { event.preventDefault(); dialog.showModal(); }
    const toggle = target.closest("[data-toggle]");
    if (toggle) { event.preventDefault(); flip(toggle); }
  });

  function flip(toggle) {
    const side = document.getElementById(toggle.dataset.toggle);
    const open = side.classList.toggle("is-open");
    toggle.setAttribute("aria-expanded", open);
    if (open) (one("[aria-current]", side) ?? one("a", side)).focus();
  }

  /* The live region: announced after load too, kept until the next act and at least ten seconds. */
  let spokenAt = Date.now();

  function speak() {
    const toast = one("[data-toast]");
    if (!toast?.children.length) return;
    const words = [...toast.children];
    toast.replaceChildren();
    setTimeout(() => { toast.replaceChildren(...words); spokenAt = Date.now(); }, 150);
  }

  for (const kind of ["pointerdown", "keydown"]) {
    document.addEventListener(kind, (event) => {
      const toast = one("[data-toast]");
      if (!toast?.children.length) return;
      if (toast.contains(event.target) || toast.matches(":hover")) spokenAt = Date.now();
      else if (Date.now() - spokenAt > 10000 && event.key !== "u") toast.replaceChildren();
    });
  }

  /* htmx: the focus stays, or goes to the heading of what replaced the focused thing. */
  let hadFocus = null;

  function tell(kind) {
    const place = one("[data-trouble]");
    const words = one(`template[data-${kind}]`);
    if (place && words) { place.replaceChildren(words.content.cloneNode(true)); place.scrollIntoView({ block: "nearest" }); }
  }

  document.addEventListener("htmx:beforeSwap", () => { hadFocus = document.activeElement; one("[data-trouble]")?.replaceChildren(); });
  document.addEventListener("htmx:sendError", () => tell("lost"));
  document.addEventListener("htmx:timeout", () => tell("lost"));
  document.addEventListener("htmx:responseError", () => tell("refused"));
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.target.matches("[data-toast]")) return speak();
    begin();
    if (event.target.matches(".strip, #sections")) return;
    if (!hadFocus || hadFocus.isConnected || document.activeElement !== document.body) return;
    const heading = one("[autofocus], h1, h2, h3", event.target) ?? event.target;
    if (!heading.matches("a, button, input, select, textarea")) heading.tabIndex = -1;
    heading.focus();
    hadFocus = null;
  });

  function begin() {
    all("[data-selection]").forEach(showSelection);
    makeGrids();
  }

  begin();
  speak();
  const menuLink = one("[data-toggle]");
  menuLink?.setAttribute("role", "button");
  menuLink?.setAttribute("aria-expanded", "false");
  menuLink?.setAttribute("aria-controls", menuLink.dataset.toggle);
  one("[data-focus]")?.focus();
  addEventListener("pageshow", (event) => { if (event.persisted) begin(); });
})();
