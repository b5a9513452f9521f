// Gives a page its stream: openStream(address) is like new EventSource(address), but pages of
// one browser share one connection (see streams.js). Plain ES5, for old phones.
(function () {
  "use strict";
  var script = document.currentScript || document.querySelector("script[data-streams]");
  var worker = script && script.getAttribute("data-streams");
  // The worker answers at once if it runs.
  var ANSWERS_WITHIN = 4000;
  var HERE_EVERY = 20000;
  var HIDDEN_FOR = 20000;

  // A stream whose source may be replaced.
  function Stream(address) {
    this.address = address;
    this.readyState = 0;
    this.onmessage = null;
    this.heard = {};
    this.closed = false;
  }
  Stream.prototype.addEventListener = function (kind, listener) {
    (this.heard[kind] = this.heard[kind] || []).push(listener);
  };
  Stream.prototype.removeEventListener = function (kind, listener) {
    this.heard[kind] = (this.heard[kind] || []).filter(function (other) {
      return other !== listener;
    });
  };
  Stream.prototype.hear = function (kind, event) {
    if (this.closed) {
      return;
    }
    this.readyState = 1;
    if (kind === "message" && this.onmessage) {
      this.onmessage(event);
    }
    (this.heard[kind] || []).forEach(function (listener) {
      listener(event);
    });
  };
  Stream.prototype.close = function () {
    this.closed = true;
    this.readyState = 2;
    if (this.end) {
      this.end();
    }
  };

  // A connection of the page's own. A page that nobody sees gives it to the others.
  function alone(stream) {
    var source = null;
    var timer = null;
    function connect() {
      timer = null;
      source = new EventSource(stream.address);
      source.onmessage = function (event) {
        stream.hear("message", event);
      };
      source.addEventListener("beat", function (event) {
        stream.hear("beat", event);
      });
      source.onopen = function () {
        stream.readyState = 1;
      };
      source.onerror = function () {
        stream.readyState = source ? source.readyState : 0;
      };
    }
    function disconnect() {
      if (source) {
        source.close();
        source = null;
      }
    }
    function seen() {
      clearTimeout(timer);
      if (!document.hidden) {
        if (!source) {
          connect();
        }
      } else if (source) {
        timer = setTimeout(function () {
          disconnect();
          stream.readyState = 0;
        }, HIDDEN_FOR);
      }
    }
    document.addEventListener("visibilitychange", seen);
    stream.end = function () {
      document.removeEventListener("visibilitychange", seen);
      clearTimeout(timer);
      disconnect();
    };
    if (!document.hidden) {
      connect();
    }
    return stream;
  }

  function shared(stream) {
    var port;
    var answered = false;
    var timers = [];
    function stop(word) {
      timers.forEach(clearTimeout);
      window.removeEventListener("pagehide", leave);
      if (port) {
        if (word) {
          port.postMessage({ kind: word });
        }
        port.onmessage = null;
        port = null;
      }
    }
    function leave() {
      if (port) {
        port.postMessage({ kind: "close" });
      }
    }
    function giveUp() {
      if (!answered && !stream.closed) {
        stop("close");
        alone(stream);
      }
    }
    stream.end = function () {
      stop("close");
    };
    try {
      var started = new SharedWorker(worker);
      started.onerror = giveUp;
      port = started.port;
    } catch (error) {
      return alone(stream);
    }
    port.onmessage = function (message) {
      var said = message.data;
      answered = true;
      if (said.kind === "message") {
        stream.hear("message", new MessageEvent("message", { data: said.data }));
      } else if (said.kind === "beat") {
        stream.hear("beat", new MessageEvent("beat", { data: "-" }));
      } else if (said.kind !== "here") {
        // The worker tries again for this page.
        stream.readyState = 0;
      }
    };
    port.postMessage({ kind: "open", address: stream.address });
    timers.push(setTimeout(giveUp, ANSWERS_WITHIN));
    (function here() {
      timers.push(
        setTimeout(function () {
          if (port) {
            port.postMessage({ kind: "here" });
            here();
          }
        }, HERE_EVERY),
      );
    })();
    window.addEventListener("pagehide", leave);
    return stream;
  }

  window.openStream = function (address) {
    var stream = new Stream(address);
    return window.SharedWorker && worker ? shared(stream) : alone(stream);
  };
})();
