// A kiosk's camera reads a code from a phone's screen: small grey pictures go to the machine's
// own server, which reads them. It is on only while the visitor who asked for it is there.
(() => {
  "use strict";
  const WIDTH = 480;
  const EVERY_MS = 250;
  const AT_MOST_MS = 45_000;
  let running = false;

  /** The pixels of what the camera sees now, a byte each. */
  function picture(video, canvas) {
    const height = Math.min(640, Math.round((WIDTH * video.videoHeight) / video.videoWidth));
    canvas.width = WIDTH;
    canvas.height = height;
    const drawn = canvas.getContext("2d", { willReadFrequently: true });
    drawn.drawImage(video, 0, 0, WIDTH, height);
    const { data } = drawn.getImageData(0, 0, WIDTH, height);
    const grey = new Uint8Array(WIDTH * height);
    for (let at = 0; at < grey.length; at += 1) {
      grey[at] = (data[4 * at] * 77 + data[4 * at + 1] * 151 + data[4 * at + 2] * 28) >> 8;
    }
    return grey;
  }
  async function read(grey) {
    const answer = await fetch(`/api/kiosk/read_code?width=${WIDTH}`, {
      method: "POST",
      headers: { "content-type": "application/octet-stream" },
      body: grey,
    }).catch(() => null);
    return answer?.ok ? (await answer.json()).text : null;
  }
  const wants = (wanted) => {
    document.documentElement.dataset.wants = wanted;
    dispatchEvent(new Event("kiosk-wants"));
    delete document.documentElement.dataset.wants;
  };

  async function start(place) {
    if (running || !place) {
      return;
    }
    running = true;
    const video = Object.assign(document.createElement("video"), { muted: true, playsInline: true });
    const words = document.createElement("p");
    words.setAttribute("role", "status");
    let stream = null;
    try {
      stream = await navigator.mediaDevices.getUserMedia({
        audio: false,
        video: { facingMode: "user", width: { ideal: 1280 }, height: { ideal: 720 } },
      });
      video.srcObject = stream;
      words.textContent = place.dataset.hold;
      place.replaceChildren(video, words);
      await video.play();
      const canvas = document.createElement("canvas");
      const began = performance.now();
      while (place.isConnected && performance.now() - began < AT_MOST_MS) {
        wants("listens=true");
        const text = video.videoWidth && (await read(picture(video, canvas)));
        if (text && place.isConnected) {
          wants(`code=${text}`);
          break;
        }
        await new Promise((done) => setTimeout(done, EVERY_MS));
      }
      place.replaceChildren();
    } catch {
      words.textContent = place.dataset.failed;
      place.replaceChildren(words);
    } finally {
      stream?.getTracks().forEach((track) => track.stop());
      running = false;
    }
  }
  document.addEventListener("loaded", ({ target }) => {
    if (target.matches(".camera-key")) {
      start(document.querySelector("main .camera"));
    }
  });
})();
