// Lists that people put in order, by dragging or by buttons: <ol class="sortable" data-sortable> of <li data-id>.
// A hidden input [data-sortable-order] holds the ids; the list dispatches "look:sorted" when they change.

let loading;

function load() {
  loading ??= new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = document.body.dataset.sortable;
    script.onload = done;
    script.onerror = failed;
    document.head.append(script);
  });
  return loading;
}

export function startLists(root, say, words) {
  for (const list of root.querySelectorAll("[data-sortable]:not(body)")) start(list, say, words);
}

async function start(list, say, words) {
  if (list.dataset.started) return;
  list.dataset.started = "yes";
  list.addEventListener("click", (event) => {
    const button = event.target.closest("[data-move]");
    if (!button) return;
    const item = button.closest("li");
    if (button.dataset.move === "up") item.previousElementSibling?.before(item);
    else item.nextElementSibling?.after(item);
    button.focus();
    say(`${words.moved} ${[...list.children].indexOf(item) + 1}`);
    told(list);
  });
  await load();
  window.Sortable.create(list, {
    handle: ".sortable-handle",
    animation: 140,
    ghostClass: "sortable-ghost",
    onEnd: () => told(list),
  });
}

function told(list) {
  const ids = [...list.children].map((item) => item.dataset.id);
  const scope = list.closest("form") ?? list.parentElement;
  const input = scope.querySelector("[data-sortable-order]");
  if (input) input.value = ids.join(",");
  list.dispatchEvent(new CustomEvent("look:sorted", { bubbles: true, detail: { ids } }));
}
