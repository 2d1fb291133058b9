// The few moves that htmx needs from us: the CSRF token, and forms that come back as 422.
document.addEventListener("htmx:configRequest", (event) => {
  const token = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
  if (token) event.detail.headers["X-CSRFToken"] = token[1];
});
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.xhr.status === 422 || event.detail.xhr.status === 409) {
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  }
});
// The second press of a button: the server does nothing twice, and here the first answer is shown.
const pressed = new WeakMap();
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || form.hasAttribute("hx-post")) return;
  if (event.timeStamp - (pressed.get(form) ?? -Infinity) < 3000) event.preventDefault();
  else pressed.set(form, event.timeStamp);
});
// On a phone the menu starts folded.
if (window.matchMedia("(max-width: 900px)").matches) {
  for (const fold of document.querySelectorAll(".rail-fold")) fold.open = false;
}
// A name that is drawn onto a seat of a plan is pinned there; the buttons beside it do the same.
document.addEventListener("dragstart", (event) => {
  const person = event.target.dataset?.person;
  if (person) event.dataTransfer.setData("text/x-person", person);
});
document.addEventListener("dragover", (event) => {
  const seat = event.target.closest?.("[data-pin]");
  if (seat && event.dataTransfer.types.includes("text/x-person")) event.preventDefault();
});
document.addEventListener("drop", (event) => {
  const seat = event.target.closest?.("[data-pin]");
  const person = event.dataTransfer.getData("text/x-person");
  const form = document.getElementById("drawn");
  if (!seat || !person || !form) return;
  event.preventDefault();
  form.action = `${seat.dataset.pin}${person}/`;
  form.requestSubmit();
});
