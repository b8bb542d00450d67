// Stores input in this tab until it is sent, so that neither a lost connection nor a reload loses it. Enter and the arrow keys move between
// the fields and send nothing.
const isSeen = field => field.checkVisibility();

// The connection takes messages up to 32 KiB; a character may have three bytes.
const longestPaste = 8000;

export function attend(form, key, page) {
    if (!form) {
        // The page was left meanwhile.
        return { typed: {}, body: null };
    }

    form.addEventListener("input", () => keep(form, key));
    form.addEventListener("keydown", event => {
        // During the composition of an input method, Enter and the arrow keys belong to the input method.
        if (event.isComposing || !["input", "select"].includes(event.target.localName)) {
            return;
        }

        const next = event.key === "Enter" ? after(form, event.target)
            : event.target.localName === "input" && ["ArrowDown", "ArrowUp"].includes(event.key)
                ? beside(event.target, event.key === "ArrowDown" ? 1 : -1) : null;
        if (event.key === "Enter" || next) {
            event.preventDefault();
            next?.focus();
            next?.select?.();
        }
    });
    form.addEventListener("paste", event => paste(event, key, page));
    form.dataset.keys = "on";
    return { typed: read(key), body: sessionStorage.getItem(key + " sent") };
}

// The next field in reading order. Enter passes over optional figures, unless it starts from one.
function after(form, field) {
    const fields = [...form.querySelectorAll("input, select, textarea, button.ent-send")].filter(isSeen);
    const isOptional = "optional" in field.dataset;
    return fields.slice(fields.indexOf(field) + 1).find(each => isOptional === "optional" in each.dataset)
        ?? (isOptional ? form.querySelector("#ent-by") : null);
}

// The field of the same column in the next row that has one. A list of choices is passed over, because the arrow keys choose in it.
function beside(field, step) {
    const cell = field.closest("td");
    if (!cell || !field.closest(".ent-line")) {
        return null;
    }

    const at = [...cell.querySelectorAll("input")].indexOf(field);
    let line = field.closest(".ent-line");
    while ((line = step > 0 ? line.nextElementSibling : line.previousElementSibling)?.matches(".ent-line")) {
        const fields = [...line.rows[0].cells[cell.cellIndex]?.querySelectorAll("input") ?? []].filter(isSeen);
        if (fields.length > 0) {
            return fields[at] ?? fields.at(-1);
        }
    }

    return null;
}

// A block of cells goes into the rows and columns from this field on; the browser would put all of it into one field.
async function paste(event, key, page) {
    const text = event.clipboardData.getData("text/plain");
    const name = event.target.dataset?.keep;
    if (!name || !event.target.closest(".ent-line td:not([colspan])") || !/[\t\n]/.test(text.replace(/\r?\n$/, ""))) {
        return;
    }

    event.preventDefault();
    if (text.length > longestPaste) {
        await page.invokeMethodAsync("RefusePaste");
        return;
    }

    const filled = await page.invokeMethodAsync("Paste", name, text);
    store(key, filled);
    await page.invokeMethodAsync("CheckPastedAsync");
}

export const sending = (key, body) => sessionStorage.setItem(key + " sent", body);

export const answered = key => sessionStorage.removeItem(key + " sent");

export const store = (key, typed) => sessionStorage.setItem(key, JSON.stringify({ ...read(key), ...typed }));

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
