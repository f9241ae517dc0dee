// Both languages scroll together, by their share of the whole. A front end at another origin keeps
// its own place: what it shows cannot be reached from here.
"use strict";

const frames = [...document.querySelectorAll("iframe")];
let led = null; // the frame that was moved by the other one, whose own event is still to come

function shareOf(page) {
    const room = page.scrollHeight - page.clientHeight;
    return room > 0 ? page.scrollTop / room : 0;
}

function pageIn(frame) {
    try {
        return frame.contentDocument?.scrollingElement ?? null;
    } catch {
        return null;
    }
}

function follow(from, to) {
    const [moved, other] = [pageIn(from), pageIn(to)];
    if (!moved || !other || led === from) {
        led = null;
        return;
    }
    const top = Math.round(shareOf(moved) * (other.scrollHeight - other.clientHeight));
    if (Math.abs(top - other.scrollTop) > 1) {
        led = to;
        other.scrollTo({ top, behavior: "instant" });
    }
}

for (const [index, frame] of frames.entries()) {
    const other = frames[1 - index];
    const listen = () => {
        if (pageIn(frame)) {
            frame.contentWindow.addEventListener("scroll", () => follow(frame, other), {
                passive: true,
            });
        }
    };
    frame.addEventListener("load", listen);
    listen();
}
