// Two movies of one shot under one play button and one scrubber, and the machine clocks that ran while they were made.
//
// Time is counted in frames and always set to the middle of a frame: at its edge two decoders may show two pictures.
// A movie's frame rate is not told but found: its frames over its length.

const SPEEDS = [1, 0.5, 0.25];
const OPENING = 0.58; // how far into the shot the page opens: something is happening there in most shots
const players = new WeakMap();

export default function ({ parentElement, data }) {
  if (!players.has(parentElement)) players.set(parentElement, new Player(parentElement));
  const player = players.get(parentElement);
  player.show(data);
  // Streamlit calls this before an update as well as at the end, so it must not stop a movie that is being watched.
  return () => setTimeout(() => player.root.isConnected || player.pause(), 0);
}

class Side {
  constructor(root, workflow) {
    this.picture = root.querySelector(`.side.${workflow}`);
    this.video = this.picture.querySelector("video");
    this.clock = root.querySelector(`.clock.${workflow}`);
    this.url = undefined;
    this.stages = [];
  }

  get ready() { return Boolean(this.url) && this.video.readyState >= HTMLMediaElement.HAVE_METADATA; }

  show(told, slowest) {
    this.told = told;
    this.picture.querySelector(".tag").textContent = told.workflow;
    this.clock.querySelector(".who").textContent = told.workflow;
    this.say(told.absent ?? "");
    if (told.url !== this.url) {
      this.url = told.url;
      if (told.url) { this.video.src = told.url; this.video.setAttribute("aria-label", told.described); }
      else this.video.removeAttribute("src");
    }
    this.video.hidden = !told.url;
    this.clock.hidden = told.seconds === null;
    this.layStages(told, slowest);
  }

  say(words) { this.picture.querySelector(".absent").textContent = words; }

  layStages(told, slowest) {
    const track = this.clock.querySelector(".track");
    track.querySelectorAll(".stage").forEach((old) => old.remove());
    const whole = told.stages.reduce((sum, stage) => sum + stage.seconds, 0);
    let from = 0;
    this.stages = told.stages.map((stage) => {
      // Medians of stages need not add up to the median of the whole, which is what the clock counts to.
      const length = whole ? (stage.seconds / whole) * told.seconds : 0;
      const element = document.createElement("span");
      element.className = "stage";
      element.title = `${stage.name}: ${stage.words}`;
      element.style.left = `${(100 * from) / slowest}%`;
      element.style.width = `${(100 * length) / slowest}%`;
      element.append(document.createElement("b"));
      track.insertBefore(element, track.querySelector(".run"));
      const laid = { name: stage.name, from, length, fill: element.firstChild };
      from += length;
      return laid;
    });
  }

  setClock(elapsed, slowest) {
    const { seconds } = this.told;
    if (seconds === null) return;
    const reading = Math.min(elapsed, seconds);
    const isDone = elapsed >= seconds;
    for (const stage of this.stages) {
      const part = stage.length ? Math.min(1, Math.max(0, (reading - stage.from) / stage.length)) : 0;
      stage.fill.style.width = `${100 * part}%`;
    }
    const running = this.stages.find((stage) => reading < stage.from + stage.length);
    this.clock.querySelector(".run").style.left = `${(100 * reading) / slowest}%`;
    const output = this.clock.querySelector(".reading");
    output.textContent = clockFace(reading, seconds);
    output.dataset.seconds = reading;
    this.clock.querySelector(".state").replaceChildren(
      line(isDone ? "done" : reading === 0 ? "not started" : running ? `stage: ${running.name}` : "running"), line(`of ${this.told.words}`));
  }
}

class Player {
  constructor(parent) {
    this.root = parent.querySelector(".player");
    this.ai = new Side(this.root, "ai");
    this.traditional = new Side(this.root, "traditional");
    this.sides = [this.ai, this.traditional];
    this.speed = 0;
    this.frame = null;
    this.find("play").addEventListener("click", () => (this.isPlaying ? this.pause() : this.play()));
    this.find("back").addEventListener("click", () => this.step(-1));
    this.find("forward").addEventListener("click", () => this.step(1));
    this.find("speed").addEventListener("click", () => this.setSpeed((this.speed + 1) % SPEEDS.length));
    this.find("scrub").addEventListener("input", (event) => {
      const wanted = Number(event.target.value); // pausing puts the handle back where the movies stand
      this.pause();
      this.goTo(wanted);
    });
    this.find("wipe").addEventListener("input", () => this.wipe());
    this.root.addEventListener("keydown", (event) => this.key(event));
    for (const side of this.sides) {
      side.video.addEventListener("loadedmetadata", () => this.open());
      side.video.addEventListener("ended", () => this.ended());
      side.video.addEventListener("error", () => side.url && side.say("This movie cannot be played here. Its frames lie beside it, in the folder of the render."));
    }
    this.setSpeed(0);
    this.wipe();
  }

  find(name) { return this.root.querySelector(`.${name}`); }

