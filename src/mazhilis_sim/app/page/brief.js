// The forecast in two lines, which stay in view where the page is too narrow for controls and results side by side.
import { make, number, percent, say, tint } from "./words.js";

const NAMED = 3;

export function drawBrief(place, { parties }) {
  const seated = parties.filter(({ point }) => point > 0);
  place.setAttribute("aria-label", say("results"));
  place.querySelector(".stripe").replaceChildren(...seated.map(part));
  const said = seated.slice(0, NAMED).map(({ name, point, low, high }) => `${name} ${number(point)} (${number(low)}–${number(high)})`);
  place.querySelector(".seats").replaceChildren(...said.map((text) => make("span", {}, text)));
  place.querySelector(".majority").textContent = `${say("majority")}: ${parties[0].name} ${percent(parties[0].majority.value)}`;
}

function part({ point, colour }) {
  const found = make("span");
  found.style.flexGrow = point;
  found.style.background = tint(colour);
  return found;
}
