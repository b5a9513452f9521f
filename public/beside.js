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

  function inputs(field) {
    var one = form && form.querySelector('[data-one="' + field + '"]');
    return one ? one.querySelectorAll("input[name],select[name],textarea[name]") : [];
  }

  // Puts a value into the inputs of its field. What the applicant types just now stays.
  function put(field, value) {
    var all = inputs(field);
    for (var i = 0; i < all.length; i += 1) {
      if (all[i] === document.activeElement && all[i].type !== "radio" && all[i].type !== "checkbox") {
        continue;
      }
      var path = all[i].name.slice(field.length + 1).split(".");
      var own = value;
      for (var at = 0; path[0] && at < path.length; at += 1) {
        own = own === null || own === undefined ? "" : own[path[at]];
      }
      own = own === null || own === undefined ? "" : own;
      if (all[i].type === "radio") {
        all[i].checked = all[i].value === (own === true ? "yes" : own === false ? "no" : own);
      } else if (all[i].type === "checkbox") {
        all[i].checked = own === true || (own.indexOf ? own.indexOf(all[i].value) >= 0 : false);
      } else {
        all[i].value = typeof own === "string" ? own : "";
      }
    }
  }

  function point(field) {
    var one = form && form.querySelector('[data-one="' + field + '"]');
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
        break;
      case "value":
        if (message.by === "helper") {
          put(message.field, message.value);
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
