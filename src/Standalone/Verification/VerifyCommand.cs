namespace XilinIngest.Standalone;

/// <summary>Placeholder removed once the oracle is merged.</summary>
internal static class VerifyCommand
{
    public static int Run(StandaloneOptions options) => throw new InvalidOperationException(options.DataFolder);
}
