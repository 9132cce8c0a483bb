// Improves a page that is complete without it: sorts and filters tables, opens folds, copies sentences. Words come from the attributes of <body>.
"use strict";
(() => {
  const words = document.body.dataset;
  const language = document.documentElement.lang;
  const status = document.getElementById("said");
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (all, name) => (name in values ? values[name] : all));
  const say = (text) => { status.textContent = ""; setTimeout(() => { status.textContent = text; }, 50); };
  const make = (tag, name, text) => {
    const element = document.createElement(tag);
    if (name) element.className = name;
    if (text) element.textContent = text;
    return element;
  };
  const each = (selector, act) => document.querySelectorAll(selector).forEach(act);

  // the first number of a cell; <0.01 stands before 0.01, >99 after 99; a cell without a number has none
  const NUMBER = /^\D{0,2}?([<>]?)\s*(-?\d[\d,]*\.?\d*(?:e-?\d+)?)/;
  const figure = (text) => {
    const found = NUMBER.exec(text);
    if (!found) return null;
    const value = Number(found[2].replace(/,/g, ""));
    return value + (found[1] === "<" ? -1e-9 : found[1] === ">" ? 1e-9 : 0);
  };

  const sortBy = (table, index, direction) => {
    const body = table.tBodies[0];
    const rows = Array.from(body.rows);
    if (direction === "none") {
      rows.sort((a, b) => a.dataset.place - b.dataset.place);
    } else {
      const keys = new Map(rows.map((row) => [row, row.cells[index].textContent.trim()]));
      const numbers = new Map(rows.map((row) => [row, figure(keys.get(row))]));
      const numeric = rows.filter((row) => numbers.get(row) !== null).length * 2 > rows.length;
      const turn = direction === "ascending" ? 1 : -1;
      rows.sort((a, b) => {
        if (!numeric) return turn * keys.get(a).localeCompare(keys.get(b), language, { numeric: true });
        const [one, other] = [numbers.get(a), numbers.get(b)];
        if (one === null || other === null) return (one === null) - (other === null);
        return turn * (one - other);
      });
    }
    rows.forEach((row) => body.append(row));
  };

  const sortable = (table) => {
    Array.from(table.tBodies[0].rows).forEach((row, place) => { row.dataset.place = place; });
    const heads = Array.from(table.tHead.rows[0].cells);
    heads.forEach((head, index) => {
      const name = head.textContent.trim();
      if (!name) return;
      const button = make("button", "sort", name);
      button.type = "button";
      button.title = fill(words.sort, { column: name });
      head.replaceChildren(button);
      button.addEventListener("click", () => {
        const now = head.getAttribute("aria-sort");
        const next = now === "ascending" ? "descending" : now === "descending" ? "none" : "ascending";
        heads.forEach((other) => other.removeAttribute("aria-sort"));
        if (next !== "none") head.setAttribute("aria-sort", next);
        sortBy(table, index, next);
        const told = { ascending: words.sortedUp, descending: words.sortedDown, none: words.unsorted }[next];
        say(fill(told, { column: name }));
      });
    });
  };

  const filterable = (wrapper, table) => {
    const label = make("label", "filter", words.filter + " ");
    const input = make("input");
    input.type = "search";
    label.append(input);
    wrapper.before(label);
    const rows = Array.from(table.tBodies[0].rows);
    const texts = rows.map((row) => row.textContent.normalize("NFKC").toLowerCase());
    input.addEventListener("input", () => {
      const wanted = input.value.normalize("NFKC").toLowerCase().split(/\s+/).filter(Boolean);
      let shown = 0;
      rows.forEach((row, place) => {
        row.hidden = !wanted.every((word) => texts[place].includes(word));
        shown += !row.hidden;
      });
      say(fill(words.shown, { shown, total: rows.length }));
    });
  };

  each("div.table", (wrapper) => {
    const table = wrapper.querySelector("table");
    const count = table.tBodies[0].rows.length;
    if (count >= 6 && !table.closest(".first")) sortable(table);
    if (count >= 12) filterable(wrapper, table);
  });

  // only what scrolls needs to be reached by the keyboard
  const reach = () => each("div.table", (wrapper) => {
    if (wrapper.scrollWidth > wrapper.clientWidth) wrapper.tabIndex = 0;
    else wrapper.removeAttribute("tabindex");
  });
  reach();
  addEventListener("resize", reach);
  document.addEventListener("toggle", reach, true);

  const tools = document.getElementById("tools");
  const folds = Array.from(document.querySelectorAll("details"));
  if (tools && folds.length) {
    for (const [text, open] of [[words.openAll, true], [words.closeAll, false]]) {
      const button = make("button", "tool", text);
      button.type = "button";
      button.addEventListener("click", () => folds.forEach((fold) => { fold.open = open; }));
      tools.append(button);
    }
    tools.hidden = false;
  }

  // a link to what stands in a fold opens it
  const unfold = () => {
    let target = null;
    try { target = document.getElementById(decodeURIComponent(location.hash.slice(1))); } catch { return; }
    if (!target) return;
    for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    target.scrollIntoView();
  };
  addEventListener("hashchange", unfold);
  unfold();

  // browsers that cannot open folds by style sheet print them open all the same
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = folds.filter((fold) => !fold.open && fold.classList.contains("printed"));
    opened.forEach((fold) => { fold.open = true; });
  });
  addEventListener("afterprint", () => { opened.forEach((fold) => { fold.open = false; }); opened = []; });

  const select = (element) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    const selection = getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
  };
  const copy = async (sentence) => {
    try {
      await navigator.clipboard.writeText(sentence.textContent);
      return true;
    } catch {
      select(sentence);
      try { return document.execCommand("copy"); } catch { return false; }
    }
  };
  each(".copied > li > span", (sentence) => {
    const button = make("button", "copy", words.copy);
    button.type = "button";
    button.setAttribute("aria-label", fill(words.copyThis, { sentence: sentence.textContent }));
    button.addEventListener("click", async () => say((await copy(sentence)) ? words.copied : words.notCopied));
    sentence.after(" ", button);
  });
})();
