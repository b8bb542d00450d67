using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using XilinIngest.Client.Catalogues;
using XilinIngest.Contracts;

namespace XilinIngest.Client.Files;

/// <summary>Makes submissions of rows, from CSV or a form: those of one unit, month and revision belong together.</summary>
/// <param name="savedAt">When the file was saved.</param>
/// <param name="catalogue">For names in place of codes; null: codes alone are understood.</param>
/// <param name="blankIsAbsent">Whether a row without figures says nothing, as in a form, or is a mistake.</param>
internal sealed partial class RowReader(DateTimeOffset savedAt, KnownCatalogue? catalogue, bool blankIsAbsent)
{
    private static readonly (Column Column, string Field)[] Figures =
        [(Column.Value, "value"), (Column.YearToDate, "yearToDate"), (Column.LastYear, "lastYear"), (Column.Numerator, "numerator"), (Column.Denominator, "denominator")];

    public static bool IsFigure(Column column) => Figures.Any(figure => figure.Column == column);

    private readonly Dictionary<(string Unit, string Period, string Revision), Draft> _drafts = [];

    public List<Draft> Drafts { get; } = [];

    /// <summary>Of rows whose submission cannot be told.</summary>
    public List<Located> Findings { get; } = [];

    public void Add(IReadOnlyDictionary<Column, Cell> cells, Place row)
    {
        var before = Findings.Count;
        var unit = Unit(cells.GetValueOrDefault(Column.Unit) ?? new Cell("", row));
        var period = Month(cells.GetValueOrDefault(Column.Period) ?? new Cell("", row));
        var revision = Revision(cells.GetValueOrDefault(Column.Revision));
        var indicator = Indicator(cells.GetValueOrDefault(Column.Indicator) ?? new Cell("", row));
        if (blankIsAbsent && IsBlank(cells))
        {
            Findings.RemoveRange(before, Findings.Count - before);
            return;
        }

        var draft = DraftOf(unit, period, revision, row);
        draft.Findings.AddRange(Findings.Skip(before));
        Findings.RemoveRange(before, Findings.Count - before);
        AddHead(draft, cells);
        AddValue(draft, cells, indicator, row);
    }

    private static void AddValue(Draft draft, IReadOnlyDictionary<Column, Cell> cells, string indicator, Place row)
    {
        if (!draft.Rows.TryAdd(indicator, row))
        {
            draft.Findings.Add(new(row, FileFindings.SameIndicatorTwice(indicator, draft.Rows[indicator].Row)));
            return;
        }

        var value = new JsonObject { ["indicator"] = indicator };
        var any = false;
        if (IsWithdrawal(cells))
        {
            value["value"] = null;
            any = true;
        }
        else
        {
            foreach (var (column, field) in Figures)
            {
                if (cells.TryGetValue(column, out var cell) && !cell.IsEmpty)
                {
                    any = true;
                    if (Number(draft, cell) is { } number)
                    {
                        value[field] = number;
                    }
                }
            }
        }

        if (!any)
        {
            draft.Findings.Add(new(row, FileFindings.NoFigure()));
        }

        if (TextIn(cells, Column.UnitOfMeasure) is { } unit)
        {
            value["unit"] = NumberText.Ascii(unit).Trim();
        }

        AddWords(draft, cells, indicator, value);
        ((JsonArray)draft.Body["values"]!).Add(value);
    }

    // With a rule it is an answer to a question that was asked. Without one it is kept for whatever is asked, and sent as a note.
    private static void AddWords(Draft draft, IReadOnlyDictionary<Column, Cell> cells, string indicator, JsonObject value)
    {
        var (note, explanation) = (TextIn(cells, Column.Note), TextIn(cells, Column.Explanation));
        if (explanation is not null && TextIn(cells, Column.Rule) is { } rule)
        {
            var all = draft.Body["explanations"] as JsonArray ?? [];
            all.Add(new JsonObject { ["rule"] = rule, ["indicator"] = indicator, ["text"] = explanation });
            draft.Body["explanations"] = all;
        }
        else if (explanation is not null)
        {
            draft.Answers[indicator] = explanation;
            note = note is null ? explanation : $"{note};{explanation}";
        }

        if (note is not null)
        {
            value["note"] = note;
        }
    }

