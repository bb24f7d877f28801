// What a shop does with the tag: the visitor's choice, the beginning of the checkout, and the order.
(() => {
  "use strict";
  window.utfall = window.utfall || [];
  const COOKIE = "shop_consent";
  const read = () => {
    const found = document.cookie.split("; ").find((pair) => pair.startsWith(`${COOKIE}=`));
    return found ? found.slice(COOKIE.length + 1) : "";
  };

  // The choice itself is remembered: without that the shop would have to ask on every page.
  const choose = (choice) => {
    document.cookie = `${COOKIE}=${choice}; Max-Age=15552000; Path=/; SameSite=Lax`;
    window.utfall.push(["consent", choice]);
    show();
  };
  const show = () => {
    const choice = read();
    const state = document.querySelector("[data-consent-state]");
    state.textContent = state.dataset[choice || "unset"];
    document.querySelector("[data-consent]").hidden = Boolean(choice);
  };

  const heard = ({ detail }) => {
    const place = document.querySelector("[data-verdict]");
    if (!place || detail.command !== "sale") return;
    const words = [place.dataset[detail.verdict] || detail.verdict];
    if (detail.sentence) words.push(detail.sentence);
    if (detail.clicks !== undefined) words.push(`${place.dataset.clicks}: ${detail.clicks}`);
    place.dataset.state = detail.verdict;
    place.querySelector("strong").textContent = words.join(" · ");
  };

  if (read()) window.utfall.push(["consent", read()]);
  document.addEventListener("utfall:verdict", heard);
  document.addEventListener("DOMContentLoaded", () => {
    show();
    document.querySelectorAll("[data-consent-choice]").forEach((button) => {
      button.addEventListener("click", () => choose(button.dataset.consentChoice));
    });
    document.querySelector("[data-consent-change]").addEventListener("click", () => {
      document.querySelector("[data-consent]").hidden = false;
    });
    if (document.querySelector("[data-checkout]")) window.utfall.push(["checkout"]);
    const order = document.querySelector("[data-order]");
    if (order) window.utfall.push(["sale", JSON.parse(order.dataset.order)]);
  });
})();
