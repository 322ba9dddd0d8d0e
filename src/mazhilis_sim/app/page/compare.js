// What differs from the pinned state.
import { make, number, percent, rough, say, signed } from "./words.js";

const COMMON = { voters: "common_voters", numbers: "common_numbers", nothing: "common_nothing" };

export function drawCompared(place, compared, pinned) {
  place.setAttribute("aria-label", say("compare"));
  if (!pinned) return place.replaceChildren();
  if (!compared) return undefined;
  const rows = compared.parties.filter(({ seats, before, more, fewer }) => before >= 0.05 || Math.abs(seats) >= 0.05 || more > 0.001 || fewer > 0.001).map(rowOf);
  const heads = ["party", "pinned_seats", "difference", "more", "fewer", "majority_change"];
  const head = make("thead", {}, make("tr", {}, ...heads.map((key) => make("th", { scope: "col" }, say(key)))));
  const note = compared.parties.every(({ seats }) => seats === 0) ? "nothing_changed" : COMMON[compared.common];
  place.replaceChildren(
    make("p", { class: "help" }, say(note, { n: number(compared.draws), kept: number(compared.kept ?? 0) })),
    make("table", {}, head, make("tbody", {}, ...rows)),
  );
  return undefined;
}

function rowOf({ id, name, before, seats, se, more, fewer, majority }) {
  const cells = [
    number(before, 1),
    `${signed(seats)} ± ${rough(se)}`,
    more === undefined ? "–" : percent(more),
    fewer === undefined ? "–" : percent(fewer),
    signed(100 * majority),
  ];
  const found = make("tr", {}, make("th", { scope: "row" }, name), ...cells.map((text) => make("td", {}, text)));
  found.dataset.party = id;
  return found;
}
