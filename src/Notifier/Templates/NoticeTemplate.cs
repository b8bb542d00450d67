using System.Globalization;
using System.Text.RegularExpressions;
using Fluid;
using XilinIngest.CatalogueFiles;

namespace XilinIngest.Notifier.Templates;

/// <summary>The words of a notice.</summary>
/// <param name="Title">One line.</param>
/// <param name="Text">The lines below it.</param>
internal sealed record NoticeText(string Title, string Text);

/// <summary>
/// Writes notices from a text with placeholders, in the language Liquid: the first line is the title. It reads what
/// <see cref="TemplateInput"/> has and nothing else, and is limited in steps and size.
/// </summary>
internal sealed partial class NoticeTemplate
{
    private const int MaxOutput = 200_000;
    private const int MaxTitle = 200;
    private readonly IFluidTemplate _template;
    private readonly string _source;

    private NoticeTemplate(IFluidTemplate template, string source) => (_template, _source) = (template, source);

    /// <summary>Reads the template of a notice of alerts.</summary>
    /// <exception cref="TemplateException">It has a fault.</exception>
    public static NoticeTemplate Parse(string source) => Parse(source, TemplateData.Samples);

    /// <summary>Reads a template, and writes sample notices with it, so that a fault is found now.</summary>
    /// <exception cref="TemplateException">It has a fault.</exception>
    public static NoticeTemplate Parse(string source, IEnumerable<TemplateInput> samples)
    {
        TemplateLimits.Check(source);
        if (!TemplateLanguage.Parser.TryParse(source, out var parsed, out var error))
        {
            throw new TemplateException(
                LineIn(error), new($"模板的语法有误（{FirstLineOf(error)}）", $"the template is malformed ({FirstLineOf(error)})"),
                new("请按 docs/notices.md 改正", "correct it as docs/notices.md says"));
        }

        var template = new NoticeTemplate(parsed, source);
        foreach (var sample in samples)
        {
            template.Write(sample);
        }

        return template;
    }

    /// <exception cref="TemplateException">The template cannot write this notice.</exception>
    public NoticeText Write(TemplateInput data)
    {
        string written;
        try
        {
            using var writer = new LimitedTextWriter(MaxOutput);
            _template.RenderAsync(writer, TemplateLanguage.CreateContext(data)).AsTask().GetAwaiter().GetResult();
            written = writer.ToString();
        }
        catch (TemplateException exception)
        {
            throw exception.Line is null && exception.Name is { } name
                ? new TemplateException(FindLine(name), exception.Problem, exception.Remedy) : exception;
        }
        catch (Exception exception) when (exception is FluidException or InvalidOperationException or ArgumentException or FormatException
            or ArithmeticException or InvalidCastException)
        {
            // The library names a variable or a filter in quotes, and not where it is.
            var name = QuotedPattern().Match(exception.Message).Groups[1].Value;
            throw new TemplateException(
                name.Length > 0 ? FindLine(name) : null,
                new($"模板无法写出通知（{exception.Message}）", $"the template cannot write a notice ({exception.Message})"),
                new("请只使用 docs/notices.md 列出的字段和过滤器", "use only the fields and filters that docs/notices.md names"));
        }

        return Split(written);
    }

    private static NoticeText Split(string written)
    {
        var lines = written.ReplaceLineEndings("\n").Split('\n', 2);
        var (title, text) = (lines[0].Trim(), lines.Length > 1 ? lines[1].Trim('\n') : "");
        return title.Length is > 0 and <= MaxTitle && text.Length > 0
            ? new(title, text)
            : throw new TemplateException(
                Line: 1,
                new($"模板的第一行应写出标题（至多 {MaxTitle} 字），其后为正文",
                    $"the first line has to write a title of at most {MaxTitle} characters, and the others the text"),
                new("请在第一行写标题，从第二行起写正文", "write the title on the first line, and the text from the second on"));
    }

    private int? FindLine(string name) =>
        _source.IndexOf(name, StringComparison.Ordinal) is >= 0 and var at ? LineOf(_source, at) : null;

    /// <summary>The line of a position, from 1.</summary>
    internal static int LineOf(string source, int index) => source.AsSpan(0, index).Count('\n') + 1;

    // An error ends with its position, such as "(2:7)".
    private static int? LineIn(string error) => PositionPattern().Match(FirstLineOf(error)) is { Success: true } position
        ? int.Parse(position.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : null;

    private static string FirstLineOf(string error) => error.Split('\n')[0].Trim();

    [GeneratedRegex(@"\(([0-9]{1,6}):[0-9]+\)", RegexOptions.CultureInvariant | RegexOptions.RightToLeft)]
    private static partial Regex PositionPattern();

    [GeneratedRegex("'([^']+)'", RegexOptions.CultureInvariant)]
    private static partial Regex QuotedPattern();
}

/// <summary>A fault of a template.</summary>
/// <param name="Line">The line, from 1; null: it is not known.</param>
/// <param name="Problem">The problem.</param>
/// <param name="Remedy">The remedy.</param>
/// <param name="Name">The name that the template uses wrongly; null: none.</param>
#pragma warning disable CA1032 // It is made here alone, always with what is wrong and what to do.
internal sealed class TemplateException(int? Line, Bilingual Problem, Bilingual Remedy, string? Name = null) : Exception(Problem.En)
#pragma warning restore CA1032
{
    public int? Line { get; } = Line;

    public Bilingual Problem { get; } = Problem;

    public Bilingual Remedy { get; } = Remedy;

    public string? Name { get; } = Name;
}
