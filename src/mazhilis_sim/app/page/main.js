// The page: a state that the controls change, the talk with the program, and what is drawn of its answers.
import { drawBrief } from "./brief.js";
import { drawChamber } from "./chamber.js";
import { drawCompared } from "./compare.js";
import { Controls } from "./controls.js";
import { tell } from "./fields.js";
import { download, inBase64, watchDrops } from "./files.js";
import { drawChances, drawMembers, drawSeats } from "./tables.js";
import { Talk } from "./talk.js";
import { language, learn, number, perCent, percent, say, written } from "./words.js";

const at = (id) => document.getElementById(id);
const begin = async (code) => (await fetch(`begin.json${code ? `?lang=${encodeURIComponent(code)}` : ""}`)).json();
// The address of the page that opens in its language, and shows the state that the letters behind the hash hold.
const address = (hash) => `${location.origin}${location.pathname}?lang=${language()}${hash}`;

const store = {
  state: null,
  pinned: null,
  said: [],
  answer: {},
  change(edit) {
    edit(this.state);
    performance.mark("moved");
    show();
  },
};
let talk, controls, begun, announcing;

function show() {
  document.body.dataset.settled = false;
  at("shared").hidden = true; // it is about the state before
  talk.show({ state: store.state, pinned: store.pinned, told: store.said, lang: language() });
}

function take(reply) {
  const left = tell(reply.faults ?? []);
  at("wrong").hidden = !left.length;
  at("wrong").textContent = left.map(({ said }) => say("wrong", { said })).join(" ");
  for (const id of ["results", "brief"]) at(id).classList.toggle("stale", Boolean(reply.faults));
  if (reply.picture) draw(reply);
  document.body.dataset.settled = !talk.waiting && (reply.whole ?? true);
}

function draw(reply) {
  performance.mark("came");
  store.answer = { ...store.answer, ...reply };
  const { picture } = reply;
  drawBrief(at("brief"), picture);
  drawChamber(at("chamber"), picture);
  drawSeats(at("seats"), picture);
  drawChances(at("chances"), picture);
  drawMembers(at("members"), picture, Object.keys(store.state.poll.shares), store.state.coalitions?.[0] ?? [], (chosen) =>
    store.change((state) => (state.coalitions = chosen.length ? [chosen] : [])),
  );
  drawCompared(at("compared"), reply.compared, store.pinned);
  drawLaw(picture.law);
  at("behind").textContent = say(reply.whole ? "behind" : "behind_more", { n: number(picture.draws) });
  if (reply.said) doubt(reply.said);
  if (reply.protocol !== undefined) at("protocol").textContent = reply.protocol || say("no_protocol");
  Object.assign(document.body.dataset, { draws: picture.draws, whole: reply.whole, number: reply.id });
  performance.mark("drawn", { detail: { draws: picture.draws, simulated: reply.simulated } });
  if (reply.whole) {
    history.replaceState(null, "", address(`#${store.answer.link}`));
    announce(picture);
  }
  recolour(picture);
}

function drawLaw(law) {
  const { total_seats: total, list_seats: list, district_seats: districts, appointed_seats: appointed, majority } = law;
  at("size").textContent = say("size", { total, list, districts, appointed, majority });
}

// Colours of parties are known with the first picture of them; the controls then show them, too.
function recolour({ parties }) {
  const colours = Object.fromEntries(parties.map(({ id, colour }) => [id, colour]));
  for (const { id, name } of parties) begun.names[id] = name;
  if (Object.keys(store.state.poll.shares).some((id) => colours[id] && controls.colours[id] !== colours[id]) && !busyTyping()) controls.build(colours);
}

// What has the focus among the controls that are built anew would lose it.
const busyTyping = () => ["law", "poll", "model", "turnout"].some((id) => at(id).contains(document.activeElement));

// Read out by a screen reader once the hand rests.
function announce({ parties, draws }) {
  const [first] = parties;
  clearTimeout(announcing);
  const values = { n: number(draws), party: first.name, low: first.low, high: first.high, chance: percent(first.majority.value) };
  announcing = setTimeout(() => (at("live").textContent = say("announce", values)), 600);
}

// -- a whole state from elsewhere --

function adopt(state, said = []) {
  store.state = state;
  controls.build();
  store.said = said;
  doubt([]);
  show();
}

// What is doubtful about the file that was opened, and about the state as it is.
function doubt(said) {
  const all = [...new Set([...store.said, ...said])];
  at("said").hidden = !all.length;
  at("doubts").replaceChildren(...all.map((text) => Object.assign(document.createElement("li"), { textContent: text })));
}

async function open(message, place, name) {
  const reply = await talk.ask({ ...message, state: store.state, lang: language() });
  const wrong = (reply.faults ?? []).map(({ said }) => said).join(" ");
  at(place).textContent = wrong;
  if (!reply.state) return undefined;
  adopt(reply.state, reply.said);
  if (name) at("live").textContent = say("opened", { name });
  return reply.state;
}

