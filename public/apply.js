// Keeps what is typed into an application while it is typed, and knows which version of each field
// the page shows. The pages work without this file. Plain ES5, for old phones.
(function () {
  "use strict";
  var main = document.querySelector("main[data-token]");
  if (!main || !window.JSON || !window.XMLHttpRequest) {
    return;
  }
  var token = main.getAttribute("data-token");
  var form = document.querySelector("form.asked");
  var line = document.querySelector(".kept");
  var store = "jiban-draft:" + token;
  // What this file and beside.js ask of each other.
  var draft = (window.jibanDraft = {});

  // --- What is not kept yet, by field. It is in the browser until the server has it. `base` is
  // the version of the field that was seen when it was typed; `before`, what was typed earlier and
  // of which it is not known whether the server has it.
  var pending = {};
  try {
    pending = JSON.parse(localStorage.getItem(store)) || {};
  } catch (error) {
    // A browser that keeps nothing: the page is then sent as a whole.
  }
  var sending = null;
  var ever = false;
  // Touches and keys since the last write, which the hall counts.
  var touches = 0;
  document.addEventListener("touchstart", touched, true);
  document.addEventListener("mousedown", touched, true);
  document.addEventListener("keydown", touched, true);
  var wait = 1000;
  // What a closed page left is shown once the server has it.
  for (var left in pending) {
    pending[left].draw = true;
  }

  function touched() {
    touches += 1;
  }

  function hasPending() {
    for (var field in pending) {
      return true;
    }
    return false;
  }

  function remember() {
    try {
      if (hasPending()) {
        localStorage.setItem(store, JSON.stringify(pending));
      } else {
        localStorage.removeItem(store);
      }
    } catch (error) {
      // As above.
    }
  }

  function say(name) {
    if (line) {
      line.hidden = false;
      line.className = name === "saved" || name === "saving" ? "kept" : "kept not";
      line.textContent = line.getAttribute("data-" + name);
    }
  }

  function id() {
    return "xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx".replace(/x/g, function () {
      return Math.floor(Math.random() * 16).toString(16);
    });
  }

  function call(path, body, done) {
    var request = new XMLHttpRequest();
    request.open("POST", path);
    request.timeout = 15000;
    request.setRequestHeader("Content-Type", "application/json");
    request.setRequestHeader("Accept-Language", document.documentElement.lang);
    request.onloadend = function () {
      var answer = null;
      try {
        answer = JSON.parse(request.responseText);
      } catch (error) {
        // Something between us and the server answered, or nobody.
      }
      done(request.status, answer);
    };
    request.send(JSON.stringify(body));
  }

  function flush() {
    if (sending) {
      return;
    }
    for (var field in pending) {
      sending = field;
      break;
    }
    if (!sending) {
      return;
    }
    var one = pending[sending].before || pending[sending];
    one.tried = true;
    // A repeat is the same to the letter.
    if (one.touches === undefined) {
      one.touches = touches;
      touches = 0;
    }
    remember();
    var body = { request_id: one.request, token: token, field: sending, value: one.value, base: one.base };
    body.touches = one.touches;
    call("/api/apply/write", body, function (status, answer) {
      var field = sending;
      var now = pending[field];
      var isLast = now && now.request === one.request;
      var isTaken = status === 200;
      sending = null;
      if (!isTaken && (status < 400 || status >= 500 || status === 408 || status === 429)) {
        say("not");
        setTimeout(flush, wait);
        wait = Math.min(wait * 2, 15000);
        return;
      }
      if (isLast) {
        delete pending[field];
      } else if (now) {
        now.before = null;
      }
      if (isTaken) {
        wait = 1000;
        ever = true;
        taken(field, one, answer || {}, isLast ? null : now);
      } else {
        // It will never be taken: the page says what is wrong when it is sent.
        say("refused");
        if (isLast) {
          delete last[field];
          delete missed[field];
        }
      }
      remember();
      if (hasPending()) {
        flush();
      } else if (isTaken) {
        say("saved");
        settled(field);
      }
    });
  }
  window.addEventListener("online", flush);

  // --- The value of a field by its inputs, as the form's JSON Schema says it.
  function valueOf(element, name) {
    var inputs = element.querySelectorAll("input[name],select[name],textarea[name]");
    var consent = element.className.indexOf("ask-consent") >= 0;
    var text = "";
    var several = null;
    var parts = null;
    var rows = null;
    for (var i = 0; i < inputs.length; i += 1) {
      var input = inputs[i];
      var rest = input.name === name ? "" : input.name.slice(name.length + 1);
      if (rest && /^\d/.test(rest)) {
        rows = rows || [];
        var row = parseInt(rest, 10);
        while (rows.length <= row) {
          rows.push({});
        }
        var cell = rest.split(".");
        if (input.type === "radio" && !input.checked) {
          continue;
        }
        if (cell.length > 2) {
          rows[row][cell[1]] = rows[row][cell[1]] || {};
          rows[row][cell[1]][cell[2]] = input.value;
        } else {
          rows[row][cell[1]] = input.value;
        }
      } else if (rest) {
        parts = parts || {};
        parts[rest] = input.value;
      } else if (input.type === "checkbox" && !consent) {
        several = several || [];
        if (input.checked) {
          several.push(input.value);
        }
      } else if (input.type === "checkbox") {
        return input.checked;
      } else if (input.type !== "radio" || input.checked) {
        text = input.value;
      }
    }
    return rows || parts || several || text;
  }

  function wrapper(element) {
    // That of the whole field, not of a cell of a table.
    var found = null;
    while (element && element !== form) {
      if (element.getAttribute && element.getAttribute("data-field")) {
        found = element;
      }
      element = element.parentNode;
    }
    return found;
  }

  function changed(target) {
    var element = wrapper(target);
    if (!element) {
      return;
    }
    var field = element.getAttribute("data-field");
    var value = valueOf(element, field);
    // A choice tells of itself twice.
    if (last[field] === JSON.stringify(value)) {
      return;
    }
    last[field] = JSON.stringify(value);
    queue(field, value);
  }

  function queue(field, value, draw) {
    var old = pending[field];
    var tried = null;
    if (old && old.tried) {
      tried = { request: old.request, value: old.value, base: old.base, touches: old.touches };
    }
    pending[field] = {
      request: id(),
      value: value,
      base: old ? old.base : versions[field],
      before: tried || (old && old.before),
      draw: draw
    };
    remember();
    say("saving");
    flush();
  }

  // --- What of the fields on this page is shown: the version of each, how the server drew it, and
  // what its inputs had when that was kept or sent last.
  var shown = form && form.querySelector('[name=".shown"]');
  var versions = {};
  var drawn = {};
  var last = {};
  // What was told while something else was typed, and the versions that are kept for sure.
  var missed = {};
  var surely = {};

  function elementOf(field) {
    return form.querySelector('[data-field="' + field + '"]');
  }

  function each(list, take) {
    var all = list ? list.split(",") : [];
    for (var i = 0; i < all.length; i += 1) {
      var at = all[i].lastIndexOf(":");
      take(all[i].slice(0, at), all[i].slice(at + 1));
    }
  }

  function stands(field) {
    var element = elementOf(field);
    return element ? JSON.stringify(valueOf(element, field)) : undefined;
  }

  // The fields of a page that was drawn anew; `fresh` names those that it put in.
  draft.adopt = function (list, fresh) {
    var here = {};
    each(list, function (field, how) {
      here[field] = true;
      if (!(field in versions) || fresh[field]) {
        versions[field] = parseInt(how, 10);
        drawn[field] = how;
        // What stands there without being kept ends so.
        last[field] = /\.$/.test(how) ? undefined : stands(field);
      }
    });
    for (var field in versions) {
      if (!here[field]) {
        delete versions[field];
      }
    }
    shown.value = list;
  };

  // The inputs of a field have a value that the server told.
  draft.shown = function (field, version) {
    if (field in versions) {
      versions[field] = version;
      last[field] = stands(field);
    }
  };

  draft.isPending = function (field) {
    return Boolean(pending[field]);
  };

  // A value as the server has it. What is typed here stays until the server has that; `anew` on a
  // new connection, where a server that was killed may have forgotten what it told before.
  draft.told = function (field, value, version, anew) {
    var known = anew ? surely[field] : versions[field];
    if (versions[field] === undefined || version === versions[field] || version < known) {
      return;
    }
    if (pending[field]) {
      missed[field] = { value: value, version: version };
    } else if (draft.show) {
      draft.show(field, value, version);
    }
  };

  draft.write = function (field, value) {
    queue(field, value, true);
  };

  // The server has a write. `typed` is what was typed since.
  function taken(field, one, answer, typed) {
    surely[field] = answer.version;
    if (answer.displaced !== undefined && draft.displaced) {
      draft.displaced(field, answer.displaced);
    }
    if (typed) {
      // It goes on from there; but where the server joined it with somebody else's, what was typed
      // since lacks that, and the server has to see so.
      if (answer.value === undefined) {
        typed.base = answer.version;
      }
      return;
    }
    var later = missed[field];
    delete missed[field];
    if (versions[field] === undefined) {
      return;
    }
    if (draft.show && later && later.version > answer.version) {
      draft.show(field, later.value, later.version);
    } else if (draft.show && (answer.value !== undefined || one.draw)) {
      draft.show(field, answer.value === undefined ? one.value : answer.value, answer.version);
    } else if (answer.value === undefined) {
      versions[field] = answer.version;
    }
  }

  // Says of each field whether it stands as it is kept, so that going on changes nothing.
  function sayShown() {
    var all = [];
    each(shown.value, function (field) {
      var isKept = !pending[field] && last[field] !== undefined && last[field] === stands(field);
      var isDrawn = parseInt(drawn[field], 10) === versions[field];
      var how = isKept ? versions[field] + ".same" : isDrawn ? drawn[field] : versions[field] + ".";
      all.push(field + ":" + how);
    });
    shown.value = all.join(",");
  }

  // --- What is wrong, told beside a field once it is left.
  var told = {};
  var checking = false;

  function check() {
    if (checking || hasPending()) {
      return;
    }
    checking = true;
    call("/api/apply/check", { token: token }, function (status, answer) {
      checking = false;
      if (status === 200 && answer && answer.fields) {
        showAll(answer.fields);
      }
    });
  }

  function elementId(place) {
    return "f-" + place.replace(/\[/g, ".").replace(/\]/g, "").replace(/\./g, "-");
  }

  function placeFor(element) {
    while (element && element !== form) {
      for (var child = element.lastElementChild; child; child = child.previousElementSibling) {
        if (child.getAttribute("aria-live")) {
          return child;
        }
      }
      element = element.parentNode;
    }
    return null;
  }

  function showAll(refused) {
    var old = form.querySelectorAll(".ask-why");
    var i;
    for (i = 0; i < old.length; i += 1) {
      var was = wrapper(old[i]);
      if (was && told[was.getAttribute("data-field")]) {
        old[i].parentNode.removeChild(old[i]);
      }
    }
    var invalid = form.querySelectorAll("[aria-invalid]");
    for (i = 0; i < invalid.length; i += 1) {
      var marked = wrapper(invalid[i]);
      if (marked && told[marked.getAttribute("data-field")]) {
        invalid[i].removeAttribute("aria-invalid");
      }
    }
    for (i = 0; i < refused.length; i += 1) {
      var field = refused[i].field.split(/[.\[]/)[0];
      var element = document.getElementById(elementId(refused[i].field));
      var place = element && told[field] && placeFor(element);
      if (place && !place.firstElementChild) {
        var why = document.createElement("strong");
        why.className = "ask-why";
        why.id = element.id + "-why";
        why.textContent = refused[i].message;
        place.appendChild(why);
        element.setAttribute("aria-invalid", "true");
        var described = element.getAttribute("aria-describedby") || "";
        if (described.indexOf(why.id) < 0) {
          element.setAttribute("aria-describedby", (described + " " + why.id).replace(/^ /, ""));
        }
      }
    }
  }

  // A field is kept: what hangs on it is asked, or not any longer.
  function settled(field) {
    var leads = form ? form.getAttribute("data-leads").split(",") : [];
    if (leads.indexOf(field) >= 0 && draft.fetchPage) {
      draft.fetchPage();
    } else if (told[field]) {
      check();
    }
  }

  if (form) {
    form.addEventListener("input", function (event) {
      changed(event.target);
    });
    form.addEventListener("change", function (event) {
      var element = wrapper(event.target);
      if (element) {
        told[element.getAttribute("data-field")] = true;
      }
      changed(event.target);
    });
    form.addEventListener(
      "blur",
      function (event) {
        var element = wrapper(event.target);
        var field = element && element.getAttribute("data-field");
        if (field && (ever || told[field]) && valueOf(element, field) !== "") {
          told[field] = true;
          check();
        }
      },
      true
    );
    form.addEventListener("submit", sayShown);
    draft.adopt(shown.value, {});
  }
  if (hasPending()) {
    say("not");
    flush();
  }
})();
