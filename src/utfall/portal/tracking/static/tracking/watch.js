// The live debugger: asks for what came since its cursor, while somebody looks, and puts it on top.
// The server decides what is shown; here it is only put in place.
const EVERY_MS = 700;
const LATER_MS = 3000;
const MOST = 200;

function start(root) {
  if (root.dataset.started) return;
  root.dataset.started = "yes";
  const find = (name) => root.querySelector(`[data-watch-${name}]`);
  const list = find("calls");
  const state = find("state");
  const words = find("words");
  const pause = find("pause");
  let paused = false;

  const show = (text, mood) => {
    if (words.textContent !== text) words.textContent = text;
    state.dataset.mood = mood;
  };

  pause.addEventListener("click", () => {
    paused = !paused;
    pause.setAttribute("aria-pressed", String(paused));
    root.querySelector("[data-watch-button]").textContent = paused ? pause.dataset.resume : pause.dataset.pause;
    show(paused ? root.dataset.paused : root.dataset.live, paused ? "paused" : "live");
  });

  async function look() {
    if (!root.isConnected) return;
    let wait = EVERY_MS;
    if (!paused && document.visibilityState === "visible") {
      try {
        await ask();
        if (!paused) show(root.dataset.live, "live");
      } catch (error) {
        show(root.dataset.lost, "lost");
        wait = LATER_MS;
      }
    }
    setTimeout(look, wait);
  }

  async function ask() {
    const asked = new URLSearchParams(root.dataset.asked);
    asked.set("cursor", root.dataset.cursor);
    const answer = await fetch(`${root.dataset.address}?${asked}`, { headers: { "HX-Request": "true" } });
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    const told = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-cursor]");
    root.dataset.cursor = told.dataset.cursor;
    take(told);
  }

  function take(told) {
    const came = [...told.querySelectorAll("[data-call]")];
    const fresh = came.filter((one) => !list.querySelector(`[data-call="${CSS.escape(one.dataset.call)}"]`));
    for (const one of fresh.reverse()) {
      const call = document.adoptNode(one);
      call.classList.add("call-new");
      list.prepend(call);
      window.htmx.process(call);
    }
    for (const one of told.querySelectorAll("[data-settled]")) settle(one);
    while (list.children.length > MOST) list.lastElementChild.remove();
    find("empty").hidden = list.children.length > 0;
    skip(Number(told.dataset.skipped));
  }

  // What was decided about a call that is shown already; the receipt of an open one is fetched at once.
  function settle(one) {
    const id = CSS.escape(one.dataset.settled);
    const standing = list.querySelector(`[data-settled-of="${id}"]`);
    const story = list.querySelector(`[data-story-of="${id}"]`);
    if (!standing || story.hasChildNodes()) return;
    standing.replaceChildren(...one.querySelector("[data-part=standing]").childNodes);
    story.replaceChildren(...one.querySelector("[data-part=story]").childNodes);
    window.htmx.process(story);
    const details = story.closest("details");
    if (details.open) details.dispatchEvent(new Event("toggle"));
  }

  function skip(count) {
    if (!count) return;
    const note = find("skipped");
    note.dataset.count = Number(note.dataset.count) + count;
    find("count").textContent = new Intl.NumberFormat(document.documentElement.lang).format(note.dataset.count);
    note.hidden = false;
  }

  setTimeout(look, EVERY_MS);
}

function startWithin(root) {
  for (const one of root.querySelectorAll("[data-watch]")) start(one);
  if (root.matches?.("[data-watch]")) start(root);
}

document.addEventListener("htmx:load", (event) => startWithin(event.detail.elt));
startWithin(document);
