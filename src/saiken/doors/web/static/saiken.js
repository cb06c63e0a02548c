// What a page does beyond showing itself: the slider, the panels, the charts. All works without, as
// plain forms, anchors and pictures.
"use strict";

// In a scope of its own: the chart library makes names such as `vega` global.
(() => {
const DAY = 86400000;
const root = document.documentElement;
const library = document.currentScript.dataset.library;
const find = (selector, within = document) => within.querySelector(selector);
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const iso = (time) => new Date(time).toISOString().slice(0, 10);

function tell(words) {
  find("#told").textContent = words;
}

// -- Light and dark

function themes() {
  const button = find("#theme");
  const isDark = () => (root.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  const show = () => { button.textContent = isDark() ? "Light" : "Dark"; };
  button.hidden = false;
  show();
  button.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    try { localStorage.setItem("theme", root.dataset.theme); } catch { /* not kept */ }
    show();
  });
}

// -- The time machine

function clock() {
  const slider = find("#slider");
  if (!slider) return;
  const day = find("#as_of");
  const form = find("#page");
  const latest = Date.parse(day.max);
  let before = day.value;

  const first = () => Date.parse(slider.dataset.first);
  const place = (value) => Math.round((Date.parse(value) - first()) / DAY);
  const show = (value) => { day.value = value; slider.setAttribute("aria-valuetext", value); };

  function fit(value) {
    // A day outside the slider's span moves the span around it.
    const time = Date.parse(value);
    if (place(value) < 0 || place(value) > Number(slider.max)) {
      const end = Math.min(latest, time + 365 * DAY);
      slider.dataset.first = iso(Math.min(time, end) - 365 * DAY);
      slider.max = Math.round((end - first()) / DAY);
      find("#first").textContent = iso(first());
      find("#last").textContent = iso(end);
    }
    slider.value = place(value);
  }

  function go(value) {
    if (!value || value === before || Date.parse(value) > latest) return;
    const was = before;
    before = value;
    show(value);
    fit(value);
    const text = find("#text");
    if (text && !text.value.trim()) return;
    const dated = find("#dated");
    // The text stays of the day that it was first read as: only what is known moves.
    if (dated && !dated.value && find("#answer .answer")) dated.value = was;
    form.requestSubmit();
  }

  slider.addEventListener("input", () => show(iso(first() + Number(slider.value) * DAY)));
  slider.addEventListener("change", () => go(day.value));
  day.addEventListener("change", () => day.validity.valid && go(day.value));
  const turns = (side) => find(".turns")?.dataset[side];
  find("#earlier").addEventListener("click", () => go(turns("earlier")));
  find("#later").addEventListener("click", () => go(turns("later")));
}

function turn() {
  const turns = find(".turns");
  for (const side of ["earlier", "later"]) {
    const button = find("#" + side);
    if (!button) continue;
    const to = turns?.dataset[side];
    button.disabled = !to || Date.parse(to) > Date.parse(find("#as_of").max);
    button.title = to || "";
  }
  const dated = find("#as_of")?.value;
  if (dated) for (const link of all("a[data-dated]")) {
    const to = new URL(link.href);
    if (to.searchParams.has("as_of")) { to.searchParams.set("as_of", dated); link.href = to.pathname + to.search; }
  }
  const link = find("#link");
  if (link) link.href = location.href;
}

// -- The evidence beside the text

function panels() {
  const box = find(".panels");
  if (!box || box.dataset.ready) return;
  box.dataset.ready = "1";
  const shown = all(".panel", box);
  const claims = all("a.claim");
  const close = document.createElement("button");
  close.type = "button";
  close.className = "close";
  close.textContent = box.dataset.close;
  box.prepend(close);
  let opener = null;

  function open(id, from) {
    for (const panel of shown) panel.hidden = panel.id !== id;
    for (const claim of claims) claim.setAttribute("aria-expanded", String(claim.hash === "#" + id));
    if (!from) return;
    opener = from;
    box.classList.add("open");
    box.scrollTop = 0;
    find("#" + id).focus({ preventScroll: true });
  }
  function shut() {
    box.classList.remove("open");
    opener?.focus();
  }
  for (const claim of claims) {
    claim.setAttribute("role", "button");
    claim.setAttribute("aria-controls", claim.hash.slice(1));
    claim.addEventListener("click", (event) => { event.preventDefault(); open(claim.hash.slice(1), claim); });
    claim.addEventListener("keydown", (event) => { if (event.key === " ") { event.preventDefault(); claim.click(); } });
  }
  for (const back of all(".back", box)) back.addEventListener("click", (event) => {
    event.preventDefault();
    box.classList.remove("open");
    find(back.hash)?.focus();
  });
  close.addEventListener("click", shut);
  box.addEventListener("keydown", (event) => { if (event.key === "Escape") shut(); });
  // The gravest is what a reader wants to see first.
  const gravest = box.closest(".answer").querySelector(".overall").className.replace("overall", "").trim();
  const first = shown.find((panel) => gravest && panel.classList.contains(gravest)) || shown[0];
  if (first) open(first.id, null);
}

// -- Charts, drawn when they come into view

let loading = null;

function vega() {
  loading ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = library;
    script.addEventListener("load", () => resolve(window.vegaEmbed));
    script.addEventListener("error", () => { loading = null; reject(new Error("no chart library")); });
    document.head.append(script);
  });
  return loading;
}

