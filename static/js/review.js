// Keys of a case. A key counts only for the case it was drawn with: not before the case is on the screen, not after an
// answer is on its way, and never by a key held down. Every key presses a button or follows a link that is there anyway.
const shown = document.querySelector("[data-case]");
let drawnAt = Infinity;
let spent = false;

// The second frame after this one: by then the first has been painted.
requestAnimationFrame(() =>
  requestAnimationFrame(() => {
    drawnAt = performance.now();
    shown?.setAttribute("data-ready", "");
  }),
);

const typing = (target) => target.closest?.("input:not([type=checkbox]), textarea, select, [contenteditable]");
const say = (words) => {
  const place = shown?.querySelector(".key-says");
  if (place) place.textContent = words;
};

const keyOf = (event) => {
  if (event.key === "ArrowRight") return "j";
  if (event.key === "ArrowLeft") return "u";
  return event.key.length === 1 ? event.key.toLowerCase() : "";
};

const reasonBox = () => shown.querySelector("[data-answers] [name=reason]");
let waiting = null; // the answer that waits for its reason

const press = (control) => {
  if (control.tagName === "DETAILS") {
    const others = [...shown.querySelectorAll("details[data-key][open]")].filter((other) => other !== control);
    others.forEach((other) => (other.open = false));
    control.open = !control.open;
    if (control.open) control.querySelector("select, input:not([type=hidden])")?.focus();
    return;
  }
  if (control.hasAttribute("data-needs-reason") && !reasonBox().value.trim()) {
    waiting = control;
    reasonBox().focus();
    say(`“${control.firstChild.textContent.trim()}” needs a reason. Type it and press Enter.`);
    return;
  }
  control.click();
};

if (shown) {
  document.addEventListener("keydown", (event) => {
    if (event.repeat || spent || event.timeStamp < drawnAt) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") {
      shown.querySelectorAll("details[data-key][open]").forEach((box) => (box.open = false));
      waiting = null;
      say("");
      document.activeElement?.blur();
      return;
    }
    if (typing(event.target)) {
      if (event.key === "Enter" && waiting && event.target === reasonBox() && reasonBox().value.trim()) {
        event.preventDefault();
        waiting.click();
      }
      return;
    }
    const key = keyOf(event);
    if (!key || (event.shiftKey && key !== "?")) return;
    const control = shown.querySelector(`[data-key~="${CSS.escape(key)}"]`);
    if (!control) {
      if (/[a-z0-9]/.test(key)) say(`“${key}” does nothing for this question. Press ? for the keys.`);
      return;
    }
    event.preventDefault();
    press(control);
  });

  // A button that needs a reason asks for it before it is sent, by mouse as by key.
  shown.addEventListener("click", (event) => {
    const button = event.target.closest("[data-needs-reason]");
    if (button && !reasonBox().value.trim()) {
      event.preventDefault();
      press(button);
    }
  });

  // One answer a page: a second press, or a double click, is not sent.
  document.addEventListener("submit", (event) => {
    if (!shown.contains(event.target)) return;
    if (spent) event.preventDefault();
    spent = true;
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("a[data-key]") && !event.ctrlKey && !event.metaKey && !event.shiftKey) spent = true;
  });
}

// A filter that is chosen is applied.
document.querySelectorAll(".queue-filters select").forEach((select) =>
  select.addEventListener("change", () => select.form.requestSubmit()),
);

// On a narrow screen the case comes first and the queue is folded away.
if (matchMedia("(max-width: 64rem)").matches) document.querySelectorAll(".queue-box").forEach((box) => (box.open = false));

// Back in the browser's history shows the case as it was drawn: ask again how it stands.
addEventListener("pageshow", (event) => event.persisted && location.reload());