    private static void AddHead(Draft draft, IReadOnlyDictionary<Column, Cell> cells)
    {
        Once(draft, cells, Column.SubmittedBy, () => draft.Body["submittedBy"]?.GetValue<string>(), text => draft.Body["submittedBy"] = text);
        Once(draft, cells, Column.SubmittedAt, () => draft.Body["submittedAt"]?.GetValue<string>(), text => draft.Body["submittedAt"] = text);
        Once(draft, cells, Column.Correction, () => draft.Body["correction"]?["reason"]?.GetValue<string>(), text => draft.Body["correction"] = new JsonObject { ["reason"] = text });
    }

    private static void Once(Draft draft, IReadOnlyDictionary<Column, Cell> cells, Column column, Func<string?> current, Action<string> set)
    {
        if (TextIn(cells, column) is not { } text)
        {
            return;
        }

        if (current() is { } before && before != text)
        {
            draft.Findings.Add(new(cells[column].Place, FileFindings.Contradiction(cells[column].Place.Column ?? Columns.ZhNameOf(column), before, text)));
            return;
        }

        set(text);
    }

    private Draft DraftOf(string unit, string period, string revision, Place row)
    {
        if (_drafts.TryGetValue((unit, period, revision), out var known))
        {
            return known;
        }

        var body = new JsonObject { ["unit"] = unit, ["period"] = period };
        if (revision.Length > 0)
        {
            body["revision"] = int.Parse(revision, System.Globalization.CultureInfo.InvariantCulture);
        }

        body["values"] = new JsonArray();
        var draft = new Draft(row, body, savedAt);
        Drafts.Add(draft);
        return _drafts[(unit, period, revision)] = draft;
    }

    private string Unit(Cell cell)
    {
        var text = NumberText.Ascii(cell.Text).Trim();
        if (cell.Finding is not null)
        {
            Findings.Add(new(cell.Place, cell.Finding));
        }
        else if (Exponent().IsMatch(text))
        {
            Findings.Add(new(cell.Place, FileFindings.SpoiltCode(text)));
        }

        return catalogue?.UnitNamed(text) ?? text;
    }

    private string Indicator(Cell cell)
    {
        var text = NumberText.Ascii(cell.Text).Trim();
        return catalogue?.IndicatorNamed(text) ?? text;
    }

    private string Month(Cell cell)
    {
        if (cell.Finding is null && MonthText.TryRead(cell.Text, out var period))
        {
            return period.ToString();
        }

        Findings.Add(new(cell.Place, cell.Finding ?? FileFindings.BadMonth(cell.Text)));
        return cell.Text.Trim();
    }

    private string Revision(Cell? cell)
    {
        if (cell is null || cell.IsEmpty)
        {
            return "";
        }

        if (NumberText.TryRead(cell.Text, out var number, out _) && number is >= 1 and <= 9999 && decimal.IsInteger(number))
        {
            return number.ToString("0", System.Globalization.CultureInfo.InvariantCulture);
        }

        Findings.Add(new(cell.Place, cell.Finding ?? FileFindings.BadWholeNumber(cell.Text)));
        return "";
    }

    private static decimal? Number(Draft draft, Cell cell)
    {
        var finding = cell.Finding;
        if (finding is null && NumberText.TryRead(cell.Text, out var number, out finding))
        {
            return number;
        }

        draft.Findings.Add(new(cell.Place, finding!));
        return null;
    }

    private static bool IsBlank(IReadOnlyDictionary<Column, Cell> cells) =>
        !IsWithdrawal(cells) && Figures.All(figure => !cells.TryGetValue(figure.Column, out var cell) || cell.IsEmpty);

    private static bool IsWithdrawal(IReadOnlyDictionary<Column, Cell> cells) =>
        TextIn(cells, Column.Withdraw) is "是" or "yes" or "撤回" || TextIn(cells, Column.Value)?.ToLowerInvariant() is "撤回" or "withdraw" or "null";

    private static string? TextIn(IReadOnlyDictionary<Column, Cell> cells, Column column) =>
        cells.TryGetValue(column, out var cell) && !cell.IsEmpty ? cell.Text.Trim() : null;

    [GeneratedRegex(@"\A[0-9](?:\.[0-9]+)?[eE]\+?[0-9]+\z")]
    private static partial Regex Exponent();
}
