// A text that is passed on, such as an invitation, is copied by a button. Without
// scripts it is marked and copied by hand, and the button is not there.
for (const box of document.querySelectorAll("[data-copy]")) {
  const text = box.querySelector("input, textarea"), button = box.querySelector("button");
  // A federation that does not say its address yet has links without one.
  text.value = text.value.replace(/(^|\n)(?=\/office\/)/, "$1" + location.origin);
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(text.value);
    text.select();
    button.textContent = button.dataset.said;
  });
}
