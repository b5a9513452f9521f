// The screens of people and machines.

/** Browser options for `open`. */
export const screens = {
  kioskUpright: { viewport: { width: 1080, height: 1920 }, hasTouch: true },
  kioskFlat: { viewport: { width: 1920, height: 1080 }, hasTouch: true },
  phone: {
    viewport: { width: 390, height: 844 },
    deviceScaleFactor: 2,
    hasTouch: true,
    isMobile: true,
  },
  desktop: { viewport: { width: 1440, height: 900 } },
  display: { viewport: { width: 1920, height: 1080 } },
};
