// For a front end at another origin that shows Prakat's drafts. Include it on the page that
// FRONT_END_PREVIEW_URL names, then:
//
//     const { data } = await prakatPreview.ask("preview", { locale: "TH" });
//     render(data.preview);
//     await prakatPreview.showUserBar();
//
// The key comes behind the "#" of the address and is taken out of it at once.
(() => {
    "use strict";

    const base = "{{ base_url|escapejs }}";
    const kept = "prakat-{{ fragment|escapejs }}";
    const fragment = new URLSearchParams(location.hash.slice(1));
    const given = fragment.get("{{ fragment|escapejs }}");
    if (given) {
        sessionStorage.setItem(kept, given);
        fragment.delete("{{ fragment|escapejs }}");
        const rest = fragment.size ? `#${fragment}` : "";
        history.replaceState(history.state, "", location.pathname + location.search + rest);
    }
    const token = given ?? sessionStorage.getItem(kept);
    const isInFrame = window.top !== window;

    // Asks a stored operation by its name, or a document of your own; the answer as it came.
    async function ask(operation, variables = {}) {
        const isDocument = operation.includes("{");
        const address = isDocument ? `${base}/graphql/` : `${base}/graphql/${operation}/`;
        const body = isDocument ? { query: operation, variables } : { variables };
        const response = await fetch(address, {
            method: "POST",
            cache: "no-store",
            credentials: "omit",
            headers: {
                accept: "application/json",
                "content-type": "application/json",
                ...(token && { "x-preview-token": token }),
            },
            body: JSON.stringify(body),
        });
        return response.json();
    }

    // Puts Wagtail's user bar and content checker on the page; to be called when the draft stands
    // there, as the checker looks at once.
    async function showUserBar() {
        const response = await fetch(`${base}/preview/user-bar/${isInFrame ? "?panel=1" : ""}`, {
            credentials: "omit",
        });
        const bar = document.createRange().createContextualFragment(await response.text());
        // Scripts of a fragment run out of order unless told otherwise: the bar needs the vendor's.
        for (const script of bar.querySelectorAll("script[src]")) {
            script.async = false;
        }
        document.body.append(bar);
    }

    window.prakatPreview = { token, ask, showUserBar };
})();
