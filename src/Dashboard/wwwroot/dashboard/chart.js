// One chart of Apache ECharts per element. Options come as data from the server: no function, no HTML.
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

// The first call draws, later ones move what is there to the new figures.
export async function draw(element, options) {
    const echarts = await load();
    if (!element.isConnected) {
        return;
    }

    let chart = charts.get(element);
    if (!chart) {
        const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
        chart = { it: echarts.init(element, null, { renderer: "svg" }), still };
        chart.sizes = new ResizeObserver(() => chart.it.resize());
        chart.sizes.observe(element);
        charts.set(element, chart);
    }

    // A row of figures that is no longer told of goes; the others move.
    chart.it.setOption(chart.still ? { ...options, animation: false } : options, { replaceMerge: ["series"] });
}

export function dispose(element) {
    const chart = charts.get(element);
    chart?.sizes.disconnect();
    chart?.it.dispose();
    charts.delete(element);
}
