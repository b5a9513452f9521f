// Sends photographs and files of a case's page as soon as they are chosen, one after the
// other. The forms work without this file; with it, a photograph that is too large, or of a
// kind that only this browser can show, becomes a smaller JPEG first. Plain ES5, for old phones.
(function () {
  "use strict";
  var board = document.querySelector(".sending");
  if (!board || !window.FileReader || !window.Blob || !window.URL) {
    return;
  }

  // What the server takes.
  var LARGEST = 10 * 1024 * 1024;
  var TAKEN = /^image\/(jpeg|png|webp)$/;
  // Canvases of phones hold no more pixels, and none is longer.
  var MOST_PIXELS = 16000000;
  var LONGEST = 16384;
  // Of a JPEG, from hardly visible to plain, and how much smaller it is made after that.
  var QUALITIES = [0.9, 0.8, 0.7, 0.6, 0.5];
  var SMALLER = 0.7;
  // An older browser draws a photograph as it was stored, and not as it was held.
  var upright = window.CSS && CSS.supports && CSS.supports("image-orientation", "from-image");

  var waiting = [];
  var busy = false;

  document.documentElement.className += " scripted";
  document.addEventListener("change", function (event) {
    var input = event.target;
    var form = input && input.type === "file" && input.form;
    if (!form || form.className.indexOf("supply") < 0 || !input.files) {
      return;
    }
    var token = /\/t\/([^\/]+)\/supply/i.exec(form.action);
    if (!token) {
      return;
    }
    var address =
      "/api/case/supply?token=" + token[1] + "&material=" + form.querySelector("[name=material]").value;
    if (!busy && !waiting.length) {
      board.innerHTML = "";
    }
    for (var i = 0; i < input.files.length; i += 1) {
      waiting.push({ address: address, file: input.files[i], name: input.files[i].name || "", line: line() });
    }
    // The same file may be chosen again.
    input.value = "";
    next();
  });

  function line() {
    return board.appendChild(document.createElement("p"));
  }

  function say(one, text, kind) {
    one.line.className = kind || "";
    one.line.textContent = one.name ? one.name + " · " + text : text;
  }

  function word(name) {
    return board.getAttribute("data-" + name);
  }

  function next() {
    var one = !busy && waiting.shift();
    if (!one) {
      return;
    }
    busy = true;
    board.scrollIntoView(false);
    prepare(one, function (blob) {
      if (blob.size > LARGEST) {
        ended(one, word("large"), "not");
      } else {
        send(one, blob);
      }
    });
  }

  function ended(one, text, kind) {
    say(one, text, kind);
    busy = false;
    if (!waiting.length) {
      var event = document.createEvent("Event");
      event.initEvent("supplied", false, false);
      document.dispatchEvent(event);
    }
    next();
  }

  // Calls back with what is sent: the file itself, or a JPEG of it.
  function prepare(one, done) {
    var file = one.file;
    var type = file.type || "";
    var isPicture = /^image\//.test(type) || /\.(jpe?g|png|webp|heic|heif|avif|gif|bmp)$/i.test(one.name);
    if (!isPicture || !upright || (file.size <= LARGEST && TAKEN.test(type))) {
      return done(file);
    }
    say(one, word("shrinking"));
    var address = URL.createObjectURL(file);
    var image = new Image();
    image.onerror = function () {
      URL.revokeObjectURL(address);
      // The server says what it is.
      done(file);
    };
    image.onload = function () {
      var width = image.naturalWidth;
      var height = image.naturalHeight;
      var fits = Math.min(1, Math.sqrt(MOST_PIXELS / (width * height)), LONGEST / Math.max(width, height));
      shrink(image, fits, function (blob) {
        URL.revokeObjectURL(address);
        if (blob) {
          one.name = one.name.replace(/\.[^.]*$/, "") + ".jpg";
        }
        done(blob || file);
      });
    };
    image.src = address;
  }

  function shrink(image, scale, done) {
    var canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(image.naturalWidth * scale));
    canvas.height = Math.max(1, Math.round(image.naturalHeight * scale));
    var paper = canvas.getContext("2d");
    if (!paper || !canvas.toBlob) {
      return done(null);
    }
    paper.fillStyle = "#fff";
    paper.fillRect(0, 0, canvas.width, canvas.height);
    paper.drawImage(image, 0, 0, canvas.width, canvas.height);
    var nth = 0;
    function attempt() {
      canvas.toBlob(
        function (blob) {
          if (!blob || blob.size <= LARGEST) {
            return done(blob);
          }
          nth += 1;
          if (nth < QUALITIES.length) {
            attempt();
          } else {
            shrink(image, scale * SMALLER, done);
          }
        },
        "image/jpeg",
        QUALITIES[nth]
      );
    }
    attempt();
  }

  function send(one, blob) {
    var request = new XMLHttpRequest();
    request.open("POST", one.address);
    // Types that a page of another site could send too are not taken.
    var type = /^(image\/|application\/pdf$)/.test(blob.type) ? blob.type : "application/octet-stream";
    request.setRequestHeader("Content-Type", type);
    request.setRequestHeader("X-File-Name", encodeURIComponent(one.name));
    request.setRequestHeader("Accept-Language", document.documentElement.lang);
    say(one, word("sending"));
    request.upload.onprogress = function (event) {
      if (event.total) {
        say(one, word("sending") + " " + Math.floor((event.loaded / event.total) * 100) + "%");
      }
    };
    request.onload = function () {
      if (request.status === 200) {
        return ended(one, word("received"), "well");
      }
      var refused = null;
      try {
        refused = JSON.parse(request.responseText);
      } catch (error) {
        // Something between us and the server answered.
      }
      ended(one, refused && refused.message ? refused.message + refused.next : word("failed"), "not");
    };
    request.onerror = function () {
      ended(one, word("failed"), "not");
    };
    request.send(blob);
  }
})();
