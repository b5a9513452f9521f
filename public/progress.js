// Keeps a progress page up to date. The page works without this file; with it,
// each event from the server makes the page fetch its own address again and
// replace the parts that changed. Plain ES5, for old phones.
(function () {
  "use strict";
  var script = document.querySelector("script[data-live]");
  var address = script && script.getAttribute("data-live");
  var stale = document.querySelector(".stale");
  if (!address || !stale) {
    return;
  }

  // The server sends a beat every ten seconds.
  var SILENT_AFTER = 25000;
  // Without server-sent events the page refreshes by itself.
  var REFRESH_EVERY = 15000;

  var source = null;
  var heardAt = Date.now();
  var openedAt = 0;
  var refreshing = false;
  var refreshAgain = false;
  // What the server calls the state that the page shows.
  var shown = script.getAttribute("data-edition");

  // What was sent is shown at once, also where the stream is slow.
  document.addEventListener("supplied", refresh);

  // The result of an upload is shown once, not again after each refresh.
  if (history.replaceState && /[?&]supplied=/.test(location.search)) {
    var rest = location.search.replace(/supplied=[^&]*&?/, "").replace(/[?&]$/, "");
    history.replaceState(null, "", location.pathname + rest + location.hash);
  }

  function show(selector, on) {
    var element = document.querySelector(selector);
    if (element) {
      element.hidden = !on;
    }
  }

  function twoPlaces(number) {
    return (number < 10 ? "0" : "") + number;
  }

  function showStale() {
    if (stale.hidden) {
      var since = new Date(heardAt);
      var time = twoPlaces(since.getHours()) + ":" + twoPlaces(since.getMinutes());
      stale.textContent = stale.getAttribute("data-words").replace("{time}", time);
      stale.hidden = false;
    }
    show(".is-live", false);
    show(".fresh", true);
  }

  function heard() {
    heardAt = Date.now();
    stale.hidden = true;
    show(".is-live", source !== null);
    show(".fresh", source === null);
  }

  // Browsers make no sound before a touch, so the visitor allows it by one.
  var Sounds = window.AudioContext || window.webkitAudioContext;
  var audio = null;

  function tone(after, pitch) {
    var at = audio.currentTime + after;
    var sound = audio.createOscillator();
    var volume = audio.createGain();
    sound.frequency.value = pitch;
    volume.gain.setValueAtTime(0.0001, at);
    volume.gain.exponentialRampToValueAtTime(0.6, at + 0.03);
    volume.gain.exponentialRampToValueAtTime(0.0001, at + 0.5);
    sound.connect(volume);
    volume.connect(audio.destination);
    sound.start(at);
    sound.stop(at + 0.55);
  }

  function ring() {
    if (navigator.vibrate) {
      navigator.vibrate([300, 150, 300, 150, 600]);
    }
    for (var i = 0; audio && i < 3; i += 1) {
      tone(i * 1.4, 880);
      tone(i * 1.4 + 0.45, 660);
    }
  }

  var offer = document.querySelector(".sound");
  if (offer && Sounds) {
    offer.hidden = false;
    offer.querySelector("button").onclick = function () {
      audio = new Sounds();
      if (audio.resume) {
        audio.resume();
      }
      tone(0, 880);
      if (navigator.vibrate) {
        navigator.vibrate(100);
      }
      offer.setAttribute("role", "status");
      offer.className += " is-on";
      offer.textContent = offer.getAttribute("data-on");
    };
  }

  function state(page) {
    var main = page.querySelector("main");
    return main ? main.getAttribute("data-state") : null;
  }

  // Replaces the parts that changed. False if the page must be reloaded instead.
  function update(fresh) {
    var before = state(document);
    var after = state(fresh);
    var parts = fresh.querySelectorAll("[data-part]");
    if (after === null || parts.length !== document.querySelectorAll("[data-part]").length) {
      return false;
    }
    for (var i = 0; i < parts.length; i += 1) {
      var name = parts[i].getAttribute("data-part");
      var old = document.querySelector('[data-part="' + name + '"]');
      if (!old) {
        return false;
      }
      if (old.className !== parts[i].className) {
        old.className = parts[i].className;
      }
      if (old.innerHTML !== parts[i].innerHTML) {
        old.innerHTML = parts[i].innerHTML;
      }
    }
    document.querySelector("main").setAttribute("data-state", after);
    document.title = fresh.title;
    if (after === "called" && before !== "called") {
      ring();
    }
    var live = fresh.querySelector("script[data-live]");
    if (live) {
      shown = live.getAttribute("data-edition");
    } else {
      // The end: nothing will change any more.
      stop();
    }
    return true;
  }

  function refresh() {
    if (refreshing) {
      refreshAgain = true;
      return;
    }
    refreshing = true;
    var request = new XMLHttpRequest();
    // Without the style, which the page has.
    var page = location.href.split("#")[0];
    request.open("GET", page + (page.indexOf("?") < 0 ? "?" : "&") + "parts=true");
    request.timeout = 20000;
    request.onload = function () {
      if (request.status === 200) {
        heard();
        var fresh = document.implementation.createHTMLDocument("");
        fresh.documentElement.innerHTML = request.responseText;
        if (!update(fresh)) {
          location.reload();
        }
      } else if (request.status === 404) {
        location.reload();
      }
    };
    request.onloadend = function () {
      refreshing = false;
      if (refreshAgain) {
        refreshAgain = false;
        refresh();
      }
    };
    request.send();
  }

  function open() {
    openedAt = Date.now();
    if (source) {
      source.close();
    }
    source = window.openStream ? window.openStream(address) : new EventSource(address);
    source.onmessage = function (event) {
      heard();
      // The first event after each connection is about what the page shows already.
      if (!shown || event.data.indexOf(shown) < 0) {
        refresh();
      }
    };
    source.addEventListener("beat", heard);
  }

  function watch() {
    var now = Date.now();
    var silent = now - Math.max(heardAt, openedAt) > SILENT_AFTER;
    // readyState 1: open; 2: the browser has given up.
    if (source.readyState !== 1 || silent) {
      if (now - heardAt > 3000) {
        showStale();
      }
    }
    // With a random delay, so that not all phones reconnect at once.
    if (silent || (source.readyState === 2 && now - openedAt > 3000 + Math.random() * 5000)) {
      open();
    }
  }

  var timer;
  function stop() {
    clearInterval(timer);
    if (source) {
      source.close();
    }
    stale.hidden = true;
    show(".is-live", false);
    show(".sound", false);
  }

  if (window.EventSource) {
    open();
    timer = setInterval(watch, 2000);
    // A phone taken from the pocket shows the present state.
    document.addEventListener("visibilitychange", function () {
      if (!document.hidden && source.readyState !== 0 && Date.now() - heardAt > SILENT_AFTER) {
        open();
      }
    });
  } else {
    timer = setInterval(refresh, REFRESH_EVERY);
  }
})();
