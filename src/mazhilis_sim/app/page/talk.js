// The talk with the program: one state is on its way at a time, the newest waits, and what is refined meanwhile is dropped.
export class Talk {
  constructor(onReply, onLost) {
    this.number = 0;
    this.asked = new Map();
    this.waiting = null;
    this.busy = false;
    this.idling = [];
    this.socket = new WebSocket(new URL("talk", location.href.replace(/^http/, "ws").replace(/#.*/, "")));
    this.ready = new Promise((done) => this.socket.addEventListener("open", done));
    this.socket.addEventListener("message", (event) => this.take(JSON.parse(event.data), onReply));
    this.socket.addEventListener("close", () => {
      this.lost = true;
      this.rest();
      onLost();
    });
  }

  // Shows a state as soon as the last one has its first picture.
  show(message) {
    this.waiting = message;
    this.next();
  }

  next() {
    if (this.busy || !this.waiting) return;
    this.busy = true;
    this.shown = this.send({ kind: "show", ...this.waiting });
    this.waiting = null;
  }

  // Waits until the newest state has its first picture, or there will be none.
  async idle() {
    if (this.busy && !this.lost) await new Promise((done) => this.idling.push(done));
  }

  // Sends a file, a text or a link, and returns its one reply.
  ask(message) {
    return new Promise((done) => this.ready.then(() => this.asked.set(this.send(message), done)));
  }

  send(message) {
    this.number += 1;
    const id = this.number;
    this.ready.then(() => this.socket.send(JSON.stringify({ id, ...message })));
    return id;
  }

  take(reply, onReply) {
    const waits = this.asked.get(reply.id);
    if (waits) {
      this.asked.delete(reply.id);
      waits(reply);
    } else if (reply.id === this.shown) {
      this.busy = false;
      onReply(reply);
      this.next();
      if (!this.busy) this.rest();
    }
  }

  rest() {
    for (const done of this.idling.splice(0)) done();
  }
}
