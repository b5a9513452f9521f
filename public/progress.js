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
    if (after === "called" && before !== "called" && navigator.vibrate) {
      navigator.vibrate([300, 150, 300, 150, 600]);
    }
    // The end: nothing will change any more.
    if (!fresh.querySelector("script[data-live]")) {
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
    request.open("GET", location.href.split("#")[0]);
    request.timeout = 20000;
    request.onload = function () {
      if (request.status === 200) {
        heard();
        var fresh = document.implementation.createHTMLDocument("");
        // Its style is this page's already, and its nonce is not.
        fresh.documentElement.innerHTML = request.responseText.replace(/<style[\s\S]*?<\/style>/, "");
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
    source.onmessage = function () {
      heard();
      refresh();
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
