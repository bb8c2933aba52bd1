// Single keys on the page of a pair, for whoever ticks that they want them (WCAG 2.1.4). All works without this file.
"use strict";
(() => {
  const wish = document.querySelector("[data-keys]");
  if (!wish) return;
  wish.closest("[hidden]").hidden = false;
  const name = "doubles-keys";
  try { wish.checked = sessionStorage.getItem(name) === "yes"; } catch { /* no storage: off on each page */ }
  wish.addEventListener("change", () => {
    try { sessionStorage.setItem(name, wish.checked ? "yes" : "no"); } catch { /* as above */ }
  });
  document.addEventListener("keydown", (pressed) => {
    if (!wish.checked || pressed.ctrlKey || pressed.altKey || pressed.metaKey || pressed.repeat) return;
    if (pressed.target.closest("input:not([data-keys]), textarea, select")) return;
    if (!/^[a-z]$/.test(pressed.key)) return;
    const found = document.querySelector(`[data-key="${pressed.key}"]`);
    if (found) { pressed.preventDefault(); found.click(); }
  });
})();
