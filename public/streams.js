// The streams of all pages of this browser, in a shared worker. A browser opens only a few
// connections to one host, and a stream keeps one for itself; so all pages share a stream
// that carries what each of them asked for. Plain ES5.
(function (scope) {
  "use strict";

  // The server sends a beat for each page every ten seconds.
  var SILENT_AFTER = 25000;
  var RETRY_AFTER = 3000;
  // Pages that load together are one new stream.
  var GATHER = 150;
  // A page tells every few seconds that it is there; one that was closed without a word, or
  // sleeps, is forgotten. A sleeping page asks again when it wakes.
  var FORGOTTEN_AFTER = 300000;

  // What phones may listen to is apart, for a proxy that lets nothing else through.
  var groups = {
    phones: { path: "/events/progress/shared", pages: [], probed: {}, source: null, next: null },
    hall: { path: "/events/shared", pages: [], probed: {}, source: null, next: null },
  };

  function groupOf(address) {
    return address.indexOf("/events/progress?") === 0 ? groups.phones : groups.hall;
  }

  function addressesOf(group) {
    var addresses = [];
    group.pages.forEach(function (page) {
      if (addresses.indexOf(page.address) < 0) {
        addresses.push(page.address);
      }
    });
    return addresses;
  }

  function tell(group, address, message) {
    group.pages.forEach(function (page) {
      if (page.address === address) {
        page.port.postMessage(message);
      }
    });
  }

  function close(source) {
    if (source) {
      source.events.close();
    }
  }

  function schedule(group, after) {
    if (group.timer) {
      if (group.dueAt <= Date.now() + after) {
        return;
      }
      clearTimeout(group.timer);
    }
    group.dueAt = Date.now() + after;
    group.timer = setTimeout(function () {
      group.timer = null;
      open(group);
    }, after);
  }

  // Opens the stream of what is asked for now. The one before ends when this one is there, so
  // that no page misses anything.
  function open(group) {
    var addresses = addressesOf(group);
    close(group.next);
    group.next = null;
    if (!addresses.length) {
      close(group.source);
      group.source = null;
      return;
    }
    var query = addresses.map(function (address) {
      return "of=" + encodeURIComponent(address.slice("/events/".length));
    });
    var source = { events: new EventSource(group.path + "?" + query.join("&")), heardAt: Date.now() };
    group.next = source;
    function on(kind, then) {
      source.events.addEventListener(kind, function (event) {
        source.heardAt = Date.now();
        var address = addresses[Number(event.lastEventId)];
        if (address) {
          then(address, event.data);
        }
      });
    }
    on("message", function (address, data) {
      tell(group, address, { kind: "message", data: data });
    });
    on("beat", function (address) {
      tell(group, address, { kind: "beat" });
    });
    // One page's stream was refused or has ended, as when a session ends. The others go on.
    on("ended", function (address, status) {
      tell(group, address, { kind: "ended", status: status });
      probe(group, address);
    });
    source.events.onopen = function () {
      source.heardAt = Date.now();
      if (group.next === source) {
        close(group.source);
        group.source = source;
        group.next = null;
      }
    };
    source.events.onerror = function () {
      if (group.source !== source && group.next !== source) {
        return;
      }
      if (!group.source || group.source === source) {
        addresses.forEach(function (address) {
          tell(group, address, { kind: "lost" });
        });
      }
      if (source.events.readyState === 2) {
        schedule(group, RETRY_AFTER + Math.random() * RETRY_AFTER);
      }
    };
  }

  // Asks again for one page, beside the stream of the others, until it gets a stream.
  function probe(group, address) {
    // A stream that ends at once, and is opened again by the browser, tells so each time.
    if (group.probed[address]) {
      return;
    }
    group.probed[address] = true;
    setTimeout(function () {
      group.probed[address] = false;
      if (addressesOf(group).indexOf(address) < 0) {
        return;
      }
      var request = new XMLHttpRequest();
      request.open("GET", address);
      request.onreadystatechange = function () {
        if (request.readyState !== 2) {
          return;
        }
        var status = request.status;
        request.onreadystatechange = null;
        request.abort();
        if (status === 200) {
          schedule(group, 0);
        } else {
          probe(group, address);
        }
      };
      request.onerror = function () {
        probe(group, address);
      };
      request.send();
    }, RETRY_AFTER);
  }

  function leave(port) {
    [groups.phones, groups.hall].forEach(function (group) {
      var before = group.pages.length;
      group.pages = group.pages.filter(function (page) {
        return page.port !== port;
      });
      if (before !== group.pages.length) {
        // A page that loads again asks for the same in a moment.
        schedule(group, group.pages.length ? 2000 : 500);
      }
    });
  }

  scope.onconnect = function (event) {
    var port = event.ports[0];
    port.onmessage = function (message) {
      var said = message.data;
      if (said.kind === "open") {
        leave(port);
        var group = groupOf(said.address);
        group.pages.push({ port: port, address: said.address, hereAt: Date.now() });
        port.postMessage({ kind: "here" });
        schedule(group, group.source || group.next ? GATHER : 0);
      } else if (said.kind === "close") {
        leave(port);
        port.close();
      } else {
        [groups.phones, groups.hall].forEach(function (group) {
          group.pages.forEach(function (page) {
            if (page.port === port) {
              page.hereAt = Date.now();
            }
          });
        });
        port.postMessage({ kind: "here" });
      }
    };
  };

  setInterval(function () {
    var now = Date.now();
    [groups.phones, groups.hall].forEach(function (group) {
      group.pages.slice().forEach(function (page) {
        if (now - page.hereAt > FORGOTTEN_AFTER) {
          leave(page.port);
        }
      });
      var source = group.next || group.source;
      if (source && now - source.heardAt > SILENT_AFTER) {
        addressesOf(group).forEach(function (address) {
          tell(group, address, { kind: "lost" });
        });
        open(group);
      }
    });
  }, 2000);
})(self);
