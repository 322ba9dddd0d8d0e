// The controls: built of a state, and built anew where its lists change.
import { choice, pair, tick } from "./fields.js";
import { decided, moved, read, scaled, without, write } from "./shares.js";
import { make, nameOf, number, say } from "./words.js";

const whole = (text) => (/^\d+$/.test(text) ? Number(text) : text);
const share = (text) => (Number.isNaN(read(text)) ? text : write(read(text)));
const shown = (text) => String(text ?? "").replace("%", "").trim();
const real = (text) => (text !== "" && Number.isFinite(Number(text.replace(",", "."))) ? Number(text.replace(",", ".")) : text);

const lawName = ({ id, list_seats, district_seats, appointed_seats, threshold }) =>
  say("law_name", { law: id, seats: number(list_seats + district_seats + appointed_seats), threshold: number(100 * threshold) });

export class Controls {
  constructor(begun, store) {
    this.begun = begun;
    this.store = store;
  }

  get state() {
    return this.store.state;
  }

  // Builds every control; called at the start and when a whole state comes from elsewhere.
  build(colours = {}) {
    this.colours = colours;
    this.fields = [];
    this.fill("law", this.lawFields());
    this.fill("poll", this.pollFields());
    this.fill("model", this.modelFields());
    this.fill("turnout", this.turnoutFields());
    document.getElementById("turnout-help").textContent = say("turnout_help", { year: this.begun.newest });
    this.refresh();
  }

  fill(id, fields) {
    document.getElementById(id).replaceChildren(...fields);
    this.fields.push(...fields.filter((field) => field.refresh));
  }

  refresh() {
    for (const field of this.fields) field.refresh();
  }

  change(edit) {
    this.store.change(edit);
    this.refresh();
  }

  preset() {
    return this.begun.laws.find(({ id }) => id === this.state.law?.name) ?? this.begun.laws.at(-1);
  }

  lawFields() {
    const set = (field) => (value) => this.change((state) => (state.law[field] = value));
    return [
      choice({
        path: "law.name",
        label: say("version"),
        options: this.begun.laws.map((law) => ({ id: law.id, name: lawName(law) })),
        get: () => this.state.law.name,
        set: (name) =>
          this.change((state) => {
            state.law = { name };
            state.districts = this.preset().districts ? this.begun.newest : "none";
          }),
      }),
      pair({
        path: "law.threshold",
        label: say("threshold"),
        least: 0,
        most: 20,
        step: 0.5,
        get: () => shown(this.state.law.threshold ?? 100 * this.preset().threshold),
        set: (value) => set("threshold")(share(value)),
      }),
      pair({
        path: "law.list_seats",
        label: say("list_seats"),
        least: 1,
        most: 300,
        step: 1,
        get: () => String(this.state.law.list_seats ?? this.preset().list_seats),
        set: (value) => set("list_seats")(whole(value)),
      }),
      tick({
        path: "districts",
        label: say("with_districts", { year: this.begun.newest }),
        get: () => ({ on: this.state.districts === this.begun.newest, hidden: !this.preset().districts }),
        set: (on) => this.change((state) => (state.districts = on ? this.begun.newest : "none")),
      }),
      choice({
        path: "law.method",
        label: say("method"),
        options: this.begun.methods,
        get: () => this.state.law.method ?? this.preset().method,
        set: set("method"),
      }),
      make("p", { class: "help", id: "size" }),
      this.districtNote(),
    ];
  }

  // Where districts are counted, the command line knows polls of them that the page leaves out.
  districtNote() {
    const note = make("p", { class: "help" }, say("no_district_polls"));
    note.refresh = () => {
      note.hidden = this.state.districts !== this.begun.newest;
    };
    return note;
  }

