// Computes the hash of a chosen file in the browser and asks about it: the file never leaves the device.
(function () {
    "use strict";
    const part = document.getElementById("file-check");
    const state = document.getElementById("file-state");
    if (!part || !window.crypto || !window.crypto.subtle) {
        return; // only over HTTPS do browsers compute hashes
    }
    part.hidden = false;
    document.getElementById("file").addEventListener("change", async function (event) {
        const file = event.target.files[0];
        if (!file) {
            return;
        }
        state.textContent = state.dataset.working;
        try {
            const digest = await window.crypto.subtle.digest("SHA-256", await file.arrayBuffer());
            const bytes = Array.from(new Uint8Array(digest));
            document.getElementById("hash").value = bytes
                .map((byte) => byte.toString(16).padStart(2, "0"))
                .join("");
            event.target.form.submit();
        } catch (error) {
            state.textContent = state.dataset.failed;
        }
    });
})();
