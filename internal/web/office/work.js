// A page that shows how work goes looks again every few seconds, while it is in
// sight; once the work is over it is loaded anew, with the outcome.
for (const box of document.querySelectorAll("[data-watch]")) {
  const bar = box.querySelector("progress");
  const told = box.querySelector("[data-told]");
  const look = async () => {
    if (document.hidden) return true;
    const answer = await fetch(box.dataset.watch, { headers: { accept: "application/json" } });
    if (!answer.ok) return false;
    const now = await answer.json();
    if (now.over) {
      location.reload();
      return false;
    }
    if (now.total > 0) {
      bar.max = now.total;
      bar.value = now.done;
      told.textContent = now.text;
    }
    return true;
  };
  const again = () => setTimeout(() => look().catch(() => true).then((on) => on && again()), 3000);
  again();
}
