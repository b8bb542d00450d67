using Microsoft.Extensions.Logging.Abstractions;
using XilinIngest.Aggregator.Cube;
using XilinIngest.Aggregator.Publishing;
using XilinIngest.Aggregator.Tests.Histories;
using XilinIngest.CatalogueFiles;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Tests.Publishing;

/// <summary>Another process that follows a cube: on the same store, with catalogue files of its own.</summary>
internal sealed class FollowingCube : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("xilin-follower-").FullName;
    private readonly RestartableCubeHost _disk;
    private readonly CatalogueSource _source;

    public FollowingCube(RestartableCubeHost disk, Catalogue catalogue)
    {
        _disk = disk;
        CatalogueFileWriter.Write(catalogue, _folder);
        _source = new CatalogueSource(new CatalogueSourceOptions { Folder = _folder }, TimeProvider.System,
            NullLogger<CatalogueSource>.Instance);
        Host = CreateHost();
    }

    public CubeHost Host { get; }

    /// <summary>The cube, which is another one after all was loaded.</summary>
    public IndicatorCube Cube => Host.Read((cube, _) => cube);

    /// <summary>Another process that follows the same cube.</summary>
    public CubeHost CreateHost() => new(_disk.Store, _source, _disk.Clock, NullLogger<CubeHost>.Instance);

    public void Edit(Catalogue catalogue)
    {
        CatalogueFileWriter.Write(catalogue, _folder);
        Assert.True(SpinWait.SpinUntil(() => _source.Current.Targets.Count == catalogue.Targets.Count, TimeSpan.FromSeconds(30)));
    }

    /// <summary>What one who follows step by step answers is what one answers who loads the whole cube now.</summary>
    public void AssertIsAsLoaded()
    {
        Host.Follow();
        using var loaded = CreateHost();
        loaded.Follow();
        CubeAnswers.AssertSame(loaded, Host);
    }

    public void Dispose()
    {
        Host.Dispose();
        _source.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
