// The chamber as a hemicycle: a dot for each seat, the parties side by side; below it who they are.
import { make, number, say, tint } from "./words.js";

const WIDTH = 600, RADIUS = 280, INNER = 0.38, MOST = 700, NAMED = 12;

// Places of the dots from left to right, in shares of the outermost row, and how far dots are apart.
export function places(seats) {
  const room = (rows) => radii(rows).reduce((all, radius) => all + Math.floor((Math.PI * radius * rows) / (1 - INNER)), 0);
  let rows = 1;
  while (rows < seats && room(rows) < seats) rows += 1;
  const found = [];
  const all = radii(rows).reduce((sum, radius) => sum + radius, 0);
  let done = 0, share = 0;
  for (const radius of radii(rows)) {
    share += radius / all;
    const here = Math.round(seats * share) - done;
    done += here;
    for (let place = 0; place < here; place += 1) found.push([here === 1 ? Math.PI / 2 : Math.PI * (1 - place / (here - 1)), radius]);
  }
  const apart = Math.min((1 - INNER) / rows, 0.12);
  return [found.sort((a, b) => b[0] - a[0] || a[1] - b[1]), apart];
}

const radii = (rows) => [...Array(rows).keys()].map((row) => INNER + ((1 - INNER) * (row + 1)) / rows);

export function drawChamber(place, picture) {
  const { law, parties } = picture;
  const seated = parties.filter(({ point }) => point > 0);
  const taken = seated.reduce((all, { point }) => all + point, 0);
  const elected = law.list_seats + law.district_seats;
  const scale = Math.max(1, elected / MOST);
  const svg = make("svg", { viewBox: `0 0 ${WIDTH} ${RADIUS + 46}`, role: "img", "aria-label": alt(seated) });
  const [dots, apart] = places(Math.round(elected / scale));
  const colours = seated.flatMap((party) => seatsOf(party, scale));
  dots.forEach(([angle, radius], index) => {
    const [x, y] = [WIDTH / 2 + RADIUS * radius * Math.cos(angle), RADIUS + 14 - RADIUS * radius * Math.sin(angle)];
    const [colour, sure] = colours[index] ?? ["var(--vacant)", false];
    const dot = make("circle", { cx: x.toFixed(1), cy: y.toFixed(1), r: (0.42 * apart * RADIUS).toFixed(1), "stroke-width": 1.5 });
    dot.style.fill = tint(colour);
    dot.style.fillOpacity = sure ? 1 : 0.3;
    dot.style.stroke = tint(colour);
    svg.append(dot);
  });
  const middle = { x: WIDTH / 2, "text-anchor": "middle" };
  svg.append(make("text", { ...middle, y: RADIUS - 16, "font-size": 46, "font-weight": 600 }, number(elected)));
  svg.append(make("text", { ...middle, y: RADIUS + 8, class: "small" }, say("elected")));
  svg.append(make("text", { ...middle, y: RADIUS + 38, class: "small" }, majorityLine(law)));
  place.replaceChildren(svg, key(seated));
  return taken;
}

function majorityLine(law) {
  const appointed = law.appointed_seats ? ` · ${say("appointed")} ${number(law.appointed_seats)}` : "";
  return say("majority_line", { n: number(law.majority) }) + appointed;
}

const alt = (seated) => say("hemicycle_alt", { seats: seated.map(({ name, point }) => say("seats_of", { party: name, seats: point })).join(", ") });

// The dots of one party: those at the lower end of its interval are full.
function seatsOf({ colour, point, low }, scale) {
  const [all, sure] = [Math.round(point / scale), Math.round(Math.min(low, point) / scale)];
  return Array.from({ length: all }, (_, index) => [colour, index < sure]);
}

function key(seated) {
  const lines = seated.slice(0, NAMED).map(({ name, colour, point, low, high }) => {
    const spot = make("span", { class: "spot" });
    spot.style.background = tint(colour);
    return make("li", {}, spot, `${name} ${number(point)} (${number(low)}–${number(high)})`);
  });
  if (seated.length > NAMED) lines.push(make("li", {}, say("more_in_table", { n: number(seated.length - NAMED) })));
  return make("ul", { class: "key" }, ...lines);
}
