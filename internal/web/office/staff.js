// A text that is passed on, such as an invitation, is copied by a button. Without
// scripts it is marked and copied by hand, and the button is not there.
for (const box of document.querySelectorAll("[data-copy]")) {
  const text = box.querySelector("input, textarea"), button = box.querySelector("button");
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(text.value);
    text.select();
    button.textContent = button.dataset.said;
  });
}
