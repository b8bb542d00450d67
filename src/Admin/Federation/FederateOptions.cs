using System.CommandLine;
using XilinIngest.Indicators;

namespace XilinIngest.Admin.Federation;

/// <summary>The options of <c>federate</c>.</summary>
internal sealed class FederateOptions
{
    private readonly Option<string> _from = new("--from")
    {
        Description = "The lower installation, such as http://127.0.0.1:5080.",
        Required = true,
    };
    private readonly Option<string> _to = new("--to") { Description = "The upper installation.", Required = true };
    private readonly Option<string> _unit = new("--unit")
    {
        Description = "The unit's code, the same in both catalogues.",
        Required = true,
    };
    private readonly Option<string?> _periods = new("--periods")
    {
        Description = "The months, such as 2022-01..2022-12 or 2022-07 (default: from January of last year on).",
    };
    private readonly Option<bool> _provisional = new("--provisional")
    {
        Description = "Report totals while reports are missing too, marked as such. Without it only complete and final ones.",
    };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Say what would be reported, and report nothing." };
    private readonly Option<string?> _reason = new("--reason")
    {
        Description = "Why closed months are corrected (default: names the ledger rows that changed the totals).",
    };
    private readonly Option<string?> _explain = new("--explain")
    {
        Description = "The answer to the questions of the upper installation's checks, for all that it asks about.",
    };

    private readonly Option<bool> _watch = new("--watch")
    {
        Description = "Stay, and report whenever the lower installation publishes; wait while one of the two is away.",
    };
    private readonly Option<bool> _verify = new("--verify")
    {
        Description = "Report nothing, and compare what was reported with the lower installation and its ledger.",
    };
    private readonly Option<FileInfo?> _ledgerKey = new("--ledger-key")
    {
        Description = "With --verify: a file with the public keys of the lower ledger, as /api/ledger/key gave them before (default: as it "
            + "gives them now).",
    };

    public FederateOptions()
    {
        Language.AcceptOnlyFromAmong("zh", "en");
        foreach (var address in new[] { _from, _to })
        {
            address.Validators.Add(result =>
            {
                if (ParseAddress(result.GetValueOrDefault<string?>()) is null)
                {
                    result.AddError($"{address.Name} takes an http or https address without user and password.");
                }
            });
        }

        _unit.Validators.Add(result =>
        {
            if (!UnitCode.TryParse(result.GetValueOrDefault<string?>(), out _))
            {
                result.AddError("--unit takes the code of a unit, such as 320404004000.");
            }
        });
        _periods.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } text && ParsePeriods(text) is null)
            {
                result.AddError("--periods takes months such as 2022-01..2022-12, at most 60.");
            }
        });
    }

    public Option<string> Language { get; } =
        new("--lang") { Description = "zh or en: the language of what is printed.", DefaultValueFactory = _ => "zh" };

    public void AddTo(Command command)
    {
        Option[] all =
            [_from, _to, _unit, _periods, _provisional, _watch, _dryRun, _reason, _explain, _verify, _ledgerKey, Language];
        foreach (var option in all)
        {
            command.Options.Add(option);
        }

        command.Validators.Add(result =>
        {
            if (new[] { _watch, _dryRun, _verify }.Count(result.GetValue) > 1)
            {
                result.AddError("Give one of --watch, --dry-run and --verify.");
            }
        });
    }

    public FederateArguments Read(ParseResult result) => new(
        ParseAddress(result.GetValue(_from))!, ParseAddress(result.GetValue(_to))!, result.GetRequiredValue(_unit),
        ParsePeriods(result.GetValue(_periods)), result.GetValue(_provisional), result.GetValue(_dryRun), result.GetValue(_reason),
        result.GetValue(_explain))
    {
        Watches = result.GetValue(_watch),
        Verifies = result.GetValue(_verify),
        LedgerKeyFile = result.GetValue(_ledgerKey)?.FullName,
    };

    private static Uri? ParseAddress(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri is { Scheme: "http" or "https", UserInfo: "" } ? uri : null;

    private static (Period First, Period Last)? ParsePeriods(string? text)
    {
        const int maxMonths = 60;
        var ends = text?.Split("..", 2);
        return ends is not null && Period.TryParse(ends[0], out var first) && Period.TryParse(ends[^1], out var last)
            && first <= last && last < first.AddMonths(maxMonths) ? (first, last) : null;
    }
}

/// <summary>The options as given.</summary>
internal sealed record FederateArguments(
    Uri From, Uri To, string Unit, (Period First, Period Last)? Periods, bool TakesProvisional, bool IsDryRun, string? Reason,
    string? Explanation)
{
    public bool Watches { get; init; }

    public bool Verifies { get; init; }

    public string? LedgerKeyFile { get; init; }

    public FederationRequest ToRequest(string source) =>
        new(source, Unit, Periods, TakesProvisional, IsDryRun, Reason, Explanation);
}
