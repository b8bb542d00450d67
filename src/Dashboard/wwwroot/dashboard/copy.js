// Copies the content of a text field. If the browser forbids that, the content is selected, to be copied by hand.
export async function copy(id) {
    const field = document.getElementById(id);
    field.focus();
    field.select();
    try {
        await navigator.clipboard.writeText(field.value);
        return true;
    } catch {
        return false;
    }
}
