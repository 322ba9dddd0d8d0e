// One kind of control: a slider and a number that mean the same, with a place for what is wrong with it.
import { make, tint, written } from "./words.js";

const idOf = (path) => path.replace(/[^\p{L}\p{N}]+/gu, "-");

// path: keys in the state; get: the number as text; set: takes what was typed or dragged.
export function pair({ path, label, colour, least, most, step, get, set, remove }) {
  const id = idOf(path);
  const slider = make("input", { type: "range", id: `slide-${id}`, min: least, max: most, step, "aria-labelledby": `label-${id}` });
  const typed = make("input", { type: "text", inputmode: "decimal", id, "aria-describedby": `fault-${id}`, "data-path": path });
  const spot = colour ? [make("span", { class: "spot", "data-colour": colour })] : [];
  if (colour) spot[0].style.background = tint(colour);
  const field = make(
    "div",
    { class: "field" },
    make("label", { for: id, id: `label-${id}` }, ...spot, label),
    make("div", { class: remove ? "pair" : "pair bare" }, slider, typed, ...(remove ? [remove] : [])),
    make("p", { class: "fault", id: `fault-${id}`, "data-fault": path }),
  );
  slider.addEventListener("input", () => set(slider.value));
  typed.addEventListener("change", () => set(typed.value.trim()));
  typed.addEventListener("keydown", (event) => {
    if (event.key === "Enter") set(typed.value.trim());
  });
  field.refresh = () => {
    const value = get();
    if (document.activeElement !== slider) slider.value = value;
    if (document.activeElement !== typed || typed.dataset.shown !== value) typed.value = written(value);
    typed.dataset.shown = value;
  };
  return field;
}

export function choice({ path, label, options, get, set }) {
  const id = idOf(path);
  const select = make("select", { id, "aria-describedby": `fault-${id}`, "data-path": path });
  for (const { id: value, name } of options) select.append(make("option", { value }, name));
  const field = make(
    "div",
    { class: "field" },
    make("label", { for: id }, label),
    select,
    make("p", { class: "fault", id: `fault-${id}`, "data-fault": path }),
  );
  select.addEventListener("change", () => set(select.value));
  field.refresh = () => {
    select.value = get();
  };
  return field;
}

export function tick({ path, label, get, set }) {
  const id = idOf(path);
  const box = make("input", { type: "checkbox", id, "data-path": path, "aria-describedby": `fault-${id}` });
  const field = make("div", { class: "field" }, make("label", { for: id }, box, label), make("p", { class: "fault", id: `fault-${id}`, "data-fault": path }));
  box.addEventListener("change", () => set(box.checked));
  field.refresh = () => {
    const found = get();
    box.checked = found.on;
    field.hidden = found.hidden;
  };
  return field;
}

// Says what is wrong beside the control that it is about; what is about none of them is returned.
export function tell(faults) {
  for (const place of document.querySelectorAll("[data-fault]")) place.textContent = "";
  for (const control of document.querySelectorAll("[aria-invalid]")) control.removeAttribute("aria-invalid");
  return faults.filter(({ path, said }) => {
    const place = [...document.querySelectorAll("[data-fault]")].find((element) => element.dataset.fault === path);
    if (!place) return true;
    place.textContent = said;
    const control = [...document.querySelectorAll("[data-path]")].find((element) => element.dataset.path === path);
    control?.setAttribute("aria-invalid", "true");
    const folded = place.closest("details");
    if (folded) folded.open = true;
    return false;
  });
}
