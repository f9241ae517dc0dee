// The menus open and close without this; it closes them where a reader expects it.
const menus = [...document.querySelectorAll(".menu-wide details, .menu-narrow")];

const closeAll = (except) => {
    for (const menu of menus) {
        if (menu !== except) menu.open = false;
    }
};

document.addEventListener("click", (event) => closeAll(event.target.closest("details")));
document.addEventListener("focusin", (event) => {
    const within = event.target.closest("header details");
    for (const menu of menus) {
        if (menu !== within && menu.matches(".menu-wide details")) menu.open = false;
    }
});
document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const open = menus.find((menu) => menu.open);
    if (!open) return;
    open.open = false;
    open.querySelector("summary").focus();
});
