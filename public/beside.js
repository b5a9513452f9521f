// Shows an applicant who is beside them: a helper who joins, what they write as they write it,
// and where they point. The pages work without this file. Plain ES5, for old phones.
(function () {
  "use strict";
  var main = document.querySelector("main[data-token]");
  var helper = document.querySelector("form.helper");
  if (!main || !helper || !window.WebSocket || !window.JSON) {
    return;
  }
  var address =
    location.origin.replace(/^http/, "ws") + "/api/apply/live?token=" + main.getAttribute("data-token");
  var form = document.querySelector("form.asked");
  // Both sides send a beat; whoever is silent for longer is gone.
  var BEAT = 10000;
  var SILENT = 30000;
  var socket = null;
  var heardAt = 0;
  var wait = 1000;
  var lang = document.documentElement.lang;

  function text(name) {
    return typeof name === "string" ? name : (/^zh/.test(lang) ? name.zh : name.en) || name.zh || "";
  }

  function show(name) {
    helper.hidden = !name;
    if (name) {
      helper.querySelector("p").textContent = helper.getAttribute("data-words").replace("{name}", text(name));
    }
  }

  function oneOf(field) {
    return form && form.querySelector('[data-one="' + field + '"]');
  }

  function inputs(field) {
    var one = oneOf(field);
    return one ? one.querySelectorAll("input[name],select[name],textarea[name]") : [];
  }

  // How many rows of a table stand on the page.
  function rowsOf(field) {
    var one = oneOf(field);
    return one ? one.querySelectorAll(".ask-row").length : 0;
  }

  // Puts a value into the inputs of its field. What the applicant types just now stays, until
  // the server has it.
  function put(field, value) {
    var all = inputs(field);
    for (var i = 0; i < all.length; i += 1) {
      var typed = all[i] === document.activeElement && all[i].type !== "radio" && all[i].type !== "checkbox";
      var caret = typed && typeof all[i].selectionStart === "number" ? all[i].selectionStart : null;
      if (!typed || !isPending(field)) {
        fill(all[i], field, value);
        if (caret !== null) {
          all[i].setSelectionRange(caret, caret);
        }
      }
    }
  }

  function fill(input, field, value) {
    var path = input.name.slice(field.length + 1).split(".");
    var own = value;
    for (var at = 0; path[0] && at < path.length; at += 1) {
      own = own === null || own === undefined ? "" : own[path[at]];
    }
    own = own === null || own === undefined ? "" : own;
    if (input.type === "radio") {
      input.checked = input.value === (own === true ? "yes" : own === false ? "no" : own);
    } else if (input.type === "checkbox") {
      input.checked = own === true || (own.indexOf ? own.indexOf(input.value) >= 0 : false);
    } else {
      input.value = typeof own === "string" ? own : "";
    }
  }

  // What the helper wrote. Another number of rows, and fields that hang on it, are drawn by the
  // server.
  function wrote(field, value) {
    var rows = value && value.length && typeof value[0] === "object" ? Math.max(value.length, 1) : 0;
    var leads = form ? (form.getAttribute("data-leads") || "").split(",") : [];
    if (form && ((rows && rows !== rowsOf(field)) || leads.indexOf(field) >= 0)) {
      fetchPage(field, value);
    } else {
      put(field, value);
    }
  }

  // The last page that was asked for; one that comes later than a newer one is old.
  var asked = 0;

  function fetchPage(field, value) {
    var mine = (asked += 1);
    var request = new XMLHttpRequest();
    request.open("GET", form.getAttribute("data-page"));
    request.onload = function () {
      if (request.status === 200 && mine === asked) {
        var fresh = document.implementation.createHTMLDocument("");
        fresh.documentElement.innerHTML = request.responseText;
        update(fresh, field);
      }
      put(field, value);
    };
    request.onerror = function () {
      put(field, value);
    };
    request.send();
  }

  // Draws a field anew, puts in what is asked now and takes out what is not. The cursor and what
  // is typed at it stay.
  function update(fresh, field) {
    var into = form.querySelector(".fields");
    var from = fresh.querySelector(".fields");
    var shown = fresh.querySelector('[name=".shown"]');
    if (!into || !from || !shown) {
      return;
    }
    var at = document.activeElement;
    var name = at && at.name;
    var typed = at && at.value;
    var caret = at && typeof at.selectionStart === "number" ? at.selectionStart : null;
    var names = {};
    var i;
    for (i = 0; i < from.children.length; i += 1) {
      names[from.children[i].getAttribute("data-one")] = true;
    }
    for (i = into.children.length - 1; i >= 0; i -= 1) {
      var old = into.children[i].getAttribute("data-one");
      if (!names[old] || (old === field && rowsOf(field))) {
        into.removeChild(into.children[i]);
      }
    }
    for (i = 0; i < from.children.length; i += 1) {
      var here = into.children[i];
      if (!here || here.getAttribute("data-one") !== from.children[i].getAttribute("data-one")) {
        into.insertBefore(document.importNode(from.children[i], true), here || null);
      }
    }
    form.querySelector('[name=".shown"]').value = shown.value;
    var again = name && at !== document.activeElement && form.querySelector('[name="' + name + '"]');
    if (again && again.type !== "radio" && again.type !== "checkbox") {
      again.value = typed;
      again.focus();
      if (caret !== null) {
        again.setSelectionRange(caret, caret);
      }
    }
  }

  // A value as one line, in the words of its inputs.
  function inWords(field, value) {
    if (value === true || value === false) {
      return value ? "\u2713" : "\u2717";
    }
    if (typeof value === "string") {
      var all = inputs(field);
      for (var i = 0; i < all.length; i += 1) {
        if (all[i].type === "radio" && all[i].value === value && value) {
          return all[i].parentNode.textContent;
        }
        for (var o = 0; all[i].options && o < all[i].options.length; o += 1) {
          if (all[i].options[o].value === value && value) {
            return all[i].options[o].textContent;
          }
        }
      }
      return value;
    }
    var parts = [];
    for (var key in value) {
      var one = inWords(field, value[key]);
      if (one) {
        parts.push(one);
      }
    }
    return parts.join(" ");
  }

  // What one of both had written and no longer stands, with the keys that take it or let it go.
  function displaced(field, value) {
    var one = oneOf(field);
    if (!one) {
      return;
    }
    settle(one);
    var box = document.createElement("div");
    box.className = "displaced";
    box.setAttribute("role", "status");
    var said = document.createElement("p");
    said.textContent = helper.getAttribute("data-displaced") + " ";
    var quoted = document.createElement("q");
    quoted.textContent = inWords(field, value);
    said.appendChild(quoted);
    box.appendChild(said);
    box.appendChild(
      key("data-take", function () {
        settle(one);
        var all = inputs(field);
        for (var i = 0; i < all.length; i += 1) {
          fill(all[i], field, value);
        }
        // As if it were typed: it is kept as all else.
        var event = document.createEvent("Event");
        event.initEvent("input", true, false);
        if (all.length) {
          all[0].dispatchEvent(event);
        }
      })
    );
    box.appendChild(
      key("data-drop", function () {
        settle(one);
      })
    );
    one.appendChild(box);
  }

  function key(name, press) {
    var button = document.createElement("button");
    button.type = "button";
    button.className = "ask-row-key";
    button.textContent = helper.getAttribute(name);
    button.addEventListener("click", press);
    return button;
  }

  function settle(one) {
    var old = one.querySelector(".displaced");
    if (old) {
      one.removeChild(old);
    }
  }

  function point(field) {
    var one = oneOf(field);
    if (one) {
      one.className += " is-pointed";
      one.scrollIntoView(false);
      setTimeout(function () {
        one.className = one.className.replace(/ is-pointed/g, "");
      }, 6000);
    }
  }

  // What was typed here and the server has not. A browser that keeps nothing cannot say.
  function isPending(field) {
    try {
      var pending = JSON.parse(localStorage.getItem("jiban-draft:" + main.getAttribute("data-token")));
      return Boolean(pending && pending[field]);
    } catch (error) {
      return true;
    }
  }

  function hear(message) {
    switch (message.kind) {
      case "draft":
        show(message.draft.helper);
        // What they wrote while there was no connection.
        for (var field in message.draft.written) {
          if (message.draft.written[field].helper && !isPending(field)) {
            wrote(field, message.draft.values[field]);
          }
        }
        break;
      case "value":
        if (message.by === "helper") {
          wrote(message.field, message.value);
        }
        if (message.displaced !== undefined && message.displaced !== null) {
          displaced(message.field, message.displaced);
        }
        break;
      case "point":
        point(message.field);
        break;
      case "present":
        if (message.by === "helper" && message.here) {
          show(message.name);
        }
        break;
      case "help_ended":
        show(null);
        break;
    }
  }

  function say(message) {
    if (socket && socket.readyState === 1) {
      socket.send(JSON.stringify(message));
    }
  }

  function open() {
    heardAt = new Date().getTime();
    socket = new WebSocket(address);
    socket.onmessage = function (event) {
      heardAt = new Date().getTime();
      wait = 1000;
      try {
        hear(JSON.parse(event.data));
      } catch (error) {
        // Of a newer server.
      }
    };
    socket.onclose = function () {
      socket = null;
      // Not all phones at once.
      setTimeout(open, wait * (0.5 + Math.random()));
      wait = Math.min(wait * 2, 30000);
    };
  }

  setInterval(function () {
    say({ kind: "beat" });
    if (socket && new Date().getTime() - heardAt > SILENT) {
      socket.close();
    }
  }, BEAT);

  if (form) {
    form.addEventListener(
      "focus",
      function (event) {
        for (var one = event.target; one && one !== form; one = one.parentNode) {
          var field = one.getAttribute("data-one");
          if (field) {
            say({ kind: "at", field: field });
          }
        }
      },
      true
    );
  }
  open();
})();
