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

export function dispose(element) {
    const chart = charts.get(element);
    chart?.sizes.disconnect();
    chart?.it.dispose();
    charts.delete(element);
}
