// Prints the page: for the recovery codes, which are shown once.
document.querySelectorAll("[data-print]").forEach((button) => {
    button.addEventListener("click", () => window.print());
});
