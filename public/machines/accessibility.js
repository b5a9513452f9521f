// How a kiosk is used by those who see, hear, reach or read less: a panel to choose by, the
// voice, high contrast, and keys within reach. Loaded when somebody asks for it. What the page
// itself must know (language, size of letters, easy mode) it is told by an event.
(() => {
  "use strict";
  const root = document.documentElement;
  const kiosk = () => document.querySelector(".kiosk");

  // --- What is chosen; all of it back to this after each visitor. ---

  const FIRST = { contrast: false, reach: false, voice: false, volume: 3, output: "" };
  const LOUDEST = 5;
  let chosen = { ...FIRST };

  /** Tells the page: `wants("size", 2)`. */
  function wants(what, value) {
    root.dataset.wants = `${what}=${value}`;
    dispatchEvent(new Event("kiosk-wants"));
    delete root.dataset.wants;
  }
  function choose(changes) {
    Object.assign(chosen, changes);
    root.classList.toggle("contrast", chosen.contrast);
    root.classList.toggle("reach", chosen.reach);
    lower();
    if (!chosen.voice) {
      hush();
    }
    show();
  }

  // --- Keys within reach: between 380 and 1220 mm of an upright screen. ---

  const LOWEST_MM = 380;
  const HIGHEST_MM = 1220;
  // A usual upright screen of 32 inches, and a flat one of 27.
  const UPRIGHT = [708, 750];
  const FLAT = [336, 850];
  function lower() {
    const usual = innerHeight > innerWidth ? UPRIGHT : FLAT;
    const said = (root.dataset.screen || "").split(" ").map(Number);
    const [high, edge] = usual.map((value, at) => said[at] || value);
    const pixels = (mm) => Math.max(0, Math.round((mm / high) * innerHeight));
    const head = document.querySelector(".head");
    const above = pixels(edge + high - HIGHEST_MM);
    root.style.setProperty("--above", `${above}px`);
    root.style.setProperty("--below", `${pixels(LOWEST_MM - edge)}px`);
    root.style.setProperty("--lead", `${Math.max(0, above - (head ? head.offsetHeight : 0))}px`);
  }
  addEventListener("resize", lower);

  // --- The voice. ---

  // What is said of a thing: its name as a screen reader has it.
  function nameOf(element) {
    const label = element.getAttribute("aria-label");
    if (label) {
      return label;
    }
    const parts = [];
    element.childNodes.forEach((node) => {
      if (node.nodeType === Node.TEXT_NODE) {
        parts.push(node.data);
      } else if (node.nodeType === Node.ELEMENT_NODE && node.getAttribute("aria-hidden") !== "true") {
        parts.push(nameOf(node));
      }
    });
    return parts.map((part) => part.trim()).filter(Boolean).join(" ");
  }
  const seen = (element) => element.getClientRects().length > 0 &&
    getComputedStyle(element).visibility !== "hidden";
  /** What a page says: what a screen reader is told of it, then its keys in their order. */
  function told() {
    const open = document.querySelector("dialog[open]");
    if (open) {
      const parts = open.querySelectorAll("h2, p:not([aria-hidden]), button");
      return [...parts].filter(seen).map(nameOf).filter(Boolean);
    }
    const heard = document.querySelector(".heard");
    const states = document.querySelectorAll("main [role=alert], main .slip-state");
    const keys = [...document.querySelectorAll("main button")].filter((key) =>
      seen(key) && !key.disabled && !key.closest(".letters, .keypad"));
    return [heard ? heard.textContent : "", ...[...states, ...keys].map(nameOf)].filter(Boolean);
  }

  const audio = new Audio();
  // The server's voice takes short sentences.
  const LONGEST = 110;
  let sentences = [];
  let last = [];
  function hush() {
    sentences = [];
    audio.pause();
    audio.removeAttribute("src");
  }
  const warning = () => !!document.querySelector(".veil[open]:not(.panel)");
  /** Whoever listens is here; but the warning that nobody is must not take itself back. */
  function listens() {
    if (!warning()) {
      wants("listens", true);
    }
  }
  function next() {
    const sentence = sentences.shift();
    if (!sentence) {
      return;
    }
    listens();
    const address = new URLSearchParams({ lang: root.lang, text: sentence });
    audio.src = `/api/kiosk/voice?${address}`;
    audio.volume = chosen.volume / LOUDEST;
    // Stopped on purpose, or no such voice: the page is there all the same.
    audio.play().catch(() => {});
  }
  audio.addEventListener("ended", next);
  audio.addEventListener("error", () => sentences.length > 0 && next());
  audio.addEventListener("timeupdate", listens);

  function cut(text) {
    const pieces = text.match(/[^。！？；.!?;]+[。！？；.!?;]*/g) || [];
    return pieces.flatMap((piece) => {
      const short = [];
      for (let rest = piece.trim(); rest; ) {
        const space = rest.lastIndexOf(" ", LONGEST);
        const at = rest.length <= LONGEST ? rest.length : space > 20 ? space : LONGEST;
        short.push(rest.slice(0, at));
        rest = rest.slice(at).trim();
      }
      return short;
    });
  }
  function say(parts) {
    if (!chosen.voice) {
      return;
    }
    hush();
    last = parts;
    sentences = parts.flatMap(cut);
    next();
  }
  addEventListener("kiosk-told", () => say(told()));
  // By keys: what has the focus says its name.
  document.addEventListener("focusin", ({ target }) => {
    if (root.classList.contains("by-keys") && target.matches("button, input")) {
      say([nameOf(target) || document.getElementById(target.getAttribute("aria-labelledby"))?.textContent || ""]);
    }
  });

  // Headphones or the speaker, where the machine has both.
  let outputs = [];
  async function findOutputs() {
    const devices = await navigator.mediaDevices?.enumerateDevices?.().catch(() => []);
    const found = (devices || []).filter(({ kind, deviceId }) =>
      kind === "audiooutput" && !["default", "communications"].includes(deviceId));
    outputs = audio.setSinkId ? found : [];
    show();
  }
  navigator.mediaDevices?.addEventListener?.("devicechange", findOutputs);
  async function takeOutput(output) {
    await audio.setSinkId?.(output).catch(() => {});
    choose({ output });
    say([words.output_changed]);
  }

  // --- The panel. ---

  // In the order of `AccessibilityWords` in app/src/kiosk/accessibility_words.rs.
  const NAMES = "title language size size_1 size_2 size_3 size_4 easy contrast reach voice on off softer louder repeat output output_changed device close".split(" ");
  let words = {};
  async function fetchWords() {
    const lang = root.lang;
    const answer = await fetch(`/api/languages/${lang}`).catch(() => null);
    const texts = answer?.ok && (await answer.json()).AccessibilityWords;
    if (texts) {
      words = Object.fromEntries(NAMES.map((name, at) => [name, texts[at]]));
      words.lang = lang;
    }
  }

  let panel = null;
  const make = (tag, attributes = {}, ...children) => {
    const element = document.createElement(tag);
    Object.entries(attributes).forEach(([name, value]) =>
      typeof value === "function" ? (element[name] = value) : element.setAttribute(name, value));
    element.append(...children);
    return element;
  };
  /** One of several. */
  const radio = (label, checked, act, attributes = {}) => make("button", {
    class: "button choice", role: "radio", "aria-checked": checked, tabindex: checked ? 0 : -1,
    onclick: act, ...attributes,
  }, label);
  /** On or off. */
  const toggle = (label, on, act) => make("button", {
    class: "button choice", role: "switch", "aria-checked": on, onclick: act,
  }, label);
  const key = (label, act, attributes = {}) =>
    make("button", { class: "button", onclick: act, ...attributes }, label);
  const group = (label, role, ...children) => make("div", { class: "group" },
    make("p", { class: "soft", "aria-hidden": true }, label),
    make("div", { class: "options", role, "aria-label": label }, ...children));

  function languages() {
    const others = (root.dataset.languages || "").split(";").filter(Boolean).map((one) => one.split("="));
    return [["zh-CN", "简体中文"], ["en", "English"], ...others];
  }
  let shown = "";
  /** Makes the panel again if something changed; what had the focus has it again. */
  function show() {
    if (!panel?.open) {
      return;
    }
    const { size } = kiosk().dataset;
    const easy = kiosk().classList.contains("easy");
    const now = JSON.stringify([root.lang, words.lang, size, easy, chosen, outputs]);
    // A button that is being pressed must stay.
    if (now === shown) {
      return;
    }
    shown = now;
    const focused = [...panel.querySelectorAll("button")].indexOf(document.activeElement);
    const sizes = ["size_1", "size_2", "size_3", "size_4"];
    const sound = [
      toggle(`${words.voice}: ${chosen.voice ? words.on : words.off}`, chosen.voice, () => {
        choose({ voice: !chosen.voice });
        say(told());
      }),
    ];
    if (chosen.voice) {
      const louder = (by) => () => {
        choose({ volume: Math.min(LOUDEST, Math.max(1, chosen.volume + by)) });
        say([by > 0 ? words.louder : words.softer]);
      };
      sound.push(
        key(words.softer, louder(-1), chosen.volume === 1 ? { "aria-disabled": true } : {}),
        key(words.louder, louder(1), chosen.volume === LOUDEST ? { "aria-disabled": true } : {}),
        key(words.repeat, () => say(last)),
      );
    }
    const parts = [
      make("h2", { id: "accessibility-title" }, words.title),
      group(words.language, "radiogroup", ...languages().map(([tag, name]) =>
        radio(name, root.lang === tag, () => wants("lang", tag), { lang: tag }))),
      group(words.size, "radiogroup", ...sizes.map((name, at) =>
        radio(words[name], Number(size) === at, () => wants("size", at)))),
      group(words.title, "group",
        toggle(words.easy, easy, () => setEasy(!easy)),
        toggle(words.contrast, chosen.contrast, () => choose({ contrast: !chosen.contrast })),
        toggle(words.reach, chosen.reach, () => choose({ reach: !chosen.reach }))),
      group(words.voice, "group", ...sound),
    ];
    if (chosen.voice && outputs.length > 1) {
      parts.push(group(words.output, "radiogroup", ...outputs.map(({ deviceId, label }, at) =>
        radio(label || `${words.device} ${at + 1}`, chosen.output === deviceId, () => takeOutput(deviceId)))));
    }
    parts.push(make("button", { class: "key close", "data-key": "Escape", onclick: close }, words.close));
    panel.replaceChildren(make("section", { class: "accessibility" }, ...parts));
    panel.querySelectorAll("button")[focused]?.focus();
  }
  async function open() {
    if (words.lang !== root.lang) {
      await fetchWords();
    }
    // Without its words there is no panel; the key in the foot can be pressed again.
    if (!words.title || !kiosk() || panel?.open) {
      return;
    }
    panel = panel?.isConnected ? panel : kiosk().appendChild(make("dialog", {
      class: "veil panel", "aria-labelledby": "accessibility-title",
    }));
    panel.onclick = ({ target }) => target === panel && close();
    panel.showModal();
    shown = "";
    show();
    panel.querySelector("[aria-checked=true]")?.focus();
    findOutputs();
    say(told());
  }
  function close() {
    panel?.close();
    hush();
  }

  // --- The easy mode speaks by itself. ---

  function setEasy(easy) {
    wants("easy", easy);
    choose({ voice: easy });
    if (easy) {
      setTimeout(() => say(told()));
    }
  }
  // By its own key the page is in the mode already.
  document.addEventListener("loaded", ({ target }) => {
    if (target.matches(".accessibility-key")) {
      open();
    } else if (target.matches(".easy-key")) {
      const easy = kiosk().classList.contains("easy");
      choose({ voice: easy });
      setTimeout(() => say(told()));
    }
  });

  // --- What the page changes by itself. ---

  let visit = kiosk()?.dataset.visit;
  let warned = false;
  new MutationObserver(async () => {
    if (!kiosk()) {
      return;
    }
    // The warning of the end of the visit is said too.
    if (warning() && !warned) {
      say(told());
    }
    warned = warning();
    if (kiosk().dataset.visit !== visit) {
      // The visitor has left.
      visit = kiosk().dataset.visit;
      close();
      last = [];
      audio.setSinkId?.("").catch(() => {});
      choose({ ...FIRST });
      return;
    }
    if (panel?.open && words.lang !== root.lang) {
      await fetchWords();
    }
    show();
  }).observe(root, { attributes: true, subtree: true, attributeFilter: ["lang", "class", "data-size", "data-visit", "open"] });
})();
