using System.Text.RegularExpressions;
using Fluid;
using Fluid.Values;

namespace XilinIngest.Notifier.Templates;

/// <summary>What a template may do: read the fields of a notice, choose, repeat, and format; nothing that reads files or grows without
/// limit.</summary>
internal static partial class TemplateLanguage
{
    private const int MaxSteps = 50_000;
    private const int MaxRecursion = 20;
    private const int MaxVariable = 16_384;

    private static readonly string[] Tags =
        ["assign", "break", "case", "comment", "continue", "cycle", "for", "if", "increment", "raw", "unless"];

    // None of them makes a text longer than what goes in, but for join, whose result counts as a variable or as output.
    private static readonly string[] Filters =
        ["abs", "ceil", "date", "default", "downcase", "first", "floor", "join", "last", "map", "minus", "plus", "reverse", "round", "size",
            "slice", "sort", "strip", "truncate", "uniq", "upcase", "where"];

    private static readonly TemplateOptions Options = CreateOptions();

    public static FluidParser Parser { get; } = CreateParser();

    public static TemplateContext CreateContext(TemplateInput data)
    {
        var context = new TemplateContext(Options);
        foreach (var (name, value) in data.ToValues())
        {
            context.SetValue(name, value);
        }

        return context;
    }

    private static FluidParser CreateParser()
    {
        var parser = new FluidParser();
        foreach (var tag in parser.RegisteredTags.Keys.Except(Tags).Where(tag => tag != "#").ToList())
        {
            parser.RegisteredTags.Remove(tag);
        }

        return parser;
    }

    private static TemplateOptions CreateOptions()
    {
        var options = new TemplateOptions
        {
            MaxSteps = MaxSteps,
            MaxRecursion = MaxRecursion,
            StrictVariables = true,
            StrictFilters = true,
            Assigned = (name, value, _) => ValueTask.FromResult(LimitVariable(name, value)),
        };
        foreach (var filter in options.Filters.ToNames().Except(Filters).ToList())
        {
            options.Filters.Remove(filter);
        }

        options.Filters.TryGetValue("date", out var writeDate);
        options.Filters.AddFilter("date", (input, arguments, context) =>
        {
            LimitDateFormat(arguments.At(0).ToStringValue());
            return writeDate!(input, arguments, context);
        });
        return options;
    }

    // A width such as in %1000000000Y would be filled in memory.
    private static void LimitDateFormat(string format)
    {
        if (WidthPattern().IsMatch(format))
        {
            throw new TemplateException(
                Line: null, new($"日期格式 {format} 中的宽度过大", $"the format {format} of a date has too large a width"),
                new("请用 %Y、%m、%d 等", "use %Y, %m, %d and the like"), "date");
        }
    }

    [GeneratedRegex("[0-9]{3}", RegexOptions.CultureInvariant)]
    private static partial Regex WidthPattern();

    private static List<string> ToNames(this FilterCollection filters)
    {
        List<string> names = [];
        foreach (var (name, _) in filters)
        {
            names.Add(name);
        }

        return names;
    }

    private static FluidValue LimitVariable(string name, FluidValue value) => value.ToStringValue().Length <= MaxVariable
        ? value
        : throw new TemplateException(
            Line: null, new($"变量 {name} 超过 {MaxVariable} 字", $"the variable {name} has more than {MaxVariable} characters"),
            new("请缩短", "make it shorter"), name);
}
