// Reconnects without user action and retries without limit. If the service has restarted, the page is reloaded as soon as the service
// answers. A kiosk that no longer changes pages is reloaded too, because more than its connection has failed.
const options = { maxRetries: Number.MAX_SAFE_INTEGER, retryIntervalMilliseconds: attempt => attempt < 5 ? 500 : 2000 };
let isLoading = false;

const lost = document.getElementById("components-reconnect-modal");
lost.addEventListener("components-reconnect-state-changed", event => {
    // The page is no longer live, so it must show that.
    document.documentElement.classList.toggle("is-lost", event.detail.state !== "hide");
    if (["rejected", "failed", "resume-failed"].includes(event.detail.state)) {
        loadAnew();
    }
});
Blazor.start({ circuit: { reconnectionOptions: options } });

if (new URLSearchParams(location.search).get("wall") === "1") {
    let [turn, since] = ["", Date.now()];
    setInterval(() => {
        const wall = document.querySelector("[data-turn]");
        if (wall && wall.dataset.turn !== turn) {
            [turn, since] = [wall.dataset.turn, Date.now()];
        } else if (Date.now() - since > 3000 * (wall?.dataset.seconds ?? 20) + 30000) {
            loadAnew();
        }
    }, 5000);
}

// Waits until the service answers; otherwise the browser's own error page would remain for good.
async function loadAnew() {
    if (isLoading) {
        return;
    }

    isLoading = true;
    while (!await fetch("/health/live", { cache: "no-store" }).then(answer => answer.ok, () => false)) {
        await new Promise(resolve => setTimeout(resolve, 1000));
    }

    location.reload();
}

// The next user of this tab must not see the stored input.
document.addEventListener("submit", event => {
    if (event.target.getAttribute("action") === "/sign-out") {
        sessionStorage.clear();
    }
});

// "/" leads to the search from everywhere but a field.
document.addEventListener("keydown", event => {
    if (event.key === "/" && !event.ctrlKey && !event.altKey && !event.metaKey
        && !event.target.closest("input, select, textarea, [contenteditable]")) {
        event.preventDefault();
        (document.getElementById("q") ?? document.querySelector("a.find"))?.[document.getElementById("q") ? "focus" : "click"]();
    }
});
