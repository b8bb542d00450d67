
namespace XilinIngest.Wire.Tests.Starting;

public sealed class Settings_from_secret_files : IDisposable
{
    private readonly ServiceDataFolder _data = new();
    private readonly string _secrets;

    public Settings_from_secret_files() => _secrets = Directory.CreateDirectory(Path.Combine(_data.Path, "secrets")).FullName;

    [Fact]
    public async Task Start_a_service_and_go_before_its_environment()
    {
        Write("ConnectionStrings__Ledger", _data.Ledger + "\n");
        Write("ConnectionStrings__Bus", "amqp://worker:secret@127.0.0.1:1/\n");
        Write("Catalogue__Folder", _data.Catalogue + "\n");
        using var service = Start("Ingest.Worker", ("Catalogue__Folder", "/no/such/folder"));
        await service.ServingAsync();
        Assert.Contains(Path.Combine(_data.Path, "ledger.db"), service.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(_data.Path, "ledger.db")));
    }

    [Fact]
    public async Task Are_named_by_their_setting_where_they_are_wrong_and_not_shown()
    {
        Write("ConnectionStrings__Ledger", _data.Ledger);
        Write("ConnectionStrings__Bus", "my-password@");
        using var service = Start("Ingest.Worker", ("Catalogue__Folder", _data.Catalogue));
        Assert.Equal(1, await service.ExitAsync());
        Assert.Contains("Setting ConnectionStrings__Bus cannot be used as it stands", service.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("my-password", service.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Ingest.Worker", "en", "Setting Secrets__Folder: the folder /no/such/secrets cannot be read")]
    [InlineData("Aggregator", "zh", "设置 Secrets__Folder 的文件夹 /no/such/secrets 无法读取")]
    [InlineData("Standalone", "zh", "设置 Secrets__Folder 的文件夹 /no/such/secrets 无法读取")]
    public async Task In_a_folder_that_is_not_there_stop_the_start_in_words(string project, string language, string words)
    {
        using var service = new ServiceProcess(project, ("Secrets__Folder", "/no/such/secrets"), ("Console__Language", language),
                ("Catalogue__Folder", _data.Catalogue));
        Assert.Equal(1, await service.ExitAsync());
        Assert.Contains(words, service.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", service.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task That_are_no_folder_stop_the_start_in_words()
    {
        Write("file", "");
        using var service =
            new ServiceProcess("Aggregator", ("Secrets__Folder", Path.Combine(_secrets, "file")), ("Catalogue__Folder", _data.Catalogue));
        Assert.Equal(1, await service.ExitAsync());
        Assert.Contains("Setting Secrets__Folder", service.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", service.Output, StringComparison.Ordinal);
    }

    // A link to nowhere stands for a file that the user may not read: root, as which this may run, may read all.
    [Fact]
    public async Task That_cannot_be_read_stop_the_start_in_words()
    {
        Write("ConnectionStrings__Ledger", _data.Ledger);
        File.CreateSymbolicLink(Path.Combine(_secrets, "ConnectionStrings__Bus"), Path.Combine(_data.Path, "gone"));
        using var service = Start("Ingest.Worker", ("Catalogue__Folder", _data.Catalogue));
        Assert.Equal(1, await service.ExitAsync());
        Assert.Contains($"Setting Secrets__Folder: the folder {_secrets} cannot be read", service.Output, StringComparison.Ordinal);
        Assert.Contains("let the service's user read them", service.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", service.Output, StringComparison.Ordinal);
    }

    public void Dispose() => _data.Dispose();

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_secrets, name), text);

    private ServiceProcess Start(string project, params IEnumerable<(string Name, string Value)> settings) =>
        new(project, settings.Append(("Secrets__Folder", _secrets)));
}
