// The palette: Ctrl-K or a button opens it, arrows choose, Enter goes.

export function startPalette() {
  const palette = document.getElementById("palette");
  if (!palette) return;
  const input = palette.querySelector("input");
  const list = palette.querySelector("ul");

  const open = () => {
    if (palette.open) return;
    palette.showModal();
    input.select();
    palette.dispatchEvent(new CustomEvent("look:open"));
  };
  const choose = (place) => {
    const options = [...list.querySelectorAll("[role=option]")];
    for (const [index, option] of options.entries()) {
      option.setAttribute("aria-selected", String(index === place));
      if (index === place) {
        input.setAttribute("aria-activedescendant", option.id);
        option.scrollIntoView({ block: "nearest" });
      }
    }
  };
  const chosen = () =>
    [...list.querySelectorAll("[role=option]")].findIndex((one) => one.getAttribute("aria-selected") === "true");

  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      open();
    }
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-palette]")) open();
    else if (event.target === palette) palette.close();
  });
  input.addEventListener("keydown", (event) => {
    const count = list.querySelectorAll("[role=option]").length;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (count) choose((chosen() + (event.key === "ArrowDown" ? 1 : -1) + count) % count);
    } else if (event.key === "Enter" && chosen() >= 0) {
      event.preventDefault();
      list.querySelectorAll("[role=option]")[chosen()].querySelector("a").click();
    }
  });
  list.addEventListener("htmx:afterSwap", () => choose(0));
}
