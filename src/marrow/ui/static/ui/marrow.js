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
