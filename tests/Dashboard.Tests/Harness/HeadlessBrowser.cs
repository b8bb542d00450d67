using Microsoft.Playwright;

namespace XilinIngest.Dashboard.Tests.Harness;

/// <summary>Debian's Chromium as its headless shell, which draws pages alone: chromium itself draws a browser window around them.</summary>
internal static class HeadlessBrowser
{
    // Tests run as root in a container, where Chromium has no sandbox of its own.
    public static Task<IBrowser> LaunchAsync(IPlaywright playwright) => playwright.Chromium.LaunchAsync(
        new() { ExecutablePath = "/usr/bin/chromium-headless-shell", Args = ["--no-sandbox"] });
}
