using XilinIngest.Indicators;

namespace XilinIngest.CatalogueFiles.Tests.Reading;

public sealed class Partitions_in_the_catalogue : IDisposable
{
    private const string District = "32.04.04";
    private const string Street = "32.04.04.007";
    private readonly CatalogueFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Are_one_with_the_whole_tree_without_their_file_and_with_one_that_has_no_row()
    {
        Assert.Equal([Partition.WholeTree], Partitions().All);
        Assert.Equal([Partition.WholeTree], PartitionFile.Read(_folder.Path));
        Write();
        Assert.False(Partitions().AreSeveral);
        Assert.Equal([Partition.WholeTree], PartitionFile.Read(_folder.Path));
    }

    [Fact]
    public void Have_the_units_whose_first_path_begins_with_theirs_and_the_inner_of_two_wins()
    {
        Write($"{Street},east", $"{District},");
        var catalogue = _folder.Read().Catalogue!;
        Assert.True(catalogue.Partitions.AreSeveral);
        Assert.Equal(
            [District, Street, District, Street, Street, Street],
            catalogue.Units.All.Select(unit => catalogue.Partitions.HomeOf(unit).Path));
        Assert.Equal(["east", null], catalogue.Partitions.All.Select(partition => partition.Connection));
        Assert.Equal(catalogue.Partitions.All, PartitionFile.Read(_folder.Path));
    }

    [Theory]
    [InlineData("32.04.x,", 3, "path", "is not the path of a division")]
    [InlineData("320404007,", 3, "path", "no unit is of this partition")]
    [InlineData("32.04.04.009,", 3, "path", "no unit is of this partition")]
    [InlineData("32.04.04,", 3, "path", "line 2 is that partition already")]
    [InlineData("32.04.04.007,east-1", 3, "connection", "is not the name of a connection")]
    public void Have_faults_that_name_line_and_column_and_the_remedy(string row, int line, string column, string problem)
    {
        Write($"{District},", row);
        var fault = Assert.Single(_folder.Read().Faults);
        Assert.Equal(("partitions.csv", line, column), (fault.File, fault.Line, fault.Column));
        Assert.Contains(problem, fault.Problem.En, StringComparison.Ordinal);
        Assert.True(fault.Remedy is { Zh.Length: > 0, En.Length: > 0 });
    }

    [Fact]
    public void Must_have_every_unit()
    {
        Write($"{Street},");
        var fault = Assert.Single(_folder.Read().Faults);
        Assert.Equal(("partitions.csv", null, "path"), (fault.File, fault.Line, fault.Column));
        Assert.StartsWith("2 units are of no partition: 320404000000, 320404001000", fault.Problem.En, StringComparison.Ordinal);
        Assert.Contains("2 个单位不属于任何分区", fault.Problem.Zh, StringComparison.Ordinal);
    }

    private PartitionMap Partitions() => _folder.Read().Catalogue!.Partitions;

    private void Write(params string[] rows) =>
        _folder.Write("partitions.csv", "path,connection\n" + string.Concat(rows.Select(row => row + "\n")));
}
