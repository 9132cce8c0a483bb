"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const at = (id) => document.getElementById(id);
  const key = `corpuskit-labels-${data.digest}-${data.coder}`;
  const given = new Map();
  const undone = [];
  let place = 0;
  let language = document.documentElement.lang;
  let keeps = true;
  let changes = 0;

  const words = (name, values = {}) => {
    let text = data.words[language][name];
    for (const [part, value] of Object.entries(values)) text = text.replaceAll(`{${part}}`, String(value));
    return text;
  };
  const entry = (id) => given.get(id) ?? { label: "", comment: "", labelled_at: "" };
  const labelled = () => data.cases.filter((one) => entry(one.id).label !== "").length;

  // Browsers sometimes give a page from disk an empty storage when it is loaded again; what the tab itself remembers is then newer.
  function keep(inTab = true) {
    changes += 1;
    try {
      localStorage.setItem(key, JSON.stringify({ changes, given: [...given] }));
    } catch {
      keeps = false;
    }
    if (inTab) keepInTab();
  }

  function keepInTab() {
    try {
      history.replaceState({ ...history.state, language, [key]: { changes, given: [...given] } }, "");
    } catch {
      // a browser that allows no more of these still has its storage
    }
  }

  function stored() {
    try {
      const found = JSON.parse(localStorage.getItem(key) ?? "[]");
      return Array.isArray(found) ? { changes: 0, given: found } : found;
    } catch {
      keeps = false;
      return { changes: 0, given: [] };
    }
  }

  function remember() {
    const known = new Set(data.cases.map((one) => one.id));
    const inStorage = stored();
    const inTab = history.state?.[key] ?? { changes: 0, given: [] };
    const newest = inTab.changes > inStorage.changes ? inTab : inStorage;
    for (const [id, value] of newest.given) {
      if (known.has(id)) given.set(id, value);
    }
    changes = newest.changes;
    if (newest === inTab) keep();
    language = languageKept() ?? history.state?.language ?? language;
    if (!(language in data.words)) language = document.documentElement.lang;
  }

  function languageKept() {
    try {
      return localStorage.getItem("corpuskit-language");
    } catch {
      keeps = false;
      return null;
    }
  }

  function notify(text) {
    at("notice").textContent = text;
    at("notice").hidden = text === "";
  }

  function show() {
    const one = data.cases[place];
    const now = entry(one.id);
    const done = labelled();
    document.documentElement.lang = language;
    for (const [id, name] of Object.entries({
      language: "other_language", "save-csv": "save_csv", "save-json": "save_json", "load-text": "load", "guide-title": "guide",
      blind: "blind", keys: "keys", "labels-title": "choose", "comment-title": "comment", previous: "previous", next: "next", open: "next_open", undo: "undo",
    })) at(id).textContent = words(name);
    at("title").textContent = words("title", { task: data.task, coder: data.coder });
    document.title = at("title").textContent;
    at("guide-text").textContent = data.guide;
    at("progress").max = data.cases.length;
    at("progress").value = done;
    at("counted").textContent = words(done === data.cases.length ? "finished" : "progress", { done, total: data.cases.length });
    at("case-name").textContent = words("case", { number: place + 1, total: data.cases.length, id: one.id });
    at("input").textContent = one.input;
    at("input").lang = one.language;
    at("comment").value = now.comment;
    for (const choice of document.querySelectorAll(".choice")) choice.setAttribute("aria-pressed", String(choice.dataset.label === now.label));
    at("previous").disabled = place === 0;
    at("next").disabled = place === data.cases.length - 1;
    at("open").disabled = done === data.cases.length;
    at("undo").disabled = undone.length === 0;
    if (!keeps) notify(words("not_kept"));
  }

  function go(to, focus = true) {
    place = Math.min(Math.max(to, 0), data.cases.length - 1);
    show();
    at("input").scrollTop = 0;
    if (focus) at("case-name").focus();
  }

  function nextOpen(from) {
    for (let step = 1; step <= data.cases.length; step += 1) {
      const to = (from + step) % data.cases.length;
      if (entry(data.cases[to].id).label === "") return to;
    }
    return from;
  }

  function choose(label) {
    const { id } = data.cases[place];
    undone.push({ place, before: { ...entry(id) } });
    given.set(id, { ...entry(id), label, labelled_at: new Date().toISOString() });
    keep();
    go(nextOpen(place));
  }

  function undo() {
    const last = undone.pop();
    if (last === undefined) return;
    given.set(data.cases[last.place].id, last.before);
    keep();
    go(last.place);
  }

  const rows = () => data.cases.map((one) => ({ id: one.id, ...entry(one.id), labelled_by: data.coder }));

  function save(name, type, text) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    const missing = data.cases.length - labelled();
    notify(missing ? words("missing", { missing }) : "");
  }

  // a cell that a spreadsheet could take for a formula begins with an apostrophe, which corpuskit takes off again
  const cell = (text) => `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;

  function csv() {
    const columns = ["id", "label", "comment", "labelled_at", "labelled_by"];
    return `\ufeff${[columns, ...rows().map((row) => columns.map((name) => row[name]))].map((line) => line.map(cell).join(",")).join("\r\n")}\r\n`;
  }

  async function load(file) {
    try {
      const known = new Map(data.cases.map((one) => [one.id, one]));
      const read = JSON.parse(await file.text());
      let taken = 0;
      for (const row of read) {
        if (known.has(row.id) && (row.label === "" || data.labels.includes(row.label))) {
          given.set(row.id, { label: row.label, comment: String(row.comment ?? ""), labelled_at: String(row.labelled_at ?? "") });
          taken += 1;
        }
      }
      keep();
      go(nextOpen(data.cases.length - 1));
      notify(words("loaded", { taken, total: read.length }));
    } catch {
      notify(words("not_loaded"));
    }
  }

  remember();
  data.labels.forEach((label, number) => {
    const choice = document.createElement("button");
    const text = document.createElement("span");
    choice.type = "button";
    choice.className = "choice";
    choice.dataset.label = label;
    choice.addEventListener("click", () => choose(label));
    text.textContent = label;
    if (number < 9) {
      const hint = document.createElement("kbd");
      hint.textContent = String(number + 1);
      choice.append(hint);
    }
    choice.append(text);
    at("labels").append(choice);
  });
  at("comment").addEventListener("input", () => {
    const { id } = data.cases[place];
    given.set(id, { ...entry(id), comment: at("comment").value });
    keep(false); // browsers limit how often a tab may remember something: not at every letter
  });
  at("comment").addEventListener("change", keepInTab);
  addEventListener("beforeunload", keepInTab);
  at("previous").addEventListener("click", () => go(place - 1));
  at("next").addEventListener("click", () => go(place + 1));
  at("open").addEventListener("click", () => go(nextOpen(place)));
  at("undo").addEventListener("click", undo);
  at("save-csv").addEventListener("click", () => save(`${data.file}.csv`, "text/csv;charset=utf-8", csv()));
  at("save-json").addEventListener("click", () => save(`${data.file}.json`, "application/json", JSON.stringify(rows(), null, 1)));
  at("load").addEventListener("change", (event) => {
    if (event.target.files.length) load(event.target.files[0]);
    event.target.value = "";
  });
  at("language").addEventListener("click", () => {
    language = Object.keys(data.words).find((name) => name !== language) ?? language;
    try {
      localStorage.setItem("corpuskit-language", language);
    } catch {
      keeps = false;
    }
    keepInTab();
    show();
  });
  document.addEventListener("keydown", (event) => {
    if (event.target.matches("textarea, input[type=file]") || event.ctrlKey || event.metaKey || event.altKey) return;
    const number = Number(event.key);
    if (number >= 1 && number <= Math.min(9, data.labels.length)) choose(data.labels[number - 1]);
    else if (event.key === "ArrowLeft") go(place - 1);
    else if (event.key === "ArrowRight") go(place + 1);
    else if (event.key === "u" || event.key === "Backspace") undo();
    else return;
    event.preventDefault();
  });
  go(entry(data.cases[0].id).label === "" ? 0 : nextOpen(0), false);
})();
