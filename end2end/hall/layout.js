// Whether a page holds its texts: none is cut off, none lies over another, none leaves its
// button, nothing sticks out sideways; texts and targets are large enough, and the borders
// of controls can be seen.

/**
 * The problems of a page as it is now; empty if there are none.
 *
 * @param {import('@playwright/test').Page} page
 * @param {{ leastText?: number, leastTarget?: number, whole?: boolean }} wanted
 *   `leastText`, `leastTarget`: in pixels; `whole`: nothing may be below the screen's edge
 * @returns {Promise<string[]>}
 */
export function layoutProblems(page, wanted = {}) {
  return page.evaluate(({ leastText = 0, leastTarget = 0, whole = false }) => {
    const problems = [];
    // A phone shows a page that is too wide in a wider window.
    const width = Math.min(innerWidth, screen.width);
    const say = (what, text) => problems.push(`${what}: ${text.trim().replace(/\s+/g, ' ').slice(0, 40)}`);
    const open = document.querySelector('dialog[open]');
    const top = open || document.body;
    const visible = (element) =>
      element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
      // For screen readers alone.
      !element.closest('.heard, .starting');
    const round = ({ left, right, top, bottom }) => ({ left, right, top, bottom });

    // What of an element can be seen: its ancestors may cut it off. A list that scrolls in
    // the direction does not.
    const seen = (element) => {
      const box = { left: -1e6, right: 1e6, top: -1e6, bottom: 1e6, scrolls: false };
      for (let at = element; at && at !== document.body; at = at.parentElement) {
        const style = getComputedStyle(at);
        const rect = at.getBoundingClientRect();
        const across = style.overflowX !== 'visible';
        const down = style.overflowY !== 'visible';
        if (across && style.overflowX !== 'auto' && style.overflowX !== 'scroll') {
          box.left = Math.max(box.left, rect.left);
          box.right = Math.min(box.right, rect.right);
        }
        if (down && (style.overflowY === 'auto' || style.overflowY === 'scroll')) {
          box.scrolls = true;
          box.hiddenBelow = Math.min(box.hiddenBelow ?? 1e6, rect.bottom);
          box.hiddenAbove = Math.max(box.hiddenAbove ?? -1e6, rect.top);
        } else if (down) {
          box.top = Math.max(box.top, rect.top);
          box.bottom = Math.min(box.bottom, rect.bottom);
        }
      }
      return box;
    };

    const texts = [];
    const walker = document.createTreeWalker(top, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      const parent = node.parentElement;
      if (!node.data.trim() || !visible(parent) || parent.closest('script, style, option, noscript')) {
        continue;
      }
      const style = getComputedStyle(parent);
      const size = parseFloat(style.fontSize);
      if (leastText && size < leastText - 0.5) {
        say(`text of ${size.toFixed(1)} px`, node.data);
      }
      const limits = seen(parent);
      // A label for screen readers alone.
      if (limits.right - limits.left < 3 || limits.bottom - limits.top < 3) {
        continue;
      }
      const control = parent.closest('button, .button, .key, summary')?.getBoundingClientRect();
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const rect of range.getClientRects()) {
        if (rect.width < 1) {
          continue;
        }
        // Line boxes are taller than their letters.
        const inset = rect.height * 0.2;
        const box = { ...round(rect), top: rect.top + inset, bottom: rect.bottom - inset };
        // The part of a scrolled list that is out of sight lies over nothing.
        if (limits.scrolls && (box.bottom > limits.hiddenBelow || box.top < limits.hiddenAbove)) {
          continue;
        }
        if (
          box.left < limits.left - 1 || box.right > limits.right + 1 ||
          box.top < limits.top - 1 || box.bottom > limits.bottom + 1
        ) {
          say('cut off', node.data);
        }
        if (box.left < -1 || box.right > width + 1) {
          say('beyond the side', node.data);
        }
        if (whole && (box.top < -1 || box.bottom > innerHeight + 1)) {
          say('beyond the edge', node.data);
        }
        if (
          control && (box.left < control.left - 1 || box.right > control.right + 1 ||
            box.top < control.top - 1 || box.bottom > control.bottom + 1)
        ) {
          say('outside of its button', node.data);
        }
        texts.push({ node, text: node.data, box });
      }
    }
    const over = (a, b) =>
      Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 &&
      Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1;
    for (let i = 0; i < texts.length; i += 1) {
      for (let j = i + 1; j < texts.length; j += 1) {
        if (texts[i].node !== texts[j].node && over(texts[i].box, texts[j].box)) {
          say('lies over another text', `${texts[i].text} / ${texts[j].text}`);
        }
      }
    }
    if (document.documentElement.scrollWidth > width + 1) {
      problems.push(`scrolls sideways: ${document.documentElement.scrollWidth} in ${width}`);
    }

    // Controls.
    const controls = [...top.querySelectorAll('button, a.button, a.key, input, select, textarea, summary')]
      .filter((element) => visible(element) && element.getClientRects().length > 0 && element.type !== 'hidden');
    const boxes = controls.map((element) => ({ element, box: element.getBoundingClientRect(), limits: seen(element) }))
      .filter(({ box, limits }) =>
        !(limits.scrolls && (box.bottom > limits.hiddenBelow || box.top < limits.hiddenAbove)));
    const label = (element) => element.innerText || element.getAttribute('aria-label') || element.name || element.type;
    for (const { element, box, limits } of boxes) {
      if (leastTarget && Math.min(box.width, box.height) < leastTarget - 0.5) {
        say(`target of ${Math.round(box.width)} x ${Math.round(box.height)}`, label(element));
      }
      if (box.left < -1 || box.right > width + 1 || (whole && (box.top < -1 || box.bottom > innerHeight + 1))) {
        say('control beyond the edge', label(element));
      }
      if (box.bottom > limits.bottom + 1 || box.right > limits.right + 1) {
        say('control cut off', label(element));
      }
    }
    for (let i = 0; i < boxes.length; i += 1) {
      for (let j = i + 1; j < boxes.length; j += 1) {
        const [a, b] = [boxes[i], boxes[j]];
        if (!a.element.contains(b.element) && !b.element.contains(a.element) && over(a.box, b.box)) {
          say('control over another', `${label(a.element)} / ${label(b.element)}`);
        }
      }
    }

    // Borders: 3:1 against what is around the control, unless its surface is seen by itself.
    const colour = (text) => {
      const [r, g, b, alpha = 1] = (text.match(/[\d.]+/g) || [0, 0, 0, 0]).map(Number);
      return { r, g, b, alpha };
    };
    const luminance = ({ r, g, b }) => {
      const [x, y, z] = [r, g, b].map((value) => {
        const part = value / 255;
        return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * x + 0.7152 * y + 0.0722 * z;
    };
    const contrast = (a, b) => {
      const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
      return (light + 0.05) / (dark + 0.05);
    };
    const ground = (element) => {
      for (let at = element; at; at = at.parentElement) {
        const found = colour(getComputedStyle(at).backgroundColor);
        if (found.alpha > 0.9) {
          return found;
        }
      }
      return { r: 255, g: 255, b: 255, alpha: 1 };
    };
    for (const { element } of boxes) {
      if (element.disabled || element.matches('summary, [type=checkbox], [type=radio], [type=range], [type=file]')) {
        continue;
      }
      const style = getComputedStyle(element);
      const around = ground(element.parentElement);
      const sides = ['Top', 'Right', 'Bottom', 'Left'].filter(
        (side) => parseFloat(style[`border${side}Width`]) > 0 && style[`border${side}Style`] !== 'none',
      );
      const lines = sides.map((side) => colour(style[`border${side}Color`])).filter(({ alpha }) => alpha > 0.5);
      // One without a border all around is read as words, a row or a surface.
      if (lines.length < 4 && !element.matches('input, select, textarea')) {
        continue;
      }
      const best = Math.max(...lines.map((line) => contrast(line, around)), contrast(ground(element), around));
      if (best < 3) {
        say(`border of ${best.toFixed(2)}:1`, label(element));
      }
    }
    return [...new Set(problems)];
  }, wanted);
}