async function draw(figure) {
  try {
    const [embed, answer] = await Promise.all([vega(), fetch(figure.dataset.chart)]);
    if (!answer.ok) throw new Error((await answer.text()).slice(0, 200));
    const options = { renderer: "svg", actions: false, ast: true, defaultStyle: false, tooltip: { disableDefaultStyle: true } };
    const drawn = await embed(figure, await answer.json(), options);
    figure.dataset.drawn = "yes";
    if ("ResizeObserver" in window) new ResizeObserver(() => drawn.view.resize().runAsync()).observe(figure);
  } catch (error) {
    console.error(error);
    figure.textContent = "The chart could not be drawn; its picture is linked below.";
    figure.dataset.drawn = "no";
  }
}

const seen = new IntersectionObserver((entries) => {
  for (const entry of entries) if (entry.isIntersecting) { seen.unobserve(entry.target); draw(entry.target); }
}, { rootMargin: "200px" });

function charts() {
  for (const figure of all("[data-chart]:not([data-seen])")) {
    figure.dataset.seen = "1";
    seen.observe(figure);
  }
}

// -- Links to answers; a text too long for an address goes into the part that is never sent

const base64 = (bytes) => btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");

async function through(stream, bytes) {
  return new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(stream)).arrayBuffer());
}

async function linkOf(button) {
  if (button.dataset.link) return new URL(button.dataset.link, location).href;
  const form = button.closest("form");
  const told = JSON.stringify(Object.fromEntries(new FormData(form)));
  const packed = await through(new CompressionStream("deflate-raw"), new TextEncoder().encode(told));
  let text = "";
  for (let at = 0; at < packed.length; at += 3000) text += base64(packed.subarray(at, at + 3000));
  return new URL("/#t=" + text, location).href;
}

async function fromLink() {
  if (!location.hash.startsWith("#t=") || !find("#text")) return;
  try {
    const bytes = Uint8Array.from(atob(location.hash.slice(3).replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
    const told = JSON.parse(new TextDecoder().decode(await through(new DecompressionStream("deflate-raw"), bytes)));
    find("#text").value = String(told.text ?? "");
    find("#dated").value = String(told.dated ?? "");
    if (/^\d{4}-\d\d-\d\d$/.test(told.as_of)) find("#as_of").value = told.as_of;
    find("#page").requestSubmit();
  } catch { tell("The link is damaged."); }
}

function copies() {
  for (const button of all("button.copy[hidden]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const link = await linkOf(button);
      try { await navigator.clipboard.writeText(link); button.textContent = button.dataset.done; }
      catch { location.href = link; }
    });
  }
}

function ready() {
  turn();
  panels();
  charts();
  copies();
  for (const field of all(".goes:not([data-ready])")) {
    field.dataset.ready = "1";
    field.addEventListener("change", () => find("#page").requestSubmit());
    const shown = field.dataset.shown && find("output", field.parentElement);
    if (shown) field.addEventListener("input", () => { shown.textContent = Math.round(field.value * field.dataset.shown); });
  }
}

let asked = false;

// On a phone the pages' names are wider than the screen.
const names = find(".top nav ul"), here = find(".top [aria-current]");
if (here) names.scrollLeft = here.offsetLeft - names.offsetLeft - (names.clientWidth - here.offsetWidth) / 2;

themes();
clock();
ready();
fromLink();
document.addEventListener("htmx:afterSettle", () => {
  ready();
  // A press of the button leads to the answer; a move of the slider leaves the page where it is.
  if (asked) find(".overall, .error")?.scrollIntoView({ block: "start" });
  asked = false;
});
find("#check")?.addEventListener("click", () => { asked = true; });
document.addEventListener("htmx:pushedIntoHistory", turn);
document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.successful) tell(find(".overall .ruling")?.textContent.trim() || "The page is as of " + (find("#as_of")?.value ?? "today"));
  else tell("The server gave no answer.");
});
})();
