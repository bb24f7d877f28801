// Uploading: the names of what was chosen, and how far it is. Without this module the form works all the same.
const form = document.querySelector("form[data-upload]");

function sizeOf(bytes) {
  const language = document.documentElement.lang || "en";
  const [value, unit] = bytes < 1e6 ? [bytes / 1e3, "kilobyte"] : [bytes / 1e6, "megabyte"];
  return new Intl.NumberFormat(language, { style: "unit", unit, maximumFractionDigits: 1 }).format(value);
}

if (form) {
  const drop = form.querySelector("[data-drop]");
  const input = drop.querySelector("input[type=file]");
  const list = form.querySelector("[data-chosen]");
  const way = form.querySelector("progress");

  input.addEventListener("change", () => {
    list.replaceChildren(
      ...[...input.files].map((file) => {
        const item = document.createElement("li");
        item.textContent = `${file.name} · ${sizeOf(file.size)}`;
        return item;
      }),
    );
  });
  for (const name of ["dragenter", "dragover"])
    drop.addEventListener(name, () => drop.classList.add("drop-over"));
  for (const name of ["dragleave", "drop"])
    drop.addEventListener(name, () => drop.classList.remove("drop-over"));

  form.addEventListener("htmx:beforeRequest", () => {
    way.hidden = false;
    way.removeAttribute("value");
  });
  form.addEventListener("htmx:xhr:progress", (event) => {
    const { lengthComputable, loaded, total } = event.detail;
    if (!lengthComputable || !total) return;
    // All is sent: now it is being checked, and nobody knows how long that takes.
    if (loaded >= total) way.removeAttribute("value");
    else way.value = Math.round((100 * loaded) / total);
  });
  form.addEventListener("htmx:afterRequest", (event) => {
    way.hidden = true;
    if (!event.detail.successful) return;
    input.value = "";
    list.replaceChildren();
  });
}
