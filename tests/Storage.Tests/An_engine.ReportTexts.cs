using Microsoft.Extensions.Logging.Abstractions;
using XilinIngest.Aggregator;
using XilinIngest.Aggregator.Cube;
using XilinIngest.Aggregator.Releases;
using XilinIngest.Aggregator.Report;
using XilinIngest.Indicators;
using XilinIngest.TestEngines;

namespace XilinIngest.Storage.Tests;

/// <summary>The edited texts of reports on each engine.</summary>
public sealed partial class An_engine
{
    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public void Keeps_the_versions_of_a_reports_texts_and_which_of_them_was_released(StorageProvider engine)
    {
        var database = TestDatabases.NewDatabase(engine, _folder, "texts");
        AggregatorRegistration.Migrate(database, NullLogger.Instance);
        var (store, july, unit) = (new CubeStore(database), new Period(2022, 7), new UnitCode("320404004000"));
        var edit = new EditedText(
            new(july, unit.Value, "发展/经济运行", "zh"), 0, "第一稿。\n第二段。", "自动生成的。", "", "街道分管领导", DateTimeOffset.UnixEpoch);
        Assert.Equal(EditOutcome.Stored, store.AddReportText(edit, 0).Outcome);
        Assert.Equal(EditOutcome.EditedByAnother, store.AddReportText(edit with { Text = "另一稿。" }, 0).Outcome);
        var (outcome, second) = store.AddReportText(edit with { Version = 1, Text = new('文', 8_000) }, 0);
        Assert.Equal((EditOutcome.Stored, 2, edit.Text), (outcome, second!.Version, second.Replaced));
        using (var connection = store.Open())
        using (var transaction = Database.BeginWrite(connection))
        {
            CubeStore.WriteReleases(
                connection, transaction, [new(new ReleasedMonth(july, 1, DateTimeOffset.UnixEpoch, 1, null, null, 0, null), [])]);
            transaction.Commit();
        }

        Assert.Equal(EditOutcome.Released, store.AddReportText(edit with { Version = 2 }, 0).Outcome);
        var back = store.AddReportText(edit with { Version = 2, Text = null }, 1).Newest!;
        Assert.Equal([back], store.ReadReportTexts(july, unit, null));
        Assert.Equal([second], store.ReadReportTexts(july, unit, 1));
        Assert.Empty(store.ReadReportTexts(july.AddMonths(1), unit, null));
    }
}
