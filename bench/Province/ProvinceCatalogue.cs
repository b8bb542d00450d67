using System.Globalization;
using XilinIngest.CatalogueFiles;
using XilinIngest.Indicators;

namespace XilinIngest.Bench.Province;

/// <summary>
/// A fictitious province: counties, each with twenty streets of five villages, and its enterprises spread over them. Each county is a
/// partition, and so is what is above them. Twenty indicators, as in <see cref="BenchData"/>.
/// </summary>
/// <param name="counties">At most 99 × 99.</param>
/// <param name="enterprises">In each county.</param>
internal sealed class ProvinceCatalogue(int counties, int enterprises)
{
    private const int Streets = 20;
    private const int VillagesOfStreet = 5;
    private const string Top = "320000000000";

    /// <summary>Writes its files, and reads them as a service does.</summary>
    public Catalogue WriteAndRead(string folder)
    {
        BenchData.WriteCatalogue(folder, Units(), Counties().Select(code => $"{code},{BenchData.Indicator(0)},2022,growth,5"));
        BenchData.Write(folder, "partitions.csv", "path,connection", ["32,", .. Enumerable.Range(0, counties).Select(Path)]);
        var read = CatalogueReader.Read(folder);
        return read.Catalogue ?? throw new InvalidOperationException(string.Join('\n', read.Faults.Take(5)));
    }

    private IEnumerable<string> Units()
    {
        yield return $"{Top},省,Province,province,,2020-01,,,no";
        var number = 0;
        foreach (var county in Counties())
        {
            yield return $"{county},县{county},County {county},district,{Top},2020-01,,,no";
            var villages = new List<string>();
            for (var street = 1; street <= Streets; street++)
            {
                var code = string.Create(CultureInfo.InvariantCulture, $"{county[..6]}{street:000}000");
                yield return $"{code},街道{code},Street {code},street,{county},2020-01,,,no";
                for (var village = 201; village <= 200 + VillagesOfStreet; village++)
                {
                    villages.Add(string.Create(CultureInfo.InvariantCulture, $"{code[..9]}{village}"));
                    yield return $"{villages[^1]},村{villages[^1]},Village {villages[^1]},village,{code},2020-01,,,no";
                }
            }

            for (var i = 0; i < enterprises; i++, number++)
            {
                yield return $"{BenchData.Code(number)},样例企业{number:000000},Sample enterprise {number:000000},enterprise,"
                    + $"{villages[i % villages.Count]},2020-01,,,no";
            }
        }
    }

    private IEnumerable<string> Counties() => Enumerable.Range(0, counties)
        .Select(county => string.Create(CultureInfo.InvariantCulture, $"32{county / 99 + 1:00}{county % 99 + 1:00}000000"));

    private static string Path(int county) =>
        string.Create(CultureInfo.InvariantCulture, $"32.{county / 99 + 1:00}.{county % 99 + 1:00},");
}
