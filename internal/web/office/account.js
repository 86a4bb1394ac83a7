// Passkeys: ask the server for a challenge, the browser for an answer, and send it
// as a form. Without a script, or a browser that has them, a page says so.
{
  const bytes = (s) => Uint8Array.from(atob(s.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const text = (b) => btoa(String.fromCharCode(...new Uint8Array(b))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const keys = (list) => (list ?? []).map((k) => ({ ...k, id: bytes(k.id) }));

  const ask = async (kind, { publicKey: o }) => {
    o.challenge = bytes(o.challenge);
    if (kind === "get") return navigator.credentials.get({ publicKey: { ...o, allowCredentials: keys(o.allowCredentials) } });
    o.user.id = bytes(o.user.id);
    return navigator.credentials.create({ publicKey: { ...o, excludeCredentials: keys(o.excludeCredentials) } });
  };

  const answer = (c) => {
    const r = c.response;
    const response = { clientDataJSON: text(r.clientDataJSON) };
    if (r.attestationObject) response.attestationObject = text(r.attestationObject);
    if (r.authenticatorData) response.authenticatorData = text(r.authenticatorData);
    if (r.signature) response.signature = text(r.signature);
    if (r.userHandle) response.userHandle = text(r.userHandle);
    if (r.getTransports) response.transports = r.getTransports();
    return JSON.stringify({ id: c.id, rawId: text(c.rawId), type: c.type, response });
  };

  const work = async (form) => {
    const begun = await fetch(form.dataset.begin, { method: "POST", headers: { "Content-Type": "application/x-www-form-urlencoded" } });
    const said = await begun.json();
    if (said.problem) throw new Error(said.problem);
    form.elements.ceremony.value = said.ceremony;
    form.elements.answer.value = answer(await ask(form.dataset.passkey, said.options));
    form.submit();
  };

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    const button = form.querySelector("button");
    if (!window.PublicKeyCredential) {
      button.hidden = true;
      form.querySelector("[data-unsupported]").hidden = false;
      continue;
    }
    button.disabled = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const problem = form.querySelector("[data-problem]");
      problem.textContent = "";
      button.disabled = true;
      try {
        await work(form);
      } catch (e) {
        problem.textContent = e.name === "Error" ? e.message : form.dataset.failed;
        button.disabled = false;
      }
    });
  }
}
