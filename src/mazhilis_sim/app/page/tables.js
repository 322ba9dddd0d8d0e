// Seats and chances as tables; each distribution as bars.
import { make, nameOf, number, perCent, percent, say, tint } from "./words.js";

// Columns that a narrow page has no room for: what they say stands among the controls, or in the interval.
const CLASSES = { distribution: "left", share: "least", median: "least" };
const head = (...keys) => make("thead", {}, make("tr", {}, ...keys.map((key) => make("th", { scope: "col", class: CLASSES[key] }, say(key)))));
const cell = (text, attributes = {}) => make("td", attributes, text);
const row = (name, ...cells) => make("tr", {}, make("th", { scope: "row" }, name), ...cells);

export function drawSeats(place, { parties }) {
  const most = Math.max(1, ...parties.map(({ histogram }) => histogram.first + histogram.shares.length));
  const rows = parties.filter(({ high, share, point }) => high > 0 || point > 0 || share > 0).map((party) => seatsRow(party, most));
  place.setAttribute("aria-label", say("seats"));
  place.replaceChildren(make("table", {}, head("party", "share", "enters", "median", "interval", "distribution", "central"), make("tbody", {}, ...rows)));
}

function seatsRow(party, most) {
  const found = row(
    marked(party),
    cell(party.share === undefined ? "–" : perCent(number(100 * party.share, 1)), { class: CLASSES.share }),
    cell(party.enters ? percent(party.enters.value) : "–"),
    cell(number(party.median), { class: CLASSES.median }),
    cell(`${number(party.low)}–${number(party.high)}`),
    make("td", { class: "left" }, bars(party, most)),
    cell(number(party.point)),
  );
  found.dataset.party = party.id;
  return found;
}

function marked({ colour, name }) {
  const spot = make("span", { class: "spot" });
  spot.style.background = tint(colour);
  return make("span", {}, spot, name);
}

function bars({ histogram, colour, name, low, high, median }, most) {
  const [wide, tall] = [220, 38];
  const label = say("histogram_alt", { party: name, low, high, median });
  const svg = make("svg", { viewBox: `0 0 ${wide} ${tall}`, preserveAspectRatio: "none", role: "img", "aria-label": label });
  const highest = Math.max(...histogram.shares, 1e-9);
  histogram.shares.forEach((share, index) => {
    const height = (share / highest) * (tall - 2);
    const bar = make("rect", { x: ((histogram.first + index) / most) * wide, y: tall - height, width: Math.max(wide / most, 0.8), height });
    bar.style.fill = tint(colour);
    svg.append(bar);
  });
  const floor = make("line", { x1: 0, x2: wide, y1: tall - 0.5, y2: tall - 0.5 });
  floor.style.stroke = "var(--line)";
  svg.append(floor);
  return svg;
}

export function drawChances(place, { parties, coalitions, nobody, fallback, no_list: none }) {
  const alone = parties.filter(({ majority, point }, index) => majority.value >= 0.005 || (index === 0 && point > 0));
  const rows = [
    ...alone.map((party) => row(marked(party), cell(percent(party.majority.value)))),
    ...coalitions.map(({ name, majority }) => row(name, cell(percent(majority.value)))),
    row(say("nobody"), cell(percent(nobody.value))),
    row(say("fallback"), cell(percent(fallback.value))),
    ...(none.value > 0 ? [row(say("no_list"), cell(percent(none.value)))] : []),
  ];
  place.replaceChildren(make("table", {}, head("party", "majority"), make("tbody", {}, ...rows)));
}

// Boxes to choose a coalition of, in the order of the poll, so that every page of a state has them alike; kept while the parties stay the same.
export function drawMembers(place, { parties }, order, chosen, onChange) {
  const rank = ({ id }) => (order.includes(id) ? order.indexOf(id) : order.length);
  const sorted = [...parties].sort((a, b) => rank(a) - rank(b) || (a.id < b.id ? -1 : 1));
  const ids = sorted.map(({ id }) => id);
  if (place.dataset.ids !== ids.join("\n")) {
    place.dataset.ids = ids.join("\n");
    place.className = "members";
    place.replaceChildren(...sorted.map(({ id, name }) => member(id, name, place, onChange)));
  }
  for (const box of place.querySelectorAll("input")) box.checked = chosen.includes(box.value);
}

function member(id, name, place, onChange) {
  const box = make("input", { type: "checkbox", value: id });
  box.addEventListener("change", () => onChange([...place.querySelectorAll("input:checked")].map(({ value }) => value)));
  return make("label", {}, box, name ?? nameOf(id));
}