// A poll can be typed at once, and the button that uses it is in sight; the first letter would be lost if the browser opened it later.
function showOwn(event) {
  event.preventDefault();
  at("own").open = !at("own").open;
  if (!at("own").open) return;
  at("use").scrollIntoView({ block: "nearest" });
  at("typed").focus({ preventScroll: true });
}

// The margin that is used is said where the poll was typed; until there is an answer, which may wait for the compiler, that it is read.
async function usePoll() {
  at("fault-typed").textContent = "";
  at("used").textContent = say("reading_poll");
  const state = await open({ kind: "text", text: at("typed").value }, "fault-typed");
  at("used").textContent = state ? say("poll_used", { margin: perCent(roundly(state.poll.margin)) }) : "";
  at(state ? "used" : "fault-typed").scrollIntoView({ block: "nearest" });
}

// What was said of the text before it was edited goes, and that the forecast beside it is another's is said; the button stays in sight.
function edited() {
  at("fault-typed").textContent = "";
  at("used").textContent = at("typed").value.trim() ? say("poll_not_used") : "";
  at("use").scrollIntoView({ block: "nearest" });
}

const roundly = (share) => written(String(Number(Number(share.replace("%", "")).toFixed(2))));

async function openFile(file) {
  const data = await inBase64(file);
  if (data === null) at("fault-file").textContent = say("too_large");
  else await open({ kind: "file", name: file.name, data }, "fault-file", file.name);
}

async function speak(code) {
  begun = await begin(code);
  learn(begun);
  history.replaceState(null, "", address(location.hash));
  controls.begun = begun;
  controls.build();
  drawPins();
  at("members").dataset.ids = "";
  show();
}

function pin(state) {
  store.pinned = state && structuredClone(state);
  drawPins();
  show();
}

function drawPins() {
  at("unpin").hidden = at("restore").hidden = !store.pinned;
  if (!store.pinned) at("compared").replaceChildren();
}

// The address of what is shown; that of the page is renewed only once all elections are simulated.
const link = () => address(store.answer.link ? `#${store.answer.link}` : location.hash);
const command = (here) => `mazhilis-sim explore --lang ${language()} "${here}"`;

async function copy(worded, said) {
  await talk.idle();
  const text = worded(link());
  const done = await navigator.clipboard.writeText(text).then(
    () => true,
    () => false,
  );
  at("shared").hidden = false;
  at("shared").querySelector("span").textContent = done ? say(said) : `${say("not_copied")} ${text}`;
}

// To a part of the page, without a change of the address, which holds the state.
function go(event) {
  event.preventDefault();
  const part = at(event.target.hash.slice(1));
  part.scrollIntoView();
  part.focus({ preventScroll: true });
}

function listen() {
  at("form").addEventListener("submit", (event) => event.preventDefault());
  at("language").addEventListener("change", (event) => speak(event.target.value));
  at("pin").addEventListener("click", () => pin(store.state));
  at("unpin").addEventListener("click", () => {
    pin(null);
    at("pin").focus();
  });
  at("restore").addEventListener("click", () => adopt(structuredClone(store.pinned)));
  at("own").querySelector("summary").addEventListener("click", showOwn);
  at("use").addEventListener("click", usePoll);
  at("typed").addEventListener("input", edited);
  at("file").addEventListener("change", async (event) => {
    if (event.target.files.length) await openFile(event.target.files[0]);
    event.target.value = "";
  });
  at("download").addEventListener("click", () => download(store.answer.toml, "scenario.toml"));
  for (const id of ["copy", "copy-here"]) at(id).addEventListener("click", () => copy((here) => here, "copied"));
  for (const id of ["command", "revive"]) at(id).addEventListener("click", () => copy(command, "copied_command"));
  at("again").addEventListener("click", () => adopt(structuredClone(begun.state), begun.said));
  for (const way of document.querySelectorAll('a[href^="#"]')) way.addEventListener("click", go);
  window.addEventListener("hashchange", () => open({ kind: "link", link: location.hash }, "fault-file"));
  watchDrops(openFile);
}

async function start() {
  begun = await begin(new URLSearchParams(location.search).get("lang"));
  learn(begun);
  for (const [code, name] of Object.entries(begun.languages)) at("language").append(new Option(name, code, false, code === begun.language));
  talk = new Talk(take, () => {
    at("notice").querySelector("span").textContent = say("lost");
    at("notice").hidden = false;
  });
  controls = new Controls(begun, store);
  listen();
  const linked = location.hash.length > 1 && (await open({ kind: "link", link: location.hash }, "fault-file"));
  if (!linked) adopt(structuredClone(begun.state), begun.said);
}

start();
