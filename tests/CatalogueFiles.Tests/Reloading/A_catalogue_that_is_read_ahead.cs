using Microsoft.Extensions.Time.Testing;

namespace XilinIngest.CatalogueFiles.Tests.Reloading;

/// <summary>The files are read while the host is built, and edited before anyone asks for them.</summary>
public sealed class A_catalogue_that_is_read_ahead : IDisposable
{
    private readonly CatalogueFolder _folder = new();
    private readonly FakeTimeProvider _time = new();
    private readonly A_catalogue_in_use.ErrorLog _log = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Has_an_edit_that_was_made_before_its_first_use()
    {
        var create = await BeginAndWaitAsync();
        _folder.Append("targets.csv", "320404007000,RETAIL_SALES,2023,growth,4");
        using var source = create();
        Settle();
        Assert.Equal(3, source.Current.Targets.Count);
    }

    [Fact]
    public async Task Stays_as_it_was_read_if_the_edit_has_a_fault()
    {
        var create = await BeginAndWaitAsync();
        _folder.Edit("targets.csv", "amount,12", "amount,-1");
        using var source = create();
        Settle();
        Assert.Equal(2, source.Current.Targets.Count);
        Assert.Contains("targets.csv:3 value", Assert.Single(_log.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_read_anew_for_a_second_source()
    {
        var create = await BeginAndWaitAsync();
        create().Dispose();
        _folder.Append("targets.csv", "320404007000,RETAIL_SALES,2023,growth,4");
        using var second = create();
        Assert.Equal(3, second.Current.Targets.Count);
    }

    [Fact]
    public async Task Says_its_faults_when_it_is_first_used()
    {
        _folder.Edit("targets.csv", "amount,12", "amount,-1");
        var create = await BeginAndWaitAsync();
        Assert.Throws<CatalogueFaultsException>(() => create());
    }

    private async Task<Func<CatalogueSource>> BeginAndWaitAsync()
    {
        var create = CatalogueSource.BeginRead(new() { Folder = _folder.Path }, out var read);
        await read;
        return () => create(_time, _log);
    }

    // Long enough for a poll and a second look.
    private void Settle()
    {
        for (var i = 0; i < 40; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
        }
    }
}