  pollFields() {
    const poll = () => this.state.poll;
    const lists = Object.keys(poll().shares).map((id) => this.shareField(id));
    const undecided = pair({
      path: "poll.undecided",
      label: say("undecided"),
      least: 0,
      most: 60,
      step: 0.5,
      get: () => shown(poll().undecided ?? "0"),
      set: (value) =>
        this.change(({ poll }) => {
          poll.undecided = share(value);
          const left = 10000 - read(value);
          if (left >= 4000 && left <= 10000) poll.shares = scaled(poll.shares, left);
        }),
    });
    const margin = pair({
      path: "poll.margin",
      label: say("margin"),
      least: 0.1,
      most: 10,
      step: 0.1,
      get: () => shown(share(poll().margin ?? "")),
      set: (value) =>
        this.change(({ poll }) => {
          delete poll.sample_size;
          poll.margin = Number.isNaN(read(value)) ? value : `${Number(value.replace(",", "."))}%`;
        }),
    });
    return [...lists, this.newList(), undecided, margin, make("p", { class: "fault", "data-fault": "poll.shares" }), make("p", { class: "fault", "data-fault": "poll" })];
  }

  shareField(id) {
    const remove = make("button", { type: "button", class: "remove", "aria-label": say("remove", { party: nameOf(id) }) }, "×");
    remove.addEventListener("click", () => {
      this.store.change(({ poll }) => (poll.shares = without(poll.shares, id, decided(poll.undecided))));
      this.build(this.colours);
      document.getElementById("new-list").focus();
    });
    return pair({
      path: `poll.shares.${id}`,
      label: say("share_of", { party: nameOf(id) }),
      colour: this.colours[id],
      least: 0,
      most: 100,
      step: 0.1,
      remove,
      get: () => shown(this.state.poll.shares[id]),
      set: (value) =>
        this.change(({ poll }) => {
          const [hundredths, total] = [read(value), decided(poll.undecided)];
          if (hundredths >= 0 && hundredths <= total) poll.shares = moved(poll.shares, id, hundredths, total);
          else poll.shares[id] = share(value);
        }),
    });
  }

  newList() {
    const name = make("input", { type: "text", id: "new-list", maxlength: 60 });
    const add = make("button", { type: "button", id: "add-list" }, say("add_list"));
    const put = () => {
      const id = name.value.trim();
      if (!id || id in this.state.poll.shares) return;
      this.store.change(({ poll }) => (poll.shares[id] = "0%"));
      this.build(this.colours);
      document.querySelector(`[data-path="poll.shares.${CSS.escape(id)}"]`)?.focus();
    };
    add.addEventListener("click", put);
    name.addEventListener("keydown", (event) => {
      if (event.key === "Enter") put();
    });
    return make("div", { class: "field" }, make("label", { for: "new-list" }, say("new_list")), make("div", { class: "pair add" }, name, add));
  }

  modelFields() {
    const model = () => this.begun.models.find(({ id }) => id === this.state.model?.name);
    const sigma = pair({
      path: "model.sigma",
      label: say("sigma"),
      least: 0,
      most: 1,
      step: 0.01,
      get: () => String(this.state.model?.sigma ?? ""),
      set: (value) => this.change((state) => (state.model.sigma = real(value))),
    });
    const refresh = sigma.refresh;
    sigma.refresh = () => {
      sigma.hidden = !model()?.sigma;
      refresh();
    };
    const kept = this.state.model?.sigma ?? 0.3;
    return [
      choice({
        path: "model.name",
        label: say("error_model"),
        options: this.begun.models.map(({ id }) => ({ id, name: id })),
        get: () => this.state.model?.name ?? "total",
        set: (name) =>
          this.change((state) => {
            const takes = this.begun.models.find(({ id }) => id === name).sigma;
            state.model = takes ? { name, sigma: state.model?.sigma ?? kept } : { name };
          }),
      }),
      sigma,
    ];
  }

  turnoutFields() {
    const reset = make("button", { type: "button", id: "reset-turnout" }, say("reset_turnout", { year: this.begun.newest }));
    reset.addEventListener("click", () => this.change((state) => delete state.turnout));
    return [...this.begun.regions.map((region) => this.regionField(region)), reset];
  }

  regionField({ id, name, turnout }) {
    const asWas = (100 * turnout).toFixed(1);
    return pair({
      path: `turnout.${id}`,
      label: say("turnout_of", { region: name }),
      least: 1,
      most: 100,
      step: 0.5,
      get: () => shown(this.state.turnout?.[id] ?? asWas),
      set: (value) =>
        this.change((state) => {
          state.turnout = { ...state.turnout, [id]: share(value) };
          if (value === asWas) delete state.turnout[id];
        }),
    });
  }
}
