using System.Globalization;
using XilinIngest.Aggregator.Publishing;
using XilinIngest.CatalogueFiles;

namespace XilinIngest.Aggregator.Api;

/// <summary>
/// What readers see besides results, and the live feed announces when it changes, so that they ask for it again: the catalogue, the files
/// beside it, and the edited texts of reports. An announcement has no id, because it is not a result.
/// </summary>
internal sealed class Announcements(
    CatalogueSource catalogues, DefinitionSource definitions, ContactSource contacts, OutlineSource outlines, ResultFeed feed)
{
    /// <summary>Another catalogue is in force; the data has its version.</summary>
    public const string CatalogueChanged = nameof(CatalogueChanged);

    private const string NoData = "{}";

    /// <summary>Everything as of now. What has another state than before has changed.</summary>
    public IReadOnlyList<Announcement> Read()
    {
        var version = CatalogueText.For(catalogues.Current).Version;
        return
        [
            new(CatalogueChanged, version, $"{{\"version\":\"{version}\"}}"),
            new("DefinitionsChanged", definitions.Current, NoData),
            new("ContactsChanged", contacts.Current, NoData),
            new("OutlinesChanged", outlines.Current, NoData),
            new("ReportTextsChanged", feed.EditedTexts.ToString(CultureInfo.InvariantCulture), NoData),
        ];
    }
}

/// <summary>What may have to be announced.</summary>
/// <param name="Event">The event.</param>
/// <param name="State">What changes with it.</param>
/// <param name="Data">The data of the event.</param>
internal sealed record Announcement(string Event, object State, string Data);
