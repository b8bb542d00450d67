namespace XilinIngest.Notifier.Tests.Service;

public sealed class Channels_with_faults
{
    private static readonly (string Name, string Value)[] Settings =
    [
        ("Channels__Duty__Kind", "page"),
        ("Channels__plain__Kind", "webhook"),
        ("Channels__plain__Url", "http://receiver.example/hidden-key"),
        ("Channels__plain__Secret", "hidden"),
        ("Channels__user__Kind", "alertmanager"),
        ("Channels__user__Url", "https://hidden-user:hidden-password@receiver.example/"),
        ("Channels__mail__Kind", "mail"),
        ("Channels__mail__Port", "0"),
        ("Channels__mail__Security", "none"),
        ("Channels__mail__From", "Xilin <notices@xilin.example>"),
        ("Channels__mail__CaFile", "/no/such/file.pem"),
        ("Channels__good__Kind", "webhook"),
        ("Channels__good__Url", "http://127.0.0.1:9/notices"),
        ("Channels__good__Secret", "0123456789abcdef"),
        ("Notices__PagesAddress", "xilin.example/pages?unit=1"),
    ];

    [Fact]
    public async Task Stop_the_start_and_are_all_named_at_once_without_a_secret()
    {
        using var data = new TestFolder();
        using var service = new ServiceProcess("Standalone", ["--data", data.Path, "--port", "0", "--lang", "en"], Settings);

        Assert.Equal(1, await service.ExitAsync());
        Assert.All(
            new[]
            {
                "Channels__“Duty”: the channel needs a name", "Channels__“Duty”__Kind", "Channels__plain__Url", "Channels__plain__Secret",
                "Channels__user__Url", "Channels__mail__Host", "Channels__mail__Security", "Channels__mail__From",
                "Channels__mail__CaFile", "Notices__PagesAddress",
            },
            part => Assert.Contains(part, service.Output, StringComparison.Ordinal));
        Assert.DoesNotContain("hidden", service.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Channels__good", service.Output, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(data.Path));
    }
}
