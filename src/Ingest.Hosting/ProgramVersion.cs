using System.Reflection;

namespace XilinIngest.Hosting;

/// <summary>The version of the programs, which all have the same one.</summary>
public static class ProgramVersion
{
    private const string Option = "--version";

    /// <summary>The version, such as <c>1.2.0</c> or <c>1.2.0-rc.1</c>; of a build that is no release, <c>0.0.0-dev</c>.</summary>
    public static string Text { get; } = WithCommit.Split('+')[0];

    // Of a release, with the commit that it was built from.
    private static string WithCommit =>
        typeof(ProgramVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    /// <summary>Prints the version if the command line asks for it. The program then ends.</summary>
    /// <param name="args">The command line.</param>
    /// <returns>Whether it asked.</returns>
    public static bool PrintIfRequested(string[] args)
    {
        if (!args.Contains(Option))
        {
            return false;
        }

        Console.WriteLine(WithCommit);
        return true;
    }
}
