// Loads a video from another site only once the reader asks for it.
for (const box of document.querySelectorAll("[data-player]")) {
    const button = box.querySelector("button");
    for (const part of box.querySelectorAll("[hidden]")) part.hidden = false;
    button.addEventListener("click", () => {
        const player = document.createElement("iframe");
        player.src = box.dataset.player;
        player.title = box.dataset.title;
        player.allow = "fullscreen; picture-in-picture";
        player.allowFullscreen = true;
        player.tabIndex = 0;
        box.classList.add("is-playing");
        box.replaceChildren(player);
        player.focus();
    });
}
