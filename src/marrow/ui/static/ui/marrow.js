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
// On a phone the menu starts folded.
if (window.matchMedia("(max-width: 900px)").matches) {
  for (const fold of document.querySelectorAll(".rail-fold")) fold.open = false;
}
