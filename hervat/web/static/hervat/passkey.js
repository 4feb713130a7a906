/* Asks the browser for a passkey and sends what it answers. Needs webauthn-json.js of the log-in library. */
(function () {
  "use strict"
  document.querySelectorAll("form[data-passkey]").forEach(function (form) {
    var button = form.querySelector(".with-script button")
    var fault = form.querySelector(".fault[role=alert]")
    form.querySelector(".with-script").hidden = false
    form.querySelector(".needs-script").hidden = true
    button.addEventListener("click", async function () {
      fault.hidden = true
      try {
        var asked = JSON.parse(form.dataset.passkey)
        var answer = form.dataset.use === "create"
          ? await window.webauthnJSON.create(asked.creation_options)
          : await window.webauthnJSON.get(asked.request_options)
        form.querySelector("[name=credential]").value = JSON.stringify(answer)
        form.submit()
      } catch (error) {
        fault.hidden = false
      }
    })
  })
})()
