// Draws a picture that is sent to a group: text in lines, or a table, with its date and source. It is made in the browser and saved there.
const family = 'system-ui, "Noto Sans CJK SC", "Microsoft YaHei", "WenQuanYi Micro Hei", sans-serif';
const scale = 2;
const edge = 32;
const ink = "#1f2933", soft = "#475569", line = "#d5dbe3";

// The text is broken where it reaches the edge. A Latin word is kept whole, and no line begins with a closing mark.
function wrap(context, text, width) {
    const rows = [];
    let row = "";
    for (const part of text.match(/\s+|(?:[\w.,%()+−-]+|.)[，。、；：）”》]*/gu) ?? []) {
        if (row && context.measureText(row + part).width > width) {
            rows.push(row);
            row = part.trimStart();
        } else {
            row += part;
        }
    }

    return row ? [...rows, row] : rows;
}

function measure() {
    return document.createElement("canvas").getContext("2d");
}

function canvasOf(width, height) {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [width * scale, height * scale];
    const context = canvas.getContext("2d");
    context.scale(scale, scale);
    context.fillStyle = "#fff";
    context.fillRect(0, 0, width, height);
    context.textBaseline = "top";
    return [canvas, context];
}

async function save(canvas, name) {
    const picture = await new Promise(resolve => canvas.toBlob(resolve, "image/png"));
    const link = document.createElement("a");
    link.href = URL.createObjectURL(picture);
    link.download = name + ".png";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

export async function saveText({ title, lead, items, footer, name }) {
    const width = 720;
    const fonts = { title: `700 30px ${family}`, lead: `600 22px ${family}`, item: `400 19px ${family}`, footer: `400 15px ${family}` };
    const plan = [];
    const context = measure();
    let y = edge;
    const add = (text, kind, colour, indent, height) => {
        context.font = fonts[kind];
        for (const row of wrap(context, text, width - 2 * edge - indent)) {
            plan.push({ row, kind, colour, x: edge + indent, y });
            y += height;
        }
    };
    add(title, "title", ink, 0, 42);
    y += 8;
    add(lead, "lead", ink, 0, 33);
    y += 14;
    const bars = [];
    for (const item of items) {
        const top = y;
        add(item.text, "item", ink, 18, 29);
        if (item.cause) {
            add(item.cause, "item", soft, 18, 29);
        }

        bars.push({ top, height: y - top - 6, colour: item.colour });
        y += 12;
    }

    y += 6;
    add(footer, "footer", soft, 0, 23);
    const [canvas, drawn] = canvasOf(width, y + edge - 8);
    for (const bar of bars) {
        drawn.fillStyle = bar.colour;
        drawn.fillRect(edge, bar.top, 5, bar.height);
    }

    for (const { row, kind, colour, x, y: top } of plan) {
        drawn.font = fonts[kind];
        drawn.fillStyle = colour;
        drawn.fillText(row, x, top);
    }

    await save(canvas, name);
}

export async function saveTable({ title, headings, rows, footer, name }) {
    const [pad, rowHeight] = [12, 46];
    const context = measure();
    const widthOf = (text, font) => {
        context.font = font;
        return context.measureText(text).width;
    };
    const [strong, plain, small] = [`700 18px ${family}`, `400 15px ${family}`, `400 14px ${family}`];
    const widths = headings.map((_, at) => Math.max(at === 0 ? 80 : 110, ...rows.map(row =>
        Math.max(widthOf(row[at].text, strong), widthOf(row[at].detail ?? "", small)))) + 2 * pad);
    context.font = plain;
    const heads = headings.map((heading, at) => wrap(context, heading, widths[at] - 2 * pad));
    const headHeight = Math.max(...heads.map(head => head.length)) * 21 + 2 * 8;
    const width = Math.max(2 * edge + widths.reduce((sum, each) => sum + each, 0), 480);
    const top = edge + 48;
    const [canvas, drawn] = canvasOf(width, top + headHeight + rows.length * rowHeight + 60);
    drawn.fillStyle = ink;
    drawn.font = `700 26px ${family}`;
    drawn.fillText(title, edge, edge - 4);
    let x = edge;
    for (const [at, head] of heads.entries()) {
        drawn.fillStyle = "#eef2f7";
        drawn.fillRect(x, top, widths[at], headHeight);
        drawn.fillStyle = ink;
        drawn.font = plain;
        head.forEach((row, i) => drawn.fillText(row, x + pad, top + 8 + i * 21));
        for (const [i, row] of rows.entries()) {
            const [cell, y] = [row[at], top + headHeight + i * rowHeight];
            drawn.fillStyle = cell.tint ?? "#fff";
            drawn.fillRect(x, y, widths[at], rowHeight);
            drawn.strokeStyle = line;
            drawn.strokeRect(x, y, widths[at], rowHeight);
            drawn.fillStyle = ink;
            drawn.font = strong;
            drawn.fillText(cell.text, x + pad, y + (cell.detail ? 4 : 14));
            drawn.fillStyle = soft;
            drawn.font = small;
            drawn.fillText(cell.detail ?? "", x + pad, y + 25);
        }

        x += widths[at];
    }

    drawn.fillStyle = soft;
    drawn.font = `400 15px ${family}`;
    drawn.fillText(footer, edge, top + headHeight + rows.length * rowHeight + 18);
    await save(canvas, name);
}
