// Keys, autosave and live updates. Every page works without this script; it only saves time.
"use strict";

const keysOn = () => localStorage.getItem("caseconsult.keys") !== "off";

// Ages grow while a page stands open.
function age(seconds) {
  if (seconds < 60) return "just now";
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 172800) return `${Math.floor(seconds / 3600)} h ago`;
  return `${Math.floor(seconds / 86400)} d ago`;
}
setInterval(() => {
  for (const time of document.querySelectorAll("time[datetime]")) {
    time.textContent = age((Date.now() - Date.parse(time.dateTime)) / 1000);
  }
}, 30000);

// The queue: the server sends the list anew whenever it has changed. The focused case keeps the focus.
const queue = document.getElementById("queue");
if (queue && window.EventSource) {
  new EventSource(queue.dataset.live).addEventListener("queue", (event) => {
    const focused = document.activeElement?.closest("tr")?.querySelector(".tag")?.textContent;
    queue.innerHTML = event.data;
    if (focused) [...queue.querySelectorAll(".tag")].find((tag) => tag.textContent === focused)?.focus();
  });
}

function move(step) {
  const tags = [...document.querySelectorAll(".cases .tag")];
  const at = tags.indexOf(document.activeElement);
  tags[at < 0 ? (step > 0 ? 0 : tags.length - 1) : Math.min(Math.max(at + step, 0), tags.length - 1)]?.focus();
}

// The draft: what is typed is kept two seconds later at most, which also renews the claim.
const draft = document.getElementById("draft");
const body = document.getElementById("body");
const keeping = document.getElementById("keeping");
let kept = body?.value;
let isKeeping = false;

async function keep() {
  if (isKeeping || body.value === kept) return;
  isKeeping = true;
  const text = body.value;
  try {
    const answer = await fetch(draft.dataset.keep, { method: "POST", body: new URLSearchParams(new FormData(draft)) });
    if (answer.redirected || (!answer.ok && answer.status !== 409)) throw new Error(answer.status);
    const { problem, findings } = await answer.json();
    kept = text;
    say(problem || "Kept", problem !== "");
    showFindings(findings);
  } catch {
    say("Not kept: no connection, or signed out", true);
  } finally {
    isKeeping = false;
  }
}

function say(words, isLost) {
  keeping.textContent = words;
  keeping.classList.toggle("lost", isLost);
}

// Reasons that are being typed survive the findings being shown anew.
function showFindings(html) {
  const place = document.getElementById("findings");
  const reasons = new Map([...place.querySelectorAll("input")].map((input) => [input.name, input.value]));
  const focused = place.contains(document.activeElement) ? document.activeElement.name : null;
  place.innerHTML = html;
  for (const input of place.querySelectorAll("input")) {
    input.value = reasons.get(input.name) ?? input.value;
    if (input.name === focused) input.focus();
  }
}

if (body && !body.readOnly) {
  setInterval(keep, 2000);
  let leaving = false;
  draft.addEventListener("submit", () => { leaving = true; });
  addEventListener("beforeunload", (event) => { if (!leaving && body.value !== kept) event.preventDefault(); });
}

// Editing begins at the place that the draft leaves for the answer: what is typed takes its place.
function edit() {
  const start = body.value.indexOf("[[");
  const end = body.value.indexOf("]]", start);
  body.focus();
  if (start >= 0 && end > start) body.setSelectionRange(start, end + 2);
}

// A snippet goes where the cursor is; before anything was written, where the answer belongs. Where that is unclear the
// server says.
let isTouched = false;
body?.addEventListener("focus", () => { isTouched = true; });
document.querySelector("[data-insert]")?.addEventListener("click", (event) => {
  const chosen = document.getElementById("snippet").selectedOptions[0];
  if (!chosen?.value || (!isTouched && !body.value.includes("[["))) return;
  event.preventDefault();
  if (isTouched) body.focus(); else edit();
  body.setRangeText(chosen.dataset.text, body.selectionStart, body.selectionEnd, "end");
});

// A mention in the mail and its line among the facts light up together.
function light(event) {
  const code = event.target.closest?.("[data-code]")?.dataset.code;
  for (const other of document.querySelectorAll("[data-code]")) {
    other.classList.toggle("lit", event.type === "mouseover" && code !== undefined && other.dataset.code === code);
  }
}
document.addEventListener("mouseover", light);
document.addEventListener("mouseout", light);

// A masked detail is shown in its place: neither the scroll position nor what is being typed is lost.
document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches("form.reveal")) return;
  event.preventDefault();
  const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form, event.submitter)) });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const open = [...form.querySelectorAll("details")].map((part) => part.open);
  for (const part of [form, document.querySelector(".history")]) {
    const fresh = part && (part.id ? page.getElementById(part.id) : page.querySelector(".history"));
    if (!fresh) return location.reload();
    part.replaceWith(fresh);
    if (part === form) fresh.querySelectorAll("details").forEach((detail, at) => { detail.open = open[at]; });
  }
});

// Keys. Single letters can be switched off (WCAG 2.2, 2.1.4), and never act while something is being typed.
const KEYS = [
  ["j", "k", "next, previous case in the list"],
  ["Enter", "", "open the case"],
  ["n", "", "take the next waiting case"],
  ["c", "", "claim the case"],
  ["e", "", "write the answer"],
  ["s", "", "choose a snippet"],
  ["Esc", "", "leave the editor"],
  ["Ctrl+Enter", "", "approve and go on"],
  ["g", "", "back to the queue"],
  ["?", "", "this help"],
];

function help() {
  const dialog = document.createElement("dialog");
  const rows = KEYS.map(([a, b, does]) => `<dt><kbd>${a}</kbd>${b && ` <kbd>${b}</kbd>`}</dt><dd>${does}</dd>`);
  dialog.innerHTML = `<h2>Keys</h2><dl class="keys">${rows.join("")}</dl>
    <label class="keys-switch"><input type="checkbox"> Single keys are on</label>
    <form method="dialog"><button class="primary">Done</button></form>`;
  const box = dialog.querySelector("input");
  box.checked = keysOn();
  box.addEventListener("change", () => localStorage.setItem("caseconsult.keys", box.checked ? "on" : "off"));
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

const person = document.querySelector(".person");
if (person) {
  const button = document.createElement("button");
  button.className = "quiet";
  button.textContent = "Keys";
  button.addEventListener("click", help);
  person.prepend(button);
}

document.addEventListener("keydown", (event) => {
  const isTyping = event.target.matches("input, textarea, select");
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    document.querySelector("[data-approve]")?.click();
  } else if (event.key === "Escape" && isTyping) {
    event.target.blur();
  } else if (!isTyping && !event.ctrlKey && !event.metaKey && !event.altKey && !document.querySelector("dialog")) {
    if (event.key === "?") help();
    else if (!keysOn()) return;
    else if (event.key === "j") move(1);
    else if (event.key === "k") move(-1);
    else if (event.key === "e" && body) { event.preventDefault(); edit(); }
    else if (event.key === "s") document.getElementById("snippet")?.focus();
    else if (event.key === "g") location.assign("/");
    else document.querySelector(`[data-key="${CSS.escape(event.key)}"]`)?.click();
  }
});
