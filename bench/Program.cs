using System.Diagnostics;
using XilinIngest.Bench;
using XilinIngest.Indicators;
var enterprises = int.Parse(args.ElementAtOrDefault(0) ?? "2000", System.Globalization.CultureInfo.InvariantCulture);
var months = int.Parse(args.ElementAtOrDefault(1) ?? "24", System.Globalization.CultureInfo.InvariantCulture);
var perPack = int.Parse(args.ElementAtOrDefault(2) ?? "50", System.Globalization.CultureInfo.InvariantCulture);
var folder = Directory.CreateTempSubdirectory("xilin-bench-").FullName;
var data = new BenchData(enterprises);
data.WriteCatalogue(Path.Combine(folder, "catalogue"));
var start = Stopwatch.GetTimestamp();
await using (var pipeline = await Pipeline.StartAsync(folder))
{
    for (var m = 0; m < months; m++)
    {
        var period = new Period(2021, 1).AddMonths(m);
        var bodies = Enumerable.Range(0, enterprises).Select(e => data.Submission(e, period)).ToList();
        var packs = perPack == 1 ? bodies : bodies.Chunk(perPack).Select(BenchData.Pack).ToList();
        var sw = Stopwatch.StartNew();
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        await pipeline.RunAsync(packs, perPack);
        Console.WriteLine($"{period}: {enterprises / sw.Elapsed.TotalSeconds:F0}/s cpu {(Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalMicroseconds / enterprises:F0} us each, ws {Environment.WorkingSet >> 20} MB");
    }
}
Console.WriteLine(Stopwatch.GetElapsedTime(start));
Console.WriteLine(folder);
