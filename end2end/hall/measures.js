// Numbers of a kiosk's page, read from the DOM: for each a list of what does not keep it.

/**
 * @param {import('@playwright/test').Page} page
 * @param {{ leastText?: number, leastRead?: number, leastLine?: number, leastTarget?: number,
 *   mostChoices?: number, leastContrast?: number, band?: [number, number] }} wanted `leastText`,
 *   `leastTarget` in pixels, and `leastRead` of the heading and of the numbers that a visitor
 *   takes along or types; `leastLine` times the size of the letters; `band`: where controls may
 *   be, in pixels from the top of the screen
 * @returns {Promise<string[]>}
 */
export function broken(page, wanted) {
  return page.evaluate((wanted) => {
    const problems = [];
    const top = document.querySelector('dialog[open]') || document.body;
    const say = (what, element) =>
      problems.push(`${what}: ${(element.innerText || element.getAttribute('aria-label') || element.className).trim().replace(/\s+/g, ' ').slice(0, 40)}`);
    const visible = (element) => element.getClientRects().length > 0 &&
      element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
      !element.closest('.heard, .slip-sheet');
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
    const contrast = (one, other) => {
      const [light, dark] = [luminance(one), luminance(other)].sort((x, y) => y - x);
      return (light + 0.05) / (dark + 0.05);
    };
    const ground = (element) => {
      for (let at = element; at; at = at.parentElement) {
        const found = colour(getComputedStyle(at).backgroundColor);
        if (found.alpha > 0.9) {
          return found;
        }
      }
      return { r: 255, g: 255, b: 255 };
    };
    const seenOpacity = (element) => {
      let opacity = 1;
      for (let at = element; at; at = at.parentElement) {
        opacity *= Number(getComputedStyle(at).opacity);
      }
      return opacity;
    };

    const walker = document.createTreeWalker(top, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const element = walker.currentNode.parentElement;
      if (!walker.currentNode.data.trim() || !visible(element) || element.closest('script, style')) {
        continue;
      }
      const style = getComputedStyle(element);
      const size = parseFloat(style.fontSize);
      if (wanted.leastText && size < wanted.leastText - 0.01) {
        say(`text of ${size.toFixed(1)} px`, element);
      }
      const line = style.lineHeight === 'normal' ? 1.2 : parseFloat(style.lineHeight) / size;
      if (wanted.leastLine && line < wanted.leastLine - 0.001) {
        say(`lines of ${line.toFixed(2)}`, element);
      }
      if (wanted.leastContrast) {
        const ratio = contrast(colour(style.color), ground(element));
        if (ratio < wanted.leastContrast || seenOpacity(element) < 1) {
          say(`contrast of ${ratio.toFixed(1)}:1`, element);
        }
      }
    }
    const read = 'main h1, main .number:not(.soft, [aria-hidden], .turns .number), .seconds';
    for (const element of top.querySelectorAll(read)) {
      const size = parseFloat(getComputedStyle(element).fontSize);
      if (wanted.leastRead && visible(element) && size < wanted.leastRead - 0.01) {
        say(`to be read at ${size.toFixed(1)} px`, element);
      }
    }
    // What of a list is scrolled out of sight comes into reach by scrolling.
    const scrolledAway = (element) => {
      const list = element.closest('.materials, .scrolls, .fill-body')?.getBoundingClientRect();
      const box = element.getBoundingClientRect();
      return !!list && (box.top < list.top || box.bottom > list.bottom);
    };
    // Of a choice among several the whole line is touched, and its edge is seen.
    const touched = (element) =>
      (element.matches('[type=radio], [type=checkbox]') && element.closest('label')) || element;
    const controls = [...top.querySelectorAll('button, a[href], input, select, textarea')].map(touched)
      .filter((element) => visible(element) && !scrolledAway(element));
    for (const control of controls) {
      const box = control.getBoundingClientRect();
      if (wanted.leastTarget && Math.min(box.width, box.height) < wanted.leastTarget - 0.5) {
        say(`target of ${Math.round(box.width)} x ${Math.round(box.height)}`, control);
      }
      if (wanted.band && (box.top < wanted.band[0] - 1 || box.bottom > wanted.band[1] + 1)) {
        say(`at ${Math.round(box.top)} to ${Math.round(box.bottom)}`, control);
      }
      if (wanted.leastContrast) {
        const style = getComputedStyle(control);
        const around = ground(control.parentElement);
        const edge = parseFloat(style.borderBottomWidth) > 0 ? colour(style.borderBottomColor) : null;
        const best = Math.max(edge ? contrast(edge, around) : 0, contrast(ground(control), around));
        if (best < wanted.leastContrast) {
          say(`edge of ${best.toFixed(1)}:1`, control);
        }
      }
    }
    const choices = controls.filter((control) =>
      control.closest('main') && !control.closest('.turns, .letters, .keypad, .letter-pad'));
    if (wanted.mostChoices && choices.length > wanted.mostChoices) {
      problems.push(`${choices.length} choices`);
    }
    return [...new Set(problems)];
  }, wanted);
}
