// A lost connection heals by itself, also where no one clicks: it is tried until it is there again, and from a service that was started
// anew the page is loaded anew, once that answers. A wall that stands still has lost more than its connection.
const options = { maxRetries: Number.MAX_SAFE_INTEGER, retryIntervalMilliseconds: attempt => attempt < 5 ? 500 : 2000 };
let isLoading = false;

const lost = document.getElementById("components-reconnect-modal");
lost.addEventListener("components-reconnect-state-changed", event => {
    // What stands on the page is no longer live, and must not say so.
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

// Not before there is something to load: the browser's own page of an error would stay for good.
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

// What someone typed is not for whoever signs in next.
document.addEventListener("submit", event => {
    if (event.target.getAttribute("action") === "/sign-out") {
        sessionStorage.clear();
    }
});
