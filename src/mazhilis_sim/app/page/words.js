// The texts of the page, and numbers as the language writes them.
let begun = { texts: {}, language: "en", names: {} };

export function learn(beginning) {
  begun = beginning;
  document.documentElement.lang = begun.language;
  document.title = begun.texts.title;
  for (const element of document.querySelectorAll("[data-text]")) element.textContent = begun.texts[element.dataset.text];
  for (const element of document.querySelectorAll("[data-label]")) element.setAttribute("aria-label", begun.texts[element.dataset.label]);
  for (const element of document.querySelectorAll("[data-title]")) element.title = begun.texts[element.dataset.title];
  for (const element of document.querySelectorAll("[data-placeholder]")) element.placeholder = begun.texts[element.dataset.placeholder];
}

export const say = (key, values = {}) => begun.texts[key].replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
export const nameOf = (id) => begun.names[id] ?? id;
export const language = () => begun.language;
// Kazakh writes numbers as Russian does, which every browser knows; Chromium says that it knows Kazakh, and writes them as English.
const locales = () => (begun.language === "kk" ? "ru" : begun.language);
export const number = (value, places = 0) =>
  new Intl.NumberFormat(locales(), { minimumFractionDigits: places, maximumFractionDigits: places }).format(value);
// A number of a field as the language writes it; what is none stays as it was typed.
export const written = (text) => (language() !== "en" && /^\d+\.\d+$/.test(text) ? text.replace(".", ",") : text);
export function signed(value, places = 1) {
  const size = number(Math.abs(value), places);
  return size === number(0, places) ? size : `${value > 0 ? "+" : "−"}${size}`;
}
export const rough = (value) => new Intl.NumberFormat(locales(), { maximumSignificantDigits: 1 }).format(value);

// A party's colour as a mark: nearer to the ink, so that pale ones are seen on white and dark ones on black.
export const tint = (colour) => (colour.startsWith("#") ? `color-mix(in srgb, ${colour} 80%, var(--ink))` : colour);

export const perCent = (written) => say("per_cent", { number: written });

// A chance in whole per cent; what is nearly sure or nearly never is not said to be so.
export function percent(share) {
  if (share < 0.01) return `< ${perCent(number(1))}`;
  if (share > 0.99) return `> ${perCent(number(99))}`;
  return perCent(number(100 * share));
}

export function make(kind, attributes = {}, ...children) {
  const svg = ["svg", "circle", "rect", "line", "text", "title"].includes(kind);
  const element = svg ? document.createElementNS("http://www.w3.org/2000/svg", kind) : document.createElement(kind);
  for (const [name, value] of Object.entries(attributes)) if (value !== undefined) element.setAttribute(name, value);
  element.append(...children);
  return element;
}
