// The server sends charts in the colours of the light scheme. In the dark each colour is drawn as its counterpart; on paper none is.
const counterparts = {
    "#0b5cad": "#82bdff",
    "#6b7280": "#a9b6c4",
    "#9aa5b1": "#8794a3",
    "#1a7f37": "#5fd977",
    "#b42318": "#ff938a",
    "#8a5a00": "#e8b84a",
    "#1f2933": "#e4ebf2",
    "#5b6b7e": "#9fb0c3",
    "#6b46a8": "#b79bf0",
    "#6d28d9": "#b794f6",
    "#00707a": "#4fc3cf",
    "#9b2f6b": "#f08cc0",
    "#4d5a12": "#b5c95a",
};
const device = window.matchMedia("(prefers-color-scheme: dark)");
let isPrinting = false;

export const isDark = () => !isPrinting && (document.documentElement.dataset.theme ?? (device.matches ? "dark" : "light")) === "dark";

// The options as they are drawn now.
export function inPalette(options) {
    if (!isDark()) {
        return options;
    }

    return { ...recolour(options), backgroundColor: "transparent" };
}

// Calls back when charts are to be drawn in other colours.
export function onChange(redraw) {
    device.addEventListener("change", redraw);
    for (const [event, printing] of [["beforeprint", true], ["afterprint", false]]) {
        window.addEventListener(event, () => {
            isPrinting = printing;
            redraw();
        });
    }
}

function recolour(part) {
    if (typeof part === "string") {
        return counterparts[part] ?? part;
    }

    if (Array.isArray(part)) {
        return part.map(recolour);
    }

    return part && typeof part === "object" ? Object.fromEntries(Object.entries(part).map(([key, value]) => [key, recolour(value)])) : part;
}
