// Sends photographs and files of a case or an application as soon as they are chosen, one after
// the other. The forms work without this file; with it, a photograph that is too large, or of a
// kind that only this browser can show, becomes a smaller JPEG first. Where the page asks for it,
// it is looked at: what is dark, blurred or small is told, and sent all the same. Plain ES5, for
// old phones.
(function () {
  "use strict";
  var board = document.querySelector(".sending[data-sending]");
  if (!board || !window.FileReader || !window.Blob || !window.URL) {
    return;
  }

  // What the server takes.
  var LARGEST = 10 * 1024 * 1024;
  var TAKEN = /^image\/(jpeg|png|webp)$/;
  // Canvases of phones hold no more pixels, and none is longer.
  var MOST_PIXELS = 16000000;
  var LONGEST = 16384;
  // Of a photograph that is looked at, the longer side: a page is read at less.
  var ENOUGH = 2560;
  // Of a JPEG, from hardly visible to plain, and how much smaller it is made after that.
  var QUALITIES = [0.9, 0.85, 0.8, 0.7, 0.6, 0.5];
  var SMALLER = 0.7;
  // An older browser draws a photograph as it was stored, and not as it was held.
  var upright = window.CSS && CSS.supports && CSS.supports("image-orientation", "from-image");

  var waiting = [];
  var busy = false;
  // The page says by what bounds a photograph is looked at, where it is.
  var looks = board.getAttribute("data-dark") !== null;

  function bound(name) {
    return Number(board.getAttribute("data-" + name));
  }

  document.documentElement.className += " scripted";
  document.addEventListener("change", function (event) {
    var input = event.target;
    var form = input && input.type === "file" && input.form;
    if (!form || form.className.indexOf("supply") < 0 || !input.files) {
      return;
    }
    var token = /\/t\/([^\/]+)\/supply/i.exec(form.action);
    var call = form.getAttribute("data-call") || (token && "/api/case/supply?token=" + token[1]);
    if (!call) {
      return;
    }
    var address = call + "&material=" + encodeURIComponent(form.querySelector("[name=material]").value);
    if (!busy && !waiting.length) {
      forget();
    }
    var place = form.parentNode.querySelector(".sending-here") || board;
    for (var i = 0; i < input.files.length; i += 1) {
      var file = input.files[i];
      waiting.push({ address: address, file: file, name: file.name || "", place: place, line: line(place), doubts: [] });
    }
    // The same file may be chosen again.
    input.value = "";
    next();
  });

  function line(place) {
    return place.appendChild(document.createElement("p"));
  }

  // What was said of files that were sent before.
  function forget() {
    board.innerHTML = "";
    var places = document.querySelectorAll(".sending-here");
    for (var i = 0; i < places.length; i += 1) {
      places[i].innerHTML = "";
    }
  }

  // What may be wrong with photographs that are shown, by their file.
  var doubted = {};

  // Says it beside each photograph, once the page shows it.
  document.addEventListener("files-shown", function () {
    var shown = document.querySelectorAll("[data-file]");
    for (var i = 0; i < shown.length; i += 1) {
      var said = doubted[shown[i].getAttribute("data-file")] || [];
      for (var nth = 0; nth < said.length; nth += 1) {
        var beside = shown[i].querySelector(".beside-file") || shown[i];
        if (said[nth].parentNode !== beside) {
          beside.appendChild(said[nth]);
        }
      }
    }
  });

  // The file that a draft got just now: the newest of this material.
  function newest(draft, material) {
    var all = (draft && draft.materials) || [];
    for (var i = 0; i < all.length; i += 1) {
      if (all[i].key === material && all[i].files.length) {
        return all[i].files[all[i].files.length - 1].file;
      }
    }
    return null;
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
    if (one.place === board) {
      board.scrollIntoView(false);
    }
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
    var fine = file.size <= LARGEST && TAKEN.test(type);
    if (!isPicture || (!looks && (!upright || fine))) {
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
      var longest = looks ? ENOUGH : LONGEST;
      var fits = Math.min(1, Math.sqrt(MOST_PIXELS / (width * height)), longest / Math.max(width, height));
      if (looks) {
        doubt(one, image);
        if (!upright || (fine && fits === 1)) {
          URL.revokeObjectURL(address);
          return done(file);
        }
      }
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

  // Says what may be wrong with a photograph.
  function doubt(one, image) {
    var width = image.naturalWidth;
    var height = image.naturalHeight;
    var scale = Math.min(1, bound("measured-side") / Math.max(width, height));
    var canvas = document.createElement("canvas");
    var w = (canvas.width = Math.max(3, Math.round(width * scale)));
    var h = (canvas.height = Math.max(3, Math.round(height * scale)));
    var said = [];
    try {
      var paper = canvas.getContext("2d");
      paper.drawImage(image, 0, 0, w, h);
      var data = paper.getImageData(0, 0, w, h).data;
      var grey = [];
      var sum = 0;
      var i;
      for (i = 0; i < w * h; i += 1) {
        grey[i] = 0.299 * data[4 * i] + 0.587 * data[4 * i + 1] + 0.114 * data[4 * i + 2];
        sum += grey[i];
      }
      var edges = 0;
      var squares = 0;
      for (var y = 1; y < h - 1; y += 1) {
        for (var x = 1; x < w - 1; x += 1) {
          i = y * w + x;
          var edge = 4 * grey[i] - grey[i - 1] - grey[i + 1] - grey[i - w] - grey[i + w];
          edges += edge;
          squares += edge * edge;
        }
      }
      var count = (w - 2) * (h - 2);
      if (sum / (w * h) < bound("least-light")) {
        said.push(word("dark"));
      }
      if (squares / count - (edges / count) * (edges / count) < bound("least-edges")) {
        said.push(word("blurred"));
      }
    } catch (error) {
      // A browser that shows no pixels.
    }
    if (Math.min(width, height) < bound("least-side")) {
      said.push(word("small"));
    }
    for (var nth = 0; nth < said.length; nth += 1) {
      var told = line(one.place);
      told.className = "doubt";
      told.textContent = said[nth];
      one.doubts.push(told);
    }
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
    var nth = looks ? 1 : 0;
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
      var answer = null;
      try {
        answer = JSON.parse(request.responseText);
      } catch (error) {
        // Something between us and the server answered.
      }
      if (request.status === 200) {
        var material = decodeURIComponent(one.address.split("&material=")[1]);
        doubted[newest(answer, material)] = one.doubts;
        return ended(one, word("received"), "well");
      }
      var refused = answer;
      ended(one, refused && refused.message ? refused.message + refused.next : word("failed"), "not");
    };
    request.onerror = function () {
      ended(one, word("failed"), "not");
    };
    request.send(blob);
  }
})();
