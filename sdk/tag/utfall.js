// Utfall's tag. It remembers which click brought a visitor, where the visitor agreed to that, and tells of orders.
// README.md beside this file says how to use it. `python -m tools.tag` writes the file that the edge serves at
// /t.js: the same without comments and indentation, so a comment stands on lines of its own.
(() => {
  "use strict";

  const queue = window.utfall || [];
  if (queue.version) return;

  const script = document.currentScript || document.querySelector("script[data-advertiser]");
  const set = (script && script.dataset) || {};
  const asked = new URLSearchParams(location.search);
  const source = (script && script.src) || location.href;
  const base = set.endpoint ? set.endpoint.replace(/\/*$/, "/") : new URL(".", source).href;
  const address = base + "p/" + set.advertiser;
  const debug = "debug" in set || asked.has("utfall_debug");
  const testing = "test" in set || asked.get("utfall_test") === "1";

  const TOKENS_MAX = 5;
  const RETRY_MS = 1000;
  const TOKEN = /^[\w-]{62}$/;
  const GRANTED = "granted";
  const DENIED = "denied";
  const cookie = set.cookie || "utfall";
  const CLICK = cookie + "_click";
  const CHECKOUT = cookie + "_checkout";
  const clickSeconds = 86400 * (Number(set.days) || 30);
  const checkoutSeconds = 3600 * (Number(set.checkoutHours) || 2);

  // What is known of this page view. It lives in memory only, until the visitor agrees to more.
  const landed = asked.getAll(set.parameter || "utfall").filter((token) => TOKEN.test(token)).slice(0, 1);
  let tokens = landed;
  let checkoutAt = 0;
  let consent = set.consent;
  const told = new Set();
  const waiting = new Map();

  // Cookies. Without consent none is read either: looking is no less an access than writing.
  const read = (name) => {
    const found = document.cookie.split("; ").find((pair) => pair.startsWith(name + "="));
    return found ? found.slice(name.length + 1) : "";
  };
  const write = (name, value, seconds) => {
    const domain = set.domain ? "; Domain=" + set.domain : "";
    const secure = location.protocol === "https:" ? "; Secure" : "";
    document.cookie = `${name}=${value}; Max-Age=${seconds}; Path=/; SameSite=Lax${domain}${secure}`;
  };
  const keep = (name, value, seconds) => {
    if (value && read(name) !== String(value)) write(name, value, seconds);
  };

  // Brings memory and cookies together: newest tokens first, and the first mark of a checkout stands.
  const recall = () => {
    if (consent !== GRANTED) return;
    const kept = read(CLICK).split(".").filter((token) => TOKEN.test(token));
    tokens = [...new Set([...landed, ...kept])].slice(0, TOKENS_MAX);
    keep(CLICK, tokens.join("."), clickSeconds);
    checkoutAt = Number(read(CHECKOUT)) || checkoutAt;
    keep(CHECKOUT, checkoutAt, checkoutSeconds);
  };
  const forget = () => {
    [CLICK, CHECKOUT].forEach((name) => write(name, "", 0));
    tokens = landed;
  };

  // A verdict goes to whoever listens, and to the console where somebody is looking for a mistake.
  const tell = (detail) => {
    document.dispatchEvent(new CustomEvent("utfall:verdict", { bubbles: true, detail }));
    if (!debug) return;
    const words = [detail.sentence, detail.mend].filter(Boolean).join(" ");
    console[detail.verdict === "accepted" ? "info" : "warn"]("utfall:", detail.verdict, detail.command, words, detail);
  };
  const refuse = (command, sentence, mend) => tell({ verdict: "refused", command, sentence, mend });

  // A refused order may be mended and told again; an accepted one ends the checkout that led to it.
  const settle = (row, verdict) => {
    if (verdict.verdict !== "accepted") told.delete(key(row));
    else if (row.outcome === "sale") {
      checkoutAt = 0;
      if (consent === GRANTED) write(CHECKOUT, "", 0);
    }
    const clicks = row.click ? row.click.split(",").length : 0;
    tell({ command: row.outcome, order: row.order, clicks, test: Boolean(row.test), ...verdict });
  };
  const key = (row) => [row.outcome, row.action, row.order].join("\n");

  // The row as it is sent now: by `sent_at` the edge sees what this clock, and so the checkout's mark, is wrong by.
  const timed = (row) => ({ ...row, sent_at: row.sent_at && Date.now() });
  const body = (row) => JSON.stringify(timed(row));

  const post = async (row, isLast) => {
    waiting.delete(row);
    let answer;
    let verdict;
    try {
      const options = { method: "POST", body: body(row), credentials: "omit", referrerPolicy: "no-referrer" };
      answer = await fetch(address, { ...options, keepalive: !isLast });
      verdict = await answer.json();
      if (!verdict.verdict) verdict = null;
    } catch (error) {
      verdict = null;
    }
    if (verdict && answer.status < 429) return settle(row, verdict);
    if (!isLast) return void waiting.set(row, setTimeout(post, RETRY_MS, row, true));
    if (!answer) return draw(row);
    return settle(row, verdict || {
      verdict: "refused",
      sentence: `${address} answered ${answer.status}.`,
      mend: "Let data-endpoint be the address of the edge.",
    });
  };

  // The image says nothing but whether it was drawn. A customer's name has no place in an address.
  const draw = (row) => {
    const query = new URLSearchParams();
    Object.entries({ ...timed(row), customer: null }).forEach(([name, value]) => {
      if (value != null) query.set(name, typeof value === "object" ? JSON.stringify(value) : value);
    });
    const image = new Image();
    image.referrerPolicy = "no-referrer";
    image.onload = () => settle(row, { verdict: "accepted", via: "image" });
    image.onerror = () => settle(row, {
      verdict: "refused",
      via: "image",
      sentence: "The order could not be told, or was refused.",
      mend: "Allow the edge in connect-src, so that its reason can be read here.",
    });
    image.src = address + ".gif?" + query;
  };

  const order = (outcome, given) => {
    recall();
    const own = given.click ? [].concat(given.click) : [];
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    const row = {
      id: Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(""),
      checkout_at: checkoutAt || undefined,
      sent_at: checkoutAt && !given.checkout_at ? 1 : undefined,
      ...given,
      outcome,
      click: [...new Set([...own, ...tokens])].join(",") || undefined,
      consent: consent === GRANTED || consent === DENIED ? consent : undefined,
      customer: consent === GRANTED ? given.customer : undefined,
      test: given.test || testing || undefined,
    };
    if (told.has(key(row))) return tell({ verdict: "repeated", command: outcome, order: row.order });
    told.add(key(row));
    return typeof fetch === "function" ? post(row, false) : draw(row);
  };

  const COMMANDS = {
    consent(choice) {
      if (choice !== GRANTED && choice !== DENIED) {
        const mend = 'Push ["consent", "granted"] or ["consent", "denied"].';
        return refuse("consent", "A consent is granted or denied.", mend);
      }
      consent = choice;
      return choice === GRANTED ? recall() : forget();
    },
    checkout() {
      recall();
      checkoutAt = checkoutAt || Date.now();
      recall();
    },
  };
  ["sale", "lead", "install", "action"].forEach((outcome) => {
    COMMANDS[outcome] = (given) => order(outcome, given || {});
  });

  // Nothing that is pushed may break the page it is pushed from.
  const run = (pushed) => {
    const [command, value] = Array.from(pushed);
    try {
      if (Object.prototype.hasOwnProperty.call(COMMANDS, command)) COMMANDS[command](value);
      else refuse(command, `There is no command ${command}.`, "Push one of " + Object.keys(COMMANDS).join(", ") + ".");
    } catch (error) {
      refuse(command, String(error), "Push a name and, for an order, an object with its fields.");
    }
  };

  if (!set.advertiser) return void console.warn("utfall: the tag needs data-advertiser.");
  addEventListener("pagehide", () => {
    waiting.forEach((timer, row) => {
      clearTimeout(timer);
      if (!navigator.sendBeacon || !navigator.sendBeacon(address, body(row))) draw(row);
    });
    waiting.clear();
  });
  if (consent === DENIED) forget();
  else recall();
  window.utfall = { version: 1, push: (...pushed) => pushed.forEach(run) };
  Array.from(queue).forEach(run);
})();
