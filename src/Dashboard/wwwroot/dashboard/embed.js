// Draws the one chart of an embedded document, and loads it anew every few minutes, since nothing tells it of new figures.
import { draw } from "./chart.js";

const chart = document.querySelector("[data-options]");
if (chart) {
    await draw(chart, JSON.parse(chart.dataset.options));
    chart.dataset.drawn = "on";
}

setTimeout(() => location.reload(), 5 * 60 * 1000);
