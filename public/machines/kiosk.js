// How a kiosk's page is worked: by fingers that are not steady, by a keyboard alone, and with
// a screen reader. It knows nothing of the hall: it presses the buttons of the page.
(() => {
  "use strict";
  const shown = (element) => element.getClientRects().length > 0 &&
    getComputedStyle(element).visibility !== "hidden" && !element.disabled;
  const dialog = () => document.querySelector("dialog[open]");
  // Behind an open dialog nothing answers.
  const all = (selector) => [...(dialog() || document).querySelectorAll(selector)].filter(shown);
  const press = (button) => button && (button.focus({ preventScroll: true }), button.click());

  // --- A new page: its heading gets the focus, the title and the voice. ---

  let heading = null;
  // What it said: a page may come to say something else, such as that a print is done.
  let said = "";
  const text = (element) => (element.getAttribute("aria-label") || element.textContent).trim();
  function entitle() {
    const hall = document.querySelector(".head .hall");
    const title = [text(heading), hall && text(hall)].filter(Boolean).join(" · ");
    if (document.title !== title) {
      document.title = title;
    }
  }
  function announce() {
    const heard = document.querySelector(".heard");
    said = text(heading);
    const parts = [heading, ...document.querySelectorAll("main [data-heard]")];
    if (heard) {
      heard.textContent = parts.map(text).filter(Boolean).join("。");
      dispatchEvent(new Event("kiosk-told"));
    }
  }
  function lookAtPage() {
    const now = document.querySelector("main h1");
    if (!now) {
      return;
    }
    if (now !== heading) {
      heading = now;
      heading.tabIndex = -1;
      if (!dialog()) {
        (document.querySelector("main [data-first]") || heading).focus({ preventScroll: true });
      }
      announce();
    } else if (text(now) !== said) {
      announce();
    } else if (!dialog() && (!document.activeElement || document.activeElement === document.body)) {
      // What had the focus is gone.
      heading.focus({ preventScroll: true });
    }
    entitle();
  }
  new MutationObserver(lookAtPage).observe(document.body, {
    childList: true,
    characterData: true,
    subtree: true,
  });

  // --- What is loaded when somebody asks for it: the panel, and all that looks otherwise. ---

  const { dataset } = document.currentScript;
  const loaded = new Map();
  const added = (tag, attributes) => new Promise((done, failed) => {
    const element = Object.assign(document.createElement(tag), attributes);
    element.onload = done;
    element.onerror = failed;
    document.head.append(element);
  });
  function load(what) {
    if (!loaded.has(what)) {
      const parts = what === "camera" ? [added("script", { src: dataset.camera })] : [
        added("link", { rel: "stylesheet", href: dataset.style }),
        added("script", { src: dataset.accessibility }),
      ];
      // Not there just now: the next touch tries again.
      loaded.set(what, Promise.all(parts).catch(() => loaded.delete(what)));
    }
    return loaded.get(what);
  }
  addEventListener("click", async (event) => {
    const key = event.target.closest?.("[data-loads]");
    if (key) {
      await load(key.dataset.loads);
      key.dispatchEvent(new Event("loaded", { bubbles: true }));
    }
  });

  // Only where the machine has a camera is it offered: browsers show it to pages of the
  // machine itself, or by https.
  navigator.mediaDevices?.enumerateDevices?.().then((all) =>
    document.documentElement.classList.toggle("has-camera", all.some(({ kind }) => kind === "videoinput")))
    .catch(() => {});

  // --- Keys. ---

  // A scanner types faster than people do.
  const SCANNER_MS = 80;
  let lastKey = 0;
  let choosing = 0;

  // Presses the choice of this number, unless a scanner is typing.
  function choose(number) {
    const choice = all(".cards .card, .matter-list .matter")[number - 1];
    if (choice) {
      choosing = setTimeout(press, SCANNER_MS, choice);
    }
  }
  // The button of the page for a key, such as one of the letters on it.
  const buttonFor = (key) =>
    all("[data-key]").find((button) => button.dataset.key.toUpperCase() === key.toUpperCase());

  // From the focused button to the next one in a direction; in a group of which one is
  // chosen, that also chooses.
  function move(key) {
    const from = document.activeElement;
    const group = from && from.closest("[role=radiogroup]");
    const step = key === "ArrowRight" || key === "ArrowDown" ? 1 : -1;
    if (group) {
      const options = [...group.querySelectorAll("[role=radio]")];
      press(options[(options.indexOf(from) + step + options.length) % options.length]);
      return;
    }
    // What is longer than its place scrolls first.
    if (from && from.matches(".materials, .scrolls") && /Up|Down/.test(key)) {
      const before = from.scrollTop;
      from.scrollBy(0, step * from.clientHeight * 0.5);
      if (from.scrollTop !== before) {
        return;
      }
    }
    const buttons = all("button");
    if (!buttons.includes(from)) {
      const choices = all("main button");
      (step > 0 ? choices[0] : choices[choices.length - 1] || buttons[0])?.focus();
      return;
    }
    const middle = (element) => {
      const box = element.getBoundingClientRect();
      return [box.left + box.width / 2, box.top + box.height / 2];
    };
    const [x, y] = middle(from);
    const sideways = key === "ArrowLeft" || key === "ArrowRight";
    const nearest = buttons
      .filter((button) => button !== from)
      .map((button) => {
        const [right, down] = middle(button);
        const [ahead, aside] = sideways ? [(right - x) * step, down - y] : [(down - y) * step, right - x];
        return { button, ahead, far: ahead + 3 * Math.abs(aside) };
      })
      .filter(({ ahead }) => ahead > 4)
      .sort((one, other) => one.far - other.far)[0];
    nearest?.button.focus();
  }

  addEventListener("keydown", (event) => {
    const { key } = event;
    const fast = event.timeStamp - lastKey < SCANNER_MS;
    lastKey = event.timeStamp;
    clearTimeout(choosing);
    if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) {
      return;
    }
    document.documentElement.classList.add("by-keys");
    const field = event.target.closest?.("input, select, textarea");
    if (key === "Escape") {
      press(buttonFor("Escape"));
    } else if (key === "PageDown" || key === "PageUp" || key === "F1") {
      press(buttonFor(key));
    } else if (field) {
      // In a form, arrow keys choose options and move the cursor.
      if (key === "ArrowDown" && !field.closest(".fill-body")) {
        all("main .matter, main button")[0]?.focus();
      } else if (key === "Enter" && !fast && !event.defaultPrevented) {
        press(all("main .matter")[0]);
      }
    } else if (/^Arrow/.test(key)) {
      event.preventDefault();
      move(key);
    } else if (key.length === 1 && key !== " " && document.querySelector("main [data-first]") && !dialog()) {
      // Who types means the field.
      typeInto(document.querySelector("main [data-first]"), key);
    } else if (key === "Backspace" && document.querySelector("main [data-first]")) {
      press(buttonFor(key));
    } else if (document.querySelector("main .find, main .name-page")) {
      typeNumber(key, event);
    } else if (/^[1-9]$/.test(key) && !fast && !event.repeat) {
      choose(Number(key));
    }
  });

  function typeInto(field, sign) {
    field.focus();
    field.value += sign;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  // The number of a case: digits and letters are buttons of the page.
  function typeNumber(key, event) {
    if (key === "Enter") {
      const onButton = event.target instanceof HTMLButtonElement;
      if (!onButton && !event.defaultPrevented) {
        buttonFor("Enter")?.click();
      }
      return;
    }
    if (key !== "Backspace" && !/^[0-9a-z]$/i.test(key)) {
      return;
    }
    const button = buttonFor(key);
    if (button) {
      button.click();
      return;
    }
    // It is on the other keyboard of the page.
    const other = buttonFor("letters") || buttonFor("digits");
    if (other) {
      other.click();
      setTimeout(() => buttonFor(key)?.click());
    }
  }

  // --- Fingers. ---

  // An old hand slides some millimetres, a palm rests on the glass: the browser would take
  // both for a gesture and drop the touch. Here a touch is a press of the button it began on.
  // A hand is broader than a finger.
  const PALM = 90;
  // After a press the browser may still send its own.
  const ECHO_MS = 700;
  const DOUBLE_MS = 350;
  const touches = new Map();
  let pressed = { button: null, at: -Infinity, x: 0, y: 0 };
  const slack = () => Math.max(48, Math.min(innerWidth, innerHeight) / 14);
  // The browser's own comes where the finger was: elsewhere it is another touch.
  const isEcho = (event) => event.isTrusted && event.timeStamp - pressed.at < ECHO_MS &&
    Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) <= slack();

  addEventListener("pointerdown", (event) => {
    document.documentElement.classList.remove("by-keys");
    if (event.pointerType !== "touch" || Math.max(event.width, event.height) > PALM) {
      return;
    }
    // Fingers that move apart are no press.
    touches.forEach((touch) => (touch.alone = false));
    const button = event.target.closest("button");
    if (button && !button.disabled) {
      const alone = touches.size === 0;
      touches.set(event.pointerId, { button, x: event.clientX, y: event.clientY, alone });
    }
  }, true);

  function end(event) {
    const touch = touches.get(event.pointerId);
    touches.delete(event.pointerId);
    if (!touch || !touch.button.isConnected || touch.button.disabled) {
      return;
    }
    const { button, x, y, alone } = touch;
    // What scrolls takes the touch away on purpose.
    if (event.type === "pointercancel" && button.closest(".materials, .scrolls, .fill-body")) {
      return;
    }
    if (event.type === "pointerup") {
      const box = button.getBoundingClientRect();
      const inside = alone && event.clientX >= box.left && event.clientX <= box.right &&
        event.clientY >= box.top && event.clientY <= box.bottom;
      if (!inside && Math.hypot(event.clientX - x, event.clientY - y) > slack()) {
        return;
      }
    }
    // Whatever else touches the glass now is the rest of the hand.
    touches.clear();
    const again = pressed.button === button && event.timeStamp - pressed.at < DOUBLE_MS;
    const up = event.type === "pointerup";
    pressed = { button, at: event.timeStamp, x: up ? event.clientX : x, y: up ? event.clientY : y };
    // What goes to and fro must not do it twice by a double touch; letters may.
    if (!again || !button.matches("[lang], [aria-pressed], [aria-haspopup]")) {
      button.click();
    }
  }
  addEventListener("pointerup", end, true);
  addEventListener("pointercancel", end, true);

  // The browser's own press after a touch would take the focus from the new page's heading.
  addEventListener("mousedown", (event) => {
    if (isEcho(event)) {
      event.preventDefault();
    }
  }, true);
  addEventListener("click", (event) => {
    // Browsers before Chrome 92 do not say what clicked.
    if ((event.pointerType || "touch") === "touch" && isEcho(event)) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
  }, true);
  // A terminal has one page; when this one is closed, the next need not wait for its silence.
  addEventListener("pagehide", () => {
    const { id, sign } = document.documentElement.dataset;
    const closed = JSON.stringify({ kiosk: id, page: sign, leaving: true });
    if (sign) {
      navigator.sendBeacon("/api/kiosk/heartbeat", new Blob([closed], { type: "application/json" }));
    }
  });
})();
