// Before the page is drawn: the colours that the visitor chose. Kept by the browser, never sent.
"use strict";
try {
  const chosen = localStorage.getItem("theme");
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
} catch { /* storage is off: the system's choice stands */ }
document.documentElement.classList.add("scripted");
