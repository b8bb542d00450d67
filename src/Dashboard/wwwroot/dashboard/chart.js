// One chart of Apache ECharts per element. The server sends the options as data, without functions and HTML.
import { inPalette, isDark, onChange } from "./palette.js";

const library = "/_content/Vizor.ECharts/js/vizor-echarts-bundle-min.js";
const charts = new Map();
let loading;

function load() {
    loading ??= new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = library;
        script.onload = () => resolve(window.echarts);
        script.onerror = () => reject(new Error(`${library} could not be loaded`));
        document.head.append(script);
    });
    return loading;
}

// The first call draws the chart; later calls animate it to the new figures.
export async function draw(element, options) {
    const echarts = await load();
    if (!element?.isConnected) {
        // The page was left meanwhile; Blazor passes null for an element that is gone.
        return;
    }

    const chart = charts.get(element) ?? begin(element);
    chart.options = options;
    const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches ? { animation: false } : {};

    // A series that is missing from the new options is removed; the others are animated.
    chart.it.setOption({ ...inPalette(options), ...still }, { replaceMerge: ["series"] });
}

function begin(element) {
    const chart = { it: window.echarts.init(element, isDark() ? "dark" : null, { renderer: "svg" }) };
    chart.sizes = new ResizeObserver(() => chart.it.resize());
    chart.sizes.observe(element);
    charts.set(element, chart);
    return chart;
}

// At once, without animation: paper does not wait.
onChange(() => {
    for (const [element, { options }] of [...charts]) {
        dispose(element);
        begin(element).it.setOption({ ...inPalette(options), animation: false });
    }
});

// Saves the chart as a picture with its title, unit and source. It is drawn anew, because what is on the page has the page's size.
export async function save(element, kind, picture) {
    const chart = charts.get(element);
    if (!chart) {
        return;
    }

    const echarts = await load();
    const place = document.createElement("div");
    const drawing = echarts.init(place, null, { renderer: kind === "svg" ? "svg" : "canvas", width: 960, height: 600 });
    const { grid = {}, legend, ...options } = chart.options;
    const room = 64;
    drawing.setOption({
        ...options,
        animation: false,
        backgroundColor: "#fff",
        title: { text: picture.title, subtext: picture.unit, left: 16, top: 12 },
        grid: { ...grid, left: 24, right: 56, top: room + (grid.top ?? 0), bottom: 48, containLabel: true },
        ...(legend && { legend: { ...legend, top: room } }),
        graphic: [{ type: "text", left: 16, bottom: 12, style: { text: picture.source, fontSize: 12, fill: "#475569" } }],
    });
    const link = document.createElement("a");
    link.href = drawing.getDataURL({ type: kind, pixelRatio: 2, backgroundColor: "#fff" });
    link.download = `${picture.title}.${kind}`;
    link.click();
    drawing.dispose();
}

export function dispose(element) {
    const chart = charts.get(element);
    chart?.sizes.disconnect();
    chart?.it.dispose();
    charts.delete(element);
}
