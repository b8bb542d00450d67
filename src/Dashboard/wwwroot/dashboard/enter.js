// Stores input in this tab until it is sent, so that neither a lost connection nor a reload loses it. Enter moves to the next field and
// sends nothing.
const isSeen = field => field.checkVisibility();

export function attend(form, key) {
    // Null: the page was left meanwhile.
    form?.addEventListener("input", () => keep(form, key));
    form?.addEventListener("keydown", event => {
        // During the composition of an input method, Enter belongs to the input method.
        if (event.key !== "Enter" || event.isComposing || !["input", "select"].includes(event.target.localName)) {
            return;
        }

        event.preventDefault();
        const fields = [...form.querySelectorAll("input, select, textarea, button.ent-send")].filter(isSeen);
        fields[fields.indexOf(event.target) + 1]?.focus();
    });
    return { typed: read(key), body: sessionStorage.getItem(key + " sent") };
}

export const sending = (key, body) => sessionStorage.setItem(key + " sent", body);

export const answered = key => sessionStorage.removeItem(key + " sent");

export const forget = key => sessionStorage.removeItem(key);

export function toFirstFault(form) {
    const field = [...form.querySelectorAll("[aria-invalid=true]")].find(isSeen);
    field?.scrollIntoView({ block: "center" });
    field?.focus();
}

export const print = () => window.print();

const read = key => JSON.parse(sessionStorage.getItem(key) ?? "{}");

// A field that is currently not on the page, such as the answer to a question, keeps its stored text.
function keep(form, key) {
    const typed = read(key);
    for (const field of form.querySelectorAll("[data-keep]")) {
        if (field.value === field.dataset.stands) {
            delete typed[field.dataset.keep];
        } else {
            typed[field.dataset.keep] = field.value;
        }
    }

    sessionStorage.setItem(key, JSON.stringify(typed));
}
