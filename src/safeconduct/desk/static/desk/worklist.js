// Keys for the list, only while the focus is in it (WCAG 2.1.4): nothing here is needed, Tab and Enter do it all.
"use strict";
(() => {
  const list = document.getElementById("list");
  if (!list) return;
  const links = [...list.querySelectorAll(".row-link")];
  const at = () => {
    const row = document.activeElement && document.activeElement.closest("tr");
    return row ? links.indexOf(row.querySelector(".row-link")) : -1;
  };
  const go = (to) => {
    const link = links[Math.max(0, Math.min(links.length - 1, to))];
    if (link) link.focus();
  };
  const keys = {
    j: () => go(at() + 1),
    ArrowDown: () => go(at() + 1),
    k: () => go(Math.max(0, at() - 1)),
    ArrowUp: () => go(Math.max(0, at() - 1)),
    x: () => {
      const link = links[at()];
      const box = link && link.closest("tr").querySelector("input[type=checkbox]");
      if (box) box.checked = !box.checked;
    },
    "/": () => {
      const field = document.getElementById("id_sought");
      if (field) field.focus();
    },
    "?": () => {
      const help = document.querySelector("details.keys");
      if (help) { help.open = true; help.querySelector("summary").focus(); }
    },
  };
  list.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.matches("select, textarea, input:not([type=checkbox])")) return;
    const act = keys[event.key];
    if (act) { event.preventDefault(); act(); }
  });
})();
