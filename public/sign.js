// Lets an applicant sign with a finger, a pen or the mouse before an application is sent. The
// page works without this file: the form is then signed on paper. Plain ES5, for old phones.
(function () {
  "use strict";
  var section = document.querySelector("section.signing");
  var form = document.querySelector('form[action*="/send"]');
  var canvas = section && section.querySelector("canvas");
  if (!form || !canvas || !canvas.getContext || !canvas.toBlob || !window.PointerEvent) {
    return;
  }
  // Width of the line, in CSS pixels.
  var LINE = 3;
  // A sharper drawing of a signature says no more.
  var SHARPEST = 2;
  var paper = canvas.getContext("2d");
  var pad = section.querySelector(".pad");
  var anew = section.querySelector("button");
  var wrong = section.querySelector(".wrong");
  var scale = 1;
  var drawing = null;
  var drawn = false;
  var busy = false;

  function clear() {
    drawn = false;
    anew.disabled = true;
    paper.fillStyle = "#fff";
    paper.fillRect(0, 0, canvas.width, canvas.height);
  }

  // The drawing has the size in which it is shown; what was drawn is lost when that changes.
  function fit() {
    scale = Math.min(SHARPEST, Math.max(1, window.devicePixelRatio || 1));
    var width = Math.max(1, Math.round(canvas.clientWidth * scale));
    if (canvas.width !== width) {
      canvas.width = width;
      canvas.height = Math.max(1, Math.round(canvas.clientHeight * scale));
      clear();
    }
  }

  function at(event) {
    var box = canvas.getBoundingClientRect();
    return [(event.clientX - box.left) * scale, (event.clientY - box.top) * scale];
  }

  function line(from, to) {
    paper.lineWidth = LINE * scale;
    paper.lineCap = "round";
    paper.lineJoin = "round";
    paper.strokeStyle = "#16232b";
    paper.beginPath();
    paper.moveTo(from[0], from[1]);
    paper.lineTo(to[0], to[1]);
    paper.stroke();
    drawn = true;
    anew.disabled = false;
    wrong.hidden = true;
  }

  canvas.addEventListener("pointerdown", function (event) {
    event.preventDefault();
    if (canvas.setPointerCapture) {
      canvas.setPointerCapture(event.pointerId);
    }
    drawing = at(event);
    // A dot is a stroke too.
    line(drawing, [drawing[0] + 0.1, drawing[1]]);
  });
  canvas.addEventListener("pointermove", function (event) {
    if (drawing) {
      var to = at(event);
      line(drawing, to);
      drawing = to;
    }
  });
  function end() {
    drawing = null;
  }
  canvas.addEventListener("pointerup", end);
  canvas.addEventListener("pointercancel", end);
  anew.addEventListener("click", clear);

  function failed(said) {
    busy = false;
    wrong.textContent = said || section.getAttribute("data-failed");
    wrong.hidden = false;
    wrong.scrollIntoView(false);
  }

  function keep(blob) {
    if (!blob) {
      return failed();
    }
    var request = new XMLHttpRequest();
    request.open("POST", section.getAttribute("data-call"));
    request.timeout = 30000;
    request.setRequestHeader("Content-Type", "image/png");
    request.setRequestHeader("Accept-Language", document.documentElement.lang);
    request.onloadend = function () {
      if (request.status === 200) {
        return form.submit();
      }
      var refused = null;
      try {
        refused = JSON.parse(request.responseText);
      } catch (error) {
        // Something between us and the server answered, or nobody.
      }
      failed(refused && refused.message ? refused.message + refused.next : "");
    };
    request.send(blob);
  }

  // What is drawn is kept first; then it is sent.
  form.addEventListener("submit", function (event) {
    if (!drawn || busy) {
      if (busy) {
        event.preventDefault();
      }
      return;
    }
    event.preventDefault();
    busy = true;
    canvas.toBlob(keep, "image/png");
  });

  pad.hidden = false;
  section.querySelector(".by-script").hidden = false;
  section.querySelector(".without-script").hidden = true;
  fit();
  window.addEventListener("resize", fit);
})();
