// Shares of a poll in hundredths of a per cent: they keep their sum while one of them moves.
export const read = (text) => {
  const value = Number(String(text).replace("%", "").replace(",", ".").trim() || "x");
  return Number.isFinite(value) ? Math.round(100 * value) : NaN;
};
export const write = (hundredths) => `${hundredths / 100}%`;

const known = (text) => Math.max(0, read(text) || 0);

// Shares out a total among answers in proportion to what they have, to the hundredth; equally where nobody has anything.
export function scaled(shares, total) {
  const ids = Object.keys(shares);
  const sum = ids.reduce((all, id) => all + known(shares[id]), 0);
  const exact = ids.map((id) => (sum ? (known(shares[id]) * total) / sum : total / ids.length));
  const whole = exact.map(Math.floor);
  const order = ids.map((_, place) => place).sort((a, b) => whole[a] - exact[a] - (whole[b] - exact[b]));
  const short = total - whole.reduce((all, part) => all + part, 0);
  for (const place of order.slice(0, short)) whole[place] += 1;
  return Object.fromEntries(ids.map((id, place) => [id, write(whole[place])]));
}

// What all named answers have together: everything but the undecided.
export const decided = (undecided) => 10000 - known(undecided ?? "0");

// One answer moves to a share; the others give or take in proportion, so that all have the total.
export function moved(shares, id, hundredths, total) {
  const { [id]: _, ...others } = shares;
  if (!Object.keys(others).length) return shares;
  const share = Math.min(Math.max(hundredths, 0), total);
  const rest = scaled(others, total - share);
  return Object.fromEntries(Object.keys(shares).map((key) => [key, key === id ? write(share) : rest[key]]));
}

export function without(shares, id, total) {
  const { [id]: _, ...others } = shares;
  return Object.keys(others).length ? scaled(others, total) : shares;
}
