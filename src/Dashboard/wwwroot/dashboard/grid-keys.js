// Moves the focus between the cells of a grid by arrow keys. One cell is a stop of the Tab key: the one that was focused last. Rows that
// are rendered as they are scrolled to are found by their number.
const step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1], PageUp: [-10, 0], PageDown: [10, 0] };
const waitForRow = 3000;

export function attend(area) {
    if (!area) {
        // The page was left meanwhile.
        return;
    }

    area.addEventListener("keydown", event => {
        const cell = event.target.closest("th, td");
        if (!cell || event.altKey || event.metaKey) {
            return;
        }

        const to = target(event, cell);
        if (to) {
            event.preventDefault();
            focusAt(area, ...to);
        }
    });
    area.addEventListener("focusin", event => makeStop(area, event.target.closest("th, td")));

    // The stop may be in a row that is gone.
    new MutationObserver(() => {
        if (!area.querySelector("[tabindex='0']")) {
            makeStop(area, area.querySelector("th"));
        }
    }).observe(area, { childList: true, subtree: true });
    area.dataset.keys = "on";
}

function target(event, cell) {
    const grid = cell.closest("table");
    const [row, column] = [Number(cell.parentElement.ariaRowIndex), cell.cellIndex];
    const [rows, columns] = [Number(grid.ariaRowCount), Number(grid.ariaColCount)];
    if (event.key === "Home") {
        return [event.ctrlKey ? 1 : row, 0];
    }

    if (event.key === "End") {
        return [event.ctrlKey ? rows : row, columns - 1];
    }

    const by = step[event.key];
    return by && [Math.min(Math.max(row + by[0], 1), rows), Math.min(Math.max(column + by[1], 0), columns - 1)];
}

async function focusAt(area, row, column) {
    const find = () => area.querySelector(`tr[aria-rowindex="${row}"]`)?.cells[column];
    if (!find()) {
        // The row is not rendered yet: its place is known, because all rows have one height.
        const body = area.querySelector("tbody tr[aria-rowindex]");
        area.scrollTop = (row - 2) * (body?.offsetHeight ?? 36);
        const until = Date.now() + waitForRow;
        while (!find() && Date.now() < until) {
            await new Promise(requestAnimationFrame);
        }
    }

    find()?.focus();
}

function makeStop(area, cell) {
    if (cell) {
        area.querySelectorAll("[tabindex='0']").forEach(each => each.tabIndex = -1);
        cell.tabIndex = 0;
    }
}
