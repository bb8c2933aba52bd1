// A passkey is made or used by the browser itself; its answer is sent as the form's hidden field.
// Works with mfa/js/webauthn-json.js, which turns the options' base64 into bytes and back. Until it is here, and without scripts, the button is not to be pressed.
"use strict";

for (const form of document.querySelectorAll("form.passkey")) {
  const button = form.querySelector("button");
  const trouble = form.querySelector(".trouble");
  button.addEventListener("click", async () => {
    trouble.hidden = true;
    try {
      const options = JSON.parse(form.dataset.options);
      const answer = await window.webauthnJSON[form.dataset.ceremony](options);
      form.elements.answer.value = JSON.stringify(answer);
      form.submit();
    } catch {
      trouble.hidden = false;
    }
  });
  button.disabled = false;
}
