// Spares the reload when a reader chooses how pages look: sends the form, then
// fetches the style sheet anew. Without this script the form does the same.
let sheet = document.querySelector('link[href^="/prefs.css"]');
for (const form of document.querySelectorAll("form.prefs")) {
  form.addEventListener("submit", async (event) => {
    const button = event.submitter;
    if (!sheet || !button) return;
    event.preventDefault();
    const body = new URLSearchParams({ [button.name]: button.value });
    try {
      const answer = await fetch(form.action, { method: "POST", body, redirect: "manual" });
      if (answer.type !== "opaqueredirect") throw new Error("refused");
      const next = sheet.cloneNode();
      next.href = "/prefs.css?" + Date.now();
      const last = sheet;
      next.addEventListener("load", () => last.remove());
      sheet.after(next);
      sheet = next;
    } catch {
      location.reload();
    }
  });
}
