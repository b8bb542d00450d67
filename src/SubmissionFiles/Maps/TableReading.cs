using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.SubmissionFiles.Rows;

namespace XilinIngest.SubmissionFiles.Maps;

/// <summary>What becomes of a cell.</summary>
internal enum CellUse
{
    Taken,

    /// <summary>It says of which unit, indicator or month the figures are, or in which unit of measure.</summary>
    Key,
    Heading, Ignored, Compared, Faulty,
}

/// <summary>A filled cell of a table and what becomes of it.</summary>
internal sealed record CellFate(SourceLocation Location, string Text, CellUse Use, string Zh, string En);

/// <summary>A cell for a figure of a submission.</summary>
/// <param name="Location">Its position.</param>
/// <param name="Cell">Its content; null: it is empty.</param>
/// <param name="Unit">The unit.</param>
/// <param name="Period">The month.</param>
/// <param name="Indicator">The indicator.</param>
/// <param name="Field">Which figure of the submission.</param>
/// <param name="Measure">The unit of measure in the table.</param>
/// <param name="Factor">What the figure is multiplied by to be in the catalogue's unit of measure.</param>
internal sealed record TableFigure(
    SourceLocation Location, FileCell? Cell, Unit Unit, Period Period, Indicator Indicator, FormColumn Field, string Measure,
    decimal Factor)
{
    /// <summary>Whether the figures of several units may be added.</summary>
    public bool IsAdditive => !(Indicator.Kind.IsRatio && Field == FormColumn.Value) && Field != FormColumn.Date
        && Indicator.Kind.StagesOf(Indicator).Count == 0;
}

/// <summary>A file of tables as a map reads it.</summary>
/// <param name="Content">The submissions, and the findings of the file and the map.</param>
/// <param name="Figures">The cells for figures, those that are empty too.</param>
/// <param name="Fates">Every filled cell, in the order of the file.</param>
internal sealed record TableReading(FileContent Content, IReadOnlyList<TableFigure> Figures, IReadOnlyList<CellFate> Fates);

/// <summary>Collects what is found while tables are read.</summary>
internal sealed class TableNotes
{
    private readonly Dictionary<(string? Sheet, string Cell), CellFate> _fates = [];
    private readonly HashSet<LocatedFinding> _seen = [];

    public List<LocatedFinding> Findings { get; } = [];

    public List<LocatedFinding> Notices { get; } = [];

    /// <summary>Whether something is known of the cell.</summary>
    public bool Has(FileCell cell) => _fates.ContainsKey(KeyOf(cell.Location));

    public CellFate? Of(FileCell cell) => _fates.GetValueOrDefault(KeyOf(cell.Location));

    /// <summary>Adds a finding once, however many cells it concerns.</summary>
    public void AddFinding(SourceLocation at, Finding finding)
    {
        if (_seen.Add(new(at, finding)))
        {
            Findings.Add(new(at, finding));
        }
    }

    /// <summary>Adds the finding of a cell.</summary>
    public void AddFinding(FileCell cell, Finding finding)
    {
        AddFinding(cell.Location, finding);
        SetFaulty(cell.Location, cell.Text, finding);
    }

    public void AddNotice(SourceLocation at, Finding finding)
    {
        if (_seen.Add(new(at, finding)))
        {
            Notices.Add(new(at, finding));
        }
    }

    /// <summary>Marks the cell of a finding that is told elsewhere.</summary>
    public void SetFaulty(LocatedFinding found) => SetFaulty(
        found.Location, _fates.GetValueOrDefault(KeyOf(found.Location))?.Text ?? "", found.Finding);

    /// <summary>Sets what becomes of a cell, unless it is faulty.</summary>
    public void Set(FileCell cell, CellUse use, string zh, string en)
    {
        var key = KeyOf(cell.Location);
        if (_fates.GetValueOrDefault(key)?.Use != CellUse.Faulty)
        {
            _fates[key] = new(cell.Location, InputText.Trim(cell.Text), use, zh, en);
        }
    }

    private void SetFaulty(SourceLocation at, string text, Finding finding) => Set(
        new FileCell(text, at), CellUse.Faulty, $"[{finding.Rule}] {finding.MessageZh}{finding.RemedyZh}",
        $"[{finding.Rule}] {finding.MessageEn} {finding.RemedyEn}");

    private static (string? Sheet, string Cell) KeyOf(SourceLocation at) => (at.Sheet, at.Cell ?? "");
}
