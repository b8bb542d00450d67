namespace XilinIngest.Deploy.Tests;

/// <summary>A test that needs a program: skipped where it is not installed, and the report says so.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RequiresProgramAttribute : TheoryAttribute
{
    public RequiresProgramAttribute(string program) => Skip = ProgramRunner.Find(program) is null ? $"{program} is not installed." : null;
}
