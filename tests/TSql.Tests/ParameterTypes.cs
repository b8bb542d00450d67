using XilinIngest.Aggregator.Cube;
using XilinIngest.Notifier.Notices;

namespace XilinIngest.TSql.Tests;

/// <summary>What type each parameter is sent as.</summary>
internal static class ParameterTypes
{
    private const string Text = "nvarchar(4000)";
    private const string Json = "nvarchar(max)";
    private const string Bytes = "varbinary(max)";
    private const string Long = "bigint";
    private const string Int = "int";

    private static readonly Dictionary<string, string> Types = new()
    {
        ["@Among"] = Json,
        ["@AppliedHash"] = Text,
        ["@AppliedThrough"] = Long,
        ["@After"] = Long,
        ["@Before"] = Long,
        ["@Code"] = Text,
        ["@Covering"] = Long,
        ["@Bytes"] = Long,
        ["@EndedAt"] = Text,
        ["@Epoch"] = Long,
        ["@Event"] = Text,
        ["@Former"] = Text,
        ["@MadeBy"] = Text,
        ["@OlderThan"] = Text,
        ["@Payload"] = Json,
        ["@Rankings"] = Long,
        ["@StartedAt"] = Text,
        ["@Through"] = Long,
        ["@Totals"] = Long,
        ["@Padding"] = Bytes,
        ["@First"] = Long,
        ["@From"] = Long,
        ["@Frontier"] = Bytes,
        ["@Id"] = Long,
        ["@Ids"] = Json,
        ["@Indicator"] = Text,
        ["@Kind"] = Text,
        ["@Last"] = Long,
        ["@Level"] = Int,
        ["@Limit"] = Int,
        ["@Month"] = Long,
        ["@CreatedAt"] = Text,
        ["@Number"] = Int,
        ["@Period"] = Text,
        ["@PublishedThrough"] = Long,
        ["@Renewed"] = Long,
        ["@ReplacedRevision"] = Long,
        ["@Resource"] = Text,
        ["@Result"] = "int OUTPUT",
        ["@Revision"] = Long,
        ["@Root"] = Text,
        ["@Rows"] = Json,
        ["@Rule"] = Text,
        ["@Sender"] = Text,
        ["@Sequence"] = Long,
        ["@Sequences"] = Json,
        ["@Units"] = Json,
        ["@FirstMonth"] = Text,
        ["@LastMonth"] = Text,
        ["@Signature"] = Text,
        ["@To"] = Long,
        ["@TreeSize"] = Long,
        ["@Unit"] = Text,
        ["@Verdict"] = Text,
        ["@Version"] = Int,
        ["@Wanted"] = Json,
        ["@Year"] = Int,
    };

    // Those of the notices that the others do not have, or send otherwise.
    private static readonly Dictionary<string, string> NoticeTypes = new()
    {
        ["@Action"] = Text,
        ["@Answer"] = Json,
        ["@Assignee"] = Text,
        ["@At"] = Text,
        ["@Before"] = Long,
        ["@ByRule"] = Text,
        ["@Channel"] = Text,
        ["@Colour"] = Text,
        ["@Content"] = Json,
        ["@Due"] = Text,
        ["@EndedAt"] = Text,
        ["@EndedBy"] = Text,
        ["@EndsAt"] = Text,
        ["@Events"] = Int,
        ["@Notices"] = Int,
        ["@Runs"] = Int,
        ["@EventId"] = Long,
        ["@GroupKey"] = Text,
        ["@IsDigest"] = Long,
        ["@IsLate"] = Long,
        ["@MadeAt"] = Text,
        ["@MadeFrom"] = Text,
        ["@MadeUntil"] = Text,
        ["@Level"] = Text,
        ["@MadeBy"] = Text,
        ["@Missing"] = Json,
        ["@Month"] = Text,
        ["@NextAttemptAt"] = Text,
        ["@Note"] = Text,
        ["@Notice"] = Long,
        ["@NoticeId"] = Text,
        ["@Now"] = Text,
        ["@Latest"] = Text,
        ["@Number"] = Long,
        ["@OlderThan"] = Text,
        ["@Outcome"] = Text,
        ["@Payload"] = Json,
        ["@Publication"] = Long,
        ["@PublishedAt"] = Text,
        ["@Reason"] = Text,
        ["@Route"] = Text,
        ["@Run"] = Long,
        ["@RunId"] = Text,
        ["@SilenceId"] = Text,
        ["@SilencedBy"] = Text,
        ["@StartsAt"] = Text,
        ["@State"] = Text,
        ["@TakenAt"] = Text,
        ["@Task"] = Long,
        ["@TriedAt"] = Text,
        ["@WithdrawnAt"] = Text,
    };

    // In the ledger a unit and a period may be any text that came; in the cube they are what the catalogue knows.
    private static readonly Dictionary<string, string> CubeTypes = new() { ["@Unit"] = Text, ["@Period"] = Int };

    /// <exception cref="KeyNotFoundException">A parameter that is not known here.</exception>
    public static string TypeOf(SqlServerText text, string parameter) =>
        text.Assembly == typeof(CubeStore).Assembly && CubeTypes.TryGetValue(parameter, out var ofTheCube) ? ofTheCube
        : text.Assembly == typeof(NoticeStore).Assembly && NoticeTypes.TryGetValue(parameter, out var ofTheNotices) ? ofTheNotices
        : Types.TryGetValue(parameter, out var type) ? type
        : throw new KeyNotFoundException(
            $"{text.Name} has a parameter {parameter} whose type is not in {nameof(ParameterTypes)}: add how it is sent.");
}
