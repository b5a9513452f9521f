// Keeps what is typed into an application while it is typed, and looks at photographs before
// they are sent. The pages work without this file. Plain ES5, for old phones.
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

  // --- What is not kept yet, by field. It is in the browser until the server has it.
  var pending = {};
  try {
    pending = JSON.parse(localStorage.getItem(store)) || {};
  } catch (error) {
    // A browser that keeps nothing: the page is then sent as a whole.
  }
  var sending = null;
  var ever = false;
  var wait = 1000;
  var last = {};
  var leftOver = hasPending();

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
    var one = pending[sending];
    var body = { request_id: one.request, token: token, field: sending, value: one.value };
    call("/api/apply/write", body, function (status) {
      var field = sending;
      sending = null;
      if (status === 200) {
        wait = 1000;
        ever = true;
        if (pending[field] && pending[field].request === one.request) {
          delete pending[field];
        }
        remember();
        if (hasPending()) {
          return flush();
        }
        say("saved");
        // What a closed page left is shown where it belongs.
        if (leftOver) {
          leftOver = false;
          if (form) {
            location.reload();
          }
          return;
        }
        settled(field);
      } else if (status >= 400 && status < 500 && status !== 408 && status !== 429) {
        // It will never be taken: the page says what is wrong when it is sent.
        if (pending[field] && pending[field].request === one.request) {
          delete pending[field];
        }
        remember();
        say("refused");
        flush();
      } else {
        say("not");
        setTimeout(flush, wait);
        wait = Math.min(wait * 2, 15000);
      }
    });
  }
  window.addEventListener("online", flush);

  // --- The value of a field by its inputs, as the form's JSON Schema says it.
  function inputsOf(element) {
    return element.querySelectorAll("input[name],select[name],textarea[name]");
  }

  function valueOf(element, name) {
    var inputs = inputsOf(element);
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
    pending[field] = { request: id(), value: value };
    remember();
    say("saving");
    flush();
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
    if (leads.indexOf(field) >= 0) {
      fetchPage();
    } else if (told[field]) {
      check();
    }
  }

  function fetchPage() {
    var request = new XMLHttpRequest();
    request.open("GET", form.getAttribute("data-page"));
    request.onload = function () {
      if (request.status !== 200) {
        return;
      }
      var fresh = document.implementation.createHTMLDocument("");
      fresh.documentElement.innerHTML = request.responseText;
      update(fresh);
    };
    request.send();
  }

  // Puts in the fields that are asked now, and takes out the others; what is typed stays.
  function update(fresh) {
    var into = form.querySelector(".fields");
    var from = fresh.querySelector(".fields");
    var shown = fresh.querySelector('[name=".shown"]');
    if (!into || !from || !shown) {
      return;
    }
    var wanted = from.children;
    var names = {};
    var i;
    for (i = 0; i < wanted.length; i += 1) {
      names[wanted[i].getAttribute("data-one")] = true;
    }
    for (i = into.children.length - 1; i >= 0; i -= 1) {
      if (!names[into.children[i].getAttribute("data-one")]) {
        into.removeChild(into.children[i]);
      }
    }
    for (i = 0; i < wanted.length; i += 1) {
      var here = into.children[i];
      if (!here || here.getAttribute("data-one") !== wanted[i].getAttribute("data-one")) {
        into.insertBefore(document.importNode(wanted[i], true), here || null);
      }
    }
    form.querySelector('[name=".shown"]').value = shown.value;
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
    // What goes with the page need not be sent again.
    form.addEventListener("submit", function () {
      leftOver = false;
    });
  }
  // What was sent is shown with its material.
  document.addEventListener("supplied", function () {
    var request = new XMLHttpRequest();
    // Without the style, which the page has.
    request.open("GET", location.pathname + "?lang=" + document.documentElement.lang + "&parts=true");
    request.onload = function () {
      var fresh = document.implementation.createHTMLDocument("");
      fresh.documentElement.innerHTML = request.status === 200 ? request.responseText : "";
      var lists = fresh.querySelectorAll("[data-part]");
      for (var i = 0; i < lists.length; i += 1) {
        var old = document.querySelector('[data-part="' + lists[i].getAttribute("data-part") + '"]');
        if (old) {
          old.innerHTML = lists[i].innerHTML;
        }
      }
      var event = document.createEvent("Event");
      event.initEvent("files-shown", false, false);
      document.dispatchEvent(event);
    };
    request.send();
  });

  if (hasPending()) {
    say("not");
    flush();
  }
})();
