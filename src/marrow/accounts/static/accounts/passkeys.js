// A device that gives no passkey: say so on the page.
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const note = document.getElementById("passkey-note");
  if (note) note.hidden = false;
});
