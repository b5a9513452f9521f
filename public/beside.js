// Draws into a page what comes from elsewhere: what a helper writes while they write it, what was
// written on another device, and who is beside the applicant and where they point. The pages work
// without this file. Plain ES5, for old phones.
(function () {
  "use strict";
  var main = document.querySelector("main[data-token]");
  var helper = document.querySelector("form.helper");
  // Of apply.js, which knows what is typed here and what of it the server has.
  var draft = window.jibanDraft;
  if (!main || !helper || !draft) {
    return;
  }
  var address =
    location.origin.replace(/^http/, "ws") + "/api/apply/live?token=" + main.getAttribute("data-token");
  var form = document.querySelector("form.asked");
  // Both sides send a beat; whoever is silent for longer is gone.
  var BEAT = 10000;
  var SILENT = 30000;
  var socket = null;
  // Nothing was told yet on this connection.
  var isNew = true;
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

  // Puts a value into the inputs of its field. What was typed there meanwhile stays.
  function put(field, value, version) {
    if (draft.isPending(field)) {
      draft.told(field, value, version, true);
      return;
    }
    var all = inputs(field);
    for (var i = 0; i < all.length; i += 1) {
      var typed = all[i] === document.activeElement && all[i].type !== "radio" && all[i].type !== "checkbox";
      var caret = typed && typeof all[i].selectionStart === "number" ? all[i].selectionStart : null;
      fill(all[i], field, value);
      if (caret !== null) {
        all[i].setSelectionRange(caret, caret);
      }
    }
    draft.shown(field, version);
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

  // A value that the server told. Another number of rows, and fields that hang on it, are drawn by
  // the server.
  draft.show = function (field, value, version) {
    var rows = value && value.length && typeof value[0] === "object" ? value.length : 0;
    var leads = (form.getAttribute("data-leads") || "").split(",");
    if ((rows && rows !== rowsOf(field)) || leads.indexOf(field) >= 0) {
      toDraw[field] = { value: value, version: version };
      draft.fetchPage();
    } else {
      put(field, value, version);
    }
  };

  // What waits for the page that was asked for; one that comes later than a newer one is old.
  var toDraw = {};
  var asked = 0;

  draft.fetchPage = function () {
    var mine = (asked += 1);
    fetched(form.getAttribute("data-page"), function (fresh) {
      if (mine !== asked) {
        return;
      }
      var values = toDraw;
      toDraw = {};
      if (fresh) {
        update(fresh, values);
      }
      for (var field in values) {
        put(field, values[field].value, values[field].version);
      }
    });
  };

  // A page as it is now; none where it does not come.
  function fetched(address, done) {
    var request = new XMLHttpRequest();
    request.open("GET", address);
    request.onloadend = function () {
      var fresh = document.implementation.createHTMLDocument("");
      fresh.documentElement.innerHTML = request.responseText;
      done(request.status === 200 ? fresh : null);
    };
    request.send();
  }

  // Draws tables anew, puts in what is asked now and takes out what is not. The cursor and what
  // is typed at it stay.
  function update(fresh, values) {
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
    var putIn = {};
    var i;
    for (i = 0; i < from.children.length; i += 1) {
      names[from.children[i].getAttribute("data-one")] = true;
    }
    for (i = into.children.length - 1; i >= 0; i -= 1) {
      var old = into.children[i].getAttribute("data-one");
      if (!names[old] || (values[old] && rowsOf(old) && !draft.isPending(old))) {
        into.removeChild(into.children[i]);
      }
    }
    for (i = 0; i < from.children.length; i += 1) {
      var one = from.children[i].getAttribute("data-one");
      var here = into.children[i];
      if (!here || here.getAttribute("data-one") !== one) {
        into.insertBefore(document.importNode(from.children[i], true), here || null);
        putIn[one] = true;
      }
    }
    draft.adopt(shown.value, putIn);
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
  draft.displaced = function (field, value) {
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
        draft.write(field, value);
      })
    );
    box.appendChild(
      key("data-drop", function () {
        settle(one);
      })
    );
    one.appendChild(box);
  };

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

  function hear(message) {
    switch (message.kind) {
      case "draft":
        show(message.draft.helper);
        // What was written while there was no connection.
        for (var field in message.draft.written) {
          draft.told(field, message.draft.values[field], message.draft.written[field].version, isNew);
        }
        isNew = false;
        break;
      case "value":
        draft.told(message.field, message.value, message.version, false);
        if (message.displaced !== undefined && message.displaced !== null) {
          draft.displaced(message.field, message.displaced);
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
    isNew = true;
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
  // What was sent is shown with its material.
  document.addEventListener("supplied", function () {
    // Without the style, which the page has.
    var address = location.pathname + "?lang=" + document.documentElement.lang + "&parts=true";
    fetched(address, function (fresh) {
      var lists = fresh ? fresh.querySelectorAll("[data-part]") : [];
      for (var i = 0; i < lists.length; i += 1) {
        var old = document.querySelector('[data-part="' + lists[i].getAttribute("data-part") + '"]');
        if (old) {
          old.innerHTML = lists[i].innerHTML;
        }
      }
      var event = document.createEvent("Event");
      event.initEvent("files-shown", false, false);
      document.dispatchEvent(event);
    });
  });

  if (window.WebSocket) {
    open();
  }
})();
