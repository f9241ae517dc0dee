// Asks once a second how far an import is; when the work has ended, shows the whole page anew.
(() => {
    const shown = () => document.getElementById("import-progress");
    const ask = async () => {
        const url = shown()?.dataset.url;
        if (!url) return;
        try {
            const answer = await fetch(url, { credentials: "same-origin" });
            if (answer.ok) {
                const part = document.createElement("div");
                part.innerHTML = await answer.text();
                const fresh = part.querySelector("#import-progress");
                if (fresh && !fresh.dataset.url) return window.location.reload();
                if (fresh) shown().replaceWith(fresh);
            }
        } catch {
            // The server is busy with the drafts: the next question may be answered.
        }
        window.setTimeout(ask, 1000);
    };
    window.setTimeout(ask, 1000);
})();
