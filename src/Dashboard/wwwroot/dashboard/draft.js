// Keeps the text of a report's section in this tab while it is edited, so that neither a reload nor another page loses it.
const fields = new Map();

addEventListener("beforeunload", event => {
    if ([...fields.values()].some(field => field.isConnected)) {
        event.preventDefault();
    }
});

// What the draft is compared with is kept with it.
export function attend(field, key, version, basis) {
    field?.addEventListener("input", () => {
        fields.set(key, field);
        sessionStorage.setItem(key, JSON.stringify({ text: field.value, version, basis }));
    });
    if (field) {
        field.dataset.keys = "on";
    }
}

export const read = key => JSON.parse(sessionStorage.getItem(key));

// The draft stays in the tab, and the reader was told so.
export const leave = key => fields.delete(key);

export function forget(key) {
    fields.delete(key);
    sessionStorage.removeItem(key);
}