  show(data) {
    this.frames = data.frames;
    this.slowest = Math.max(...data.sides.map((told) => told.seconds ?? 0));
    this.root.dataset.view = data.view;
    this.root.dataset.marks = data.marks;
    this.root.style.setProperty("--shape", `${data.width} / ${data.height}`);
    this.find("scrub").max = data.frames.count - 1;
    this.find("wipe").setAttribute("aria-label", `Wipe: how much of the picture shows ${data.sides[0].workflow}`);
    this.find("clocks").hidden = this.slowest === 0;
    this.find("clocks").querySelector("h2").textContent = data.clocks_title;
    const isNew = this.sides.some((side, index) => side.url !== data.sides[index].url);
    this.sides.forEach((side, index) => side.show(data.sides[index], this.slowest));
    for (const name of ["play", "back", "forward", "scrub", "speed"]) this.find(name).disabled = !this.sides.some((side) => side.url);
    if (isNew || this.frame === null) { this.pause(); this.goTo(Math.round(OPENING * (data.frames.count - 1))); }
    else this.draw(this.progress(this.frame));
    this.explain();
  }

  get playable() { return this.sides.filter((side) => side.ready); }
  get length() { return Math.max(0, ...this.playable.map((side) => side.video.duration)); }
  get frameSeconds() { return this.length ? this.length / this.frames.count : 0; }

  open() {
    this.explain();
    if (!this.isPlaying) this.goTo(this.frame);
  }

  explain() {
    const factor = this.length ? this.slowest / this.length : 0;
    this.find("explained").textContent = factor > 1.5
      ? `Both clocks run ${Math.round(factor).toLocaleString("en")} times faster than they did, so that the slower one stops with the movie. Loading is left out.`
      : "Both clocks start with the movie; loading is left out.";
  }

  progress(frame) { return this.frames.count > 1 ? frame / (this.frames.count - 1) : 1; }

  draw(progress) {
    this.frame = Math.round(progress * (this.frames.count - 1));
    this.find("scrub").value = this.frame;
    const number = this.frames.first + this.frame;
    this.find("scrub").setAttribute("aria-valuetext", `Frame ${number}`);
    const strong = document.createElement("b");
    strong.textContent = number;
    this.find("frame").replaceChildren("frame ", strong);
    for (const side of this.sides) side.setClock(progress * this.slowest, this.slowest);
  }

  goTo(frame) {
    const wanted = Math.min(this.frames.count - 1, Math.max(0, frame));
    for (const side of this.playable) side.video.currentTime = Math.min((wanted + 0.5) * this.frameSeconds, side.video.duration);
    this.draw(this.progress(wanted));
  }

  step(by) { this.pause(); this.goTo(this.frame + by); }

  setSpeed(index) {
    this.speed = index;
    this.find("speed").textContent = { 1: "1×", 0.5: "½×", 0.25: "¼×" }[SPEEDS[index]];
    for (const side of this.sides) side.video.playbackRate = SPEEDS[index];
  }

  wipe() { this.root.querySelector(".screen").style.setProperty("--at", `${this.find("wipe").value}%`); }

  async play() {
    if (!this.playable.length) return;
    if (this.frame >= this.frames.count - 1) this.start();
    this.isPlaying = true;
    this.root.classList.add("playing");
    this.find("play").setAttribute("aria-label", "Pause");
    try { await Promise.all(this.playable.map((side) => side.video.play())); } catch { return this.pause(); }
    this.tick();
  }

  pause() {
    this.isPlaying = false;
    cancelAnimationFrame(this.waiting);
    this.root.classList.remove("playing");
    this.find("play").setAttribute("aria-label", "Play");
    for (const side of this.sides) side.video.pause();
    // Two decoders stop at two moments; the frame on the counter is where both shall stand.
    if (this.frame !== null && this.playable.length) this.goTo(this.frame);
  }

  start() { for (const side of this.playable) side.video.currentTime = 0; this.draw(0); }

  tick() {
    if (!this.isPlaying) return;
    const [leader, follower] = this.playable;
    if (follower && !follower.video.seeking && Math.abs(leader.video.currentTime - follower.video.currentTime) > this.frameSeconds)
      follower.video.currentTime = leader.video.currentTime;
    // From the middle of the first frame to the middle of the last.
    const progress = (leader.video.currentTime - this.frameSeconds / 2) / Math.max(this.length - this.frameSeconds, 1e-6);
    this.draw(Math.min(1, Math.max(0, progress)));
    this.waiting = requestAnimationFrame(() => this.tick());
  }

  ended() {
    if (!this.isPlaying) return;
    if (this.root.querySelector(".loop input").checked) { this.start(); this.play(); return; }
    this.draw(1);
    this.pause();
  }

  key(event) {
    const isButton = event.composedPath()[0].matches?.("button, input[type=checkbox]");
    const act = { " ": () => (this.isPlaying ? this.pause() : this.play()), ",": () => this.step(-1), ".": () => this.step(1) }[event.key];
    if (!act || (isButton && event.key === " ")) return;
    event.preventDefault();
    event.stopPropagation(); // Streamlit has shortcuts of its own
    act();
  }
}

function clockFace(seconds, whole) {
  const digits = whole < 10 ? 2 : 1;
  const shown = Number(seconds.toFixed(digits));
  const minutes = Math.floor(shown / 60), rest = (shown - 60 * minutes).toFixed(digits).padStart(digits + 3, "0");
  return minutes < 60 ? `${minutes}:${rest}` : `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}:${rest.slice(0, 2)}`;
}

function line(words) {
  const element = document.createElement("span");
  element.textContent = words;
  return element;
}
