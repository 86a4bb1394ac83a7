// What every page of the office shares: the problem with a form is focused, so
// that it is read out and in sight.
document.querySelector("[data-focus]")?.focus();

// A form is sent once: of two answers the browser keeps the second, and what is shown
// once would be lost with the first.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "1";
});
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});
