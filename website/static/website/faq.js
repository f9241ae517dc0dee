// Browsers open the answer that an address names; this does it where they do not yet.
const openNamed = () => {
    const named = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const question = named?.closest("details");
    if (!question) return;
    question.open = true;
    named.scrollIntoView();
};
addEventListener("hashchange", openNamed);
openNamed();
