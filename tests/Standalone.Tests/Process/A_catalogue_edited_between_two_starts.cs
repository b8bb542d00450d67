namespace XilinIngest.Standalone.Tests;

/// <summary>The figures of the first start are what the catalogue of the second is held to.</summary>
public sealed class A_catalogue_edited_between_two_starts : IAsyncLifetime, IDisposable
{
    private readonly Folder _data = new();
    private readonly Folder _catalogue = Folder.CopyOfCatalogue();

    public async Task InitializeAsync()
    {
        await using var service = await Service.StartAsync(_catalogue.Path, _data);
        await service.TakenAsync(Sheet.Good());
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose()
    {
        _data.Dispose();
        _catalogue.Dispose();
    }

    [Theory]
    [InlineData("zh", "走访企业,Enterprise visits,家,flow", "走访企业,Enterprise visits,次,flow", "indicators.csv unit：指标 ENTERPRISE_VISITS 由 家 改为 次，而历史数据按 家 记录；请恢复原值；另立新代码作为新指标。")]
    [InlineData("en", "走访企业,Enterprise visits,家,flow", "走访企业,Enterprise visits,次,flow", "indicators.csv unit: indicator ENTERPRISE_VISITS was changed from 家 to 次, but history is recorded as 家; put it back, and give what is new a code of its own.")]
    [InlineData("en", "走访企业,Enterprise visits,家,flow", "走访企业,Enterprise visits,家,stock", "indicators.csv kind: indicator ENTERPRISE_VISITS was changed from flow to stock, but history is recorded as flow; put it back, and give what is new a code of its own.")]
    [InlineData("zh", "ENTERPRISE_VISITS,", "VISITS,", "indicators.csv code：指标 ENTERPRISE_VISITS 被删除，而历史数据引用它；请恢复该行。")]
    public async Task That_makes_another_thing_of_an_indicator_with_figures_stops_the_start(string language, string from, string to, string words)
    {
        foreach (var file in new[] { "indicators.csv", "targets.csv" })
        {
            _catalogue.Edit(file, text => text.Replace(from, to, StringComparison.Ordinal));
        }

        await RefusedAsync(language, words);
    }

    [Theory]
    [InlineData("zh", "units.csv code：单位 320404004201 被删除，而历史数据引用它；请恢复该行，并以 valid_to 结束它。")]
    [InlineData("en", "units.csv code: unit 320404004201 was removed, but history refers to it; put its row back and set valid_to instead.")]
    public async Task That_removes_a_unit_with_figures_stops_the_start(string language, string words)
    {
        foreach (var file in new[] { "units.csv", "targets.csv" })
        {
            _catalogue.Edit(file, text => string.Join('\n', text.Split('\n').Where(line => !line.StartsWith(Sheet.Dongdai, StringComparison.Ordinal))));
        }

        // Who reported to the village reports to its street.
        _catalogue.Edit("units.csv", text => text.Replace("," + Sheet.Dongdai + ",", "," + Sheet.Xilin + ",", StringComparison.Ordinal));
        await RefusedAsync(language, words);
    }

    [Fact]
    public async Task That_puts_right_an_indicator_without_figures_is_taken_and_holds_from_then_on()
    {
        _catalogue.Edit("indicators.csv", text => text.Replace("Packs of daily supplies handed out,份,flow", "Packs of daily supplies handed out,箱,flow", StringComparison.Ordinal));
        await using (var service = await Service.StartAsync(_catalogue.Path, _data))
        {
            await service.TakenAsync(Sheet.Of(Sheet.Dongdai, "2022-07", Sheet.Value("SUPPLY_PACKS", 5, "箱")));
        }

        _catalogue.Edit("indicators.csv", text => text.Replace("Packs of daily supplies handed out,箱,flow", "Packs of daily supplies handed out,份,flow", StringComparison.Ordinal));
        await RefusedAsync("en", "indicator SUPPLY_PACKS was changed from 箱 to 份");
    }

    [Fact]
    public async Task Is_not_held_to_what_a_ledger_from_before_the_record_does_not_say()
    {
        using (var ledger = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={_data.In("ledger.db")}"))
        {
            Dapper.SqlMapper.Execute(ledger, "DROP TABLE recorded_indicator; DELETE FROM SchemaVersions WHERE ScriptName LIKE '%0002%'");
        }

        await using (var service = await Service.StartAsync(_catalogue.Path, _data))
        {
            await service.TakenAsync(Sheet.Good().Set("revision", 2));
        }

        _catalogue.Edit("indicators.csv", text => text.Replace("走访企业,Enterprise visits,家", "走访企业,Enterprise visits,次", StringComparison.Ordinal));
        await RefusedAsync("en", "indicator ENTERPRISE_VISITS was changed from 家 to 次");
    }

    private async Task RefusedAsync(string language, string words)
    {
        using var program = new StandaloneProcess("--data", _data.Path, "--catalogue", _catalogue.Path, "--port", "0", "--lang", language);
        Assert.Equal(1, await program.ExitAsync());
        Assert.Contains(words, program.Errors, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"\sat (XilinIngest|Microsoft|System)\.", program.Errors + program.Output);
    }
}
