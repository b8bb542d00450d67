using System.Text;
using XilinIngest.CatalogueFiles.Tables;

namespace XilinIngest.CatalogueFiles.Tests.Reading;

public sealed class A_faulty_file : IDisposable
{
    private readonly CatalogueFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string TheFault() => Assert.Single(_folder.Read().Faults).ToString();

    [Fact]
    public void Is_named_when_it_is_missing_without_a_fault_for_every_reference_to_it()
    {
        _folder.Remove("units.csv");
        Assert.StartsWith("units.csv: the file is missing", TheFault(), StringComparison.Ordinal);
    }

    [Fact]
    public void Is_named_when_it_is_empty()
    {
        _folder.Write("rules.csv", "\n");
        Assert.StartsWith("rules.csv: the file is empty; its first line is the header id,version", TheFault(), StringComparison.Ordinal);
    }

    [Fact]
    public void Is_named_when_a_column_is_unknown_missing_or_there_twice()
    {
        _folder.Write("colours.csv", "level,level,skeme,amber_behind,red_behind,margin,silenced_by_parent\n");
        Assert.Equal(
            ["colours.csv:1 level: the column is there twice", "colours.csv:1 skeme: there is no such column",
                "colours.csv:1 scheme: the column is missing"],
            _folder.Read().Faults.Select(fault => fault.ToString().Split(';')[0]));
    }

    [Fact]
    public void Saved_as_GBK_is_named_with_the_line_and_the_remedy()
    {
        byte[] street = [0xCE, 0xF7, 0xC1, 0xD6]; // 西林 in GBK
        var text = Encoding.ASCII.GetBytes("unit,indicator,year,kind,value\n320404007000,PETITIONS,2022,amount,1\n");
        _folder.Write("targets.csv", [.. text, .. street]);
        Assert.Equal(
            "targets.csv:3: the bytes are not UTF-8; Excel has most likely saved it as GBK; save it from Excel as 'CSV UTF-8 (comma "
            + "delimited)'.",
            TheFault());
    }

    [Fact]
    public void Saved_as_UTF_16_is_named()
    {
        _folder.Write("targets.csv", [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(_folder.Text("targets.csv"))]);
        Assert.StartsWith("targets.csv: the file is UTF-16", TheFault(), StringComparison.Ordinal);
    }

    [Fact]
    public void With_a_NUL_is_no_text()
    {
        _folder.Edit("targets.csv", "RETAIL", "RE\0TAIL");
        Assert.StartsWith("targets.csv:2: it holds a NUL character", TheFault(), StringComparison.Ordinal);
    }

    [Fact]
    public void Beyond_the_size_bound_is_not_read()
    {
        using (var stream = File.OpenWrite(_folder.In("units.csv")))
        {
            stream.SetLength(FolderSnapshot.MaxBytes + 1);
        }

        Assert.StartsWith("units.csv: the file has 209715201 bytes", TheFault(), StringComparison.Ordinal);
    }

    [Fact]
    public void With_a_quote_left_open_loses_that_line_only()
    {
        _folder.Edit("rules.csv", "Ten times", "\"Ten times").Edit("rules.csv", "Negative", "");
        Assert.Equal(
            ["rules.csv:2", "rules.csv:3 message_en"], _folder.Read().Faults.Select(fault => fault.ToString().Split(": ")[0]));
    }
}

public sealed class Several_faults : IDisposable
{
    private readonly CatalogueFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Are_reported_at_once_in_the_order_of_file_and_line()
    {
        _folder
            .Edit("rules.csv", "7 * typical", "7 * ").Edit("rules.csv", "question", "maybe")
            .Edit("targets.csv", "RETAIL_SALES", "RETAIL")
            .Edit("units.csv", "1,village", "1,hamlet")
            .Edit("indicators.csv", "10000,1", "x,9");
        Assert.Equal(
            [
                "indicators.csv:2 printed_divisor", "indicators.csv:2 decimals", "units.csv:5 kind", "targets.csv:2 indicator",
                "rules.csv:2 fires_when", "rules.csv:2 severity",
            ],
            _folder.Read().Faults.Select(fault => fault.ToString().Split(": ")[0]));
    }

    [Fact]
    public void Of_a_unit_do_not_make_faults_of_those_that_refer_to_it()
    {
        _folder.Edit("units.csv", "西林街道,Xilin", ",Xilin");
        Assert.Equal("units.csv:3 name_zh: it is empty; fill it in.", Assert.Single(_folder.Read().Faults).ToString());
    }

    [Fact]
    public void Are_found_in_a_cycle_and_in_a_tree_without_a_root()
    {
        _folder.Edit("units.csv", "Zhonglou,district,", "Zhonglou,district,320404007000");
        Assert.Equal(
            ["units.csv parent: there is no root", "units.csv:2 parent: 320404007000 is not of a higher level than this unit"],
            _folder.Read().Faults.Select(fault => fault.ToString().Split(';')[0]));
    }

    [Fact]
    public void Are_all_in_the_message_of_a_source_that_cannot_start()
    {
        _folder.Remove("rules.csv").Remove("units.csv");
        var thrown = Assert.Throws<CatalogueFaultsException>(() => new CatalogueSource(
            new() { Folder = _folder.Path }, TimeProvider.System,
            Microsoft.Extensions.Logging.Abstractions.NullLogger<CatalogueSource>.Instance));
        Assert.Contains("units.csv: the file is missing", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("rules.csv: the file is missing", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Are_those_of_every_file_where_the_folder_is_missing() =>
        Assert.Equal(6, CatalogueReader.Read(Path.Combine(_folder.Path, "nowhere")).Faults.Count);
}
