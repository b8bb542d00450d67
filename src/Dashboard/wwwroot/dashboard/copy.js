// Copies what stands in a text field; where the browser forbids that, it is selected, to be copied by hand.
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
