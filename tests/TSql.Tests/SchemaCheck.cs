using Microsoft.SqlServer.Dac.Model;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace XilinIngest.TSql.Tests;

/// <summary>
/// Holds texts against a schema as the server would: each as the body of a procedure whose parameters are the text's own.
/// </summary>
internal static class SchemaCheck
{
    /// <summary>What is wrong, in the model's words; warnings too, since a table that does not exist is no more than that to it.</summary>
    public static IReadOnlyList<string> Faults(MigrationSchema schema, params IEnumerable<SqlServerText> texts)
    {
        using var model = schema.Model();
        var faults = new List<string>();
        foreach (var text in texts)
        {
            try
            {
                model.AddObjects(Procedure(text));
            }
            catch (Exception exception) when (exception is FormatException or DacModelException)
            {
                faults.Add($"{text.Name}: {exception.Message}");
            }
        }

        faults.AddRange(model.Validate().Select(message => $"{message.Prefix}{message.Number}: {message.Message}"));
        return faults;
    }

    private static string Procedure(SqlServerText text)
    {
        var script = ScriptParser.Parse(text.Name, text.Text);

        // In EXEC p @Named = @Given the first is p's.
        var named = script.All<ExecuteParameter>().Select(parameter => parameter.Variable).ToHashSet();
        var parameters =
            script.All<VariableReference>()
            .Where(used => !named.Contains(used)).Select(used => used.Name).Distinct().Order(StringComparer.Ordinal)
            .Select(name => $"{name} {ParameterTypes.TypeOf(text, name)}");
        return $"CREATE PROCEDURE [{text.Name}] {string.Join(", ", parameters)} AS BEGIN {text.Text} END";
    }
}
