// Takes the key out of the address and sends it where no log and no history keeps it.
"use strict";

const form = document.querySelector("form[data-fragment]");
const token = new URLSearchParams(location.hash.slice(1)).get(form.dataset.fragment);
if (token) {
    history.replaceState(null, "", location.pathname);
    form.elements.token.value = token;
    form.submit();
}
