using Microsoft.AspNetCore.Components;
using XilinIngest.Dashboard.Data;
using XilinIngest.Dashboard.Formatting;
using XilinIngest.Hosting.Access;

namespace XilinIngest.Dashboard.Shell;

/// <summary>
/// A page that follows the news: whenever there is some, or the reader goes elsewhere, it asks again, and goes on showing what it has
/// until the answer is there.
/// </summary>
public abstract class LivePage : ComponentBase
{
    [CascadingParameter] internal PageContext PageContext { get; set; } = null!;

    [CascadingParameter] internal Lang Lang { get; set; } = null!;

    /// <summary>Who looks at the page.</summary>
    [CascadingParameter] internal Caller Caller { get; set; } = Caller.Anonymous;

    [Inject] internal ServiceClient Client { get; set; } = null!;

    /// <summary>Asks what the page shows.</summary>
    /// <param name="latest">To be given each answer: it drops those to a question that is no longer asked.</param>
    protected abstract Task LoadAsync(ApplyIfCurrent latest);

    protected override Task OnParametersSetAsync()
    {
        var asked = PageContext;
        return LoadAsync(set =>
        {
            if (ReferenceEquals(asked, PageContext))
            {
                set();
            }
        });
    }

    /// <summary>Sets an answer, if it is still the one that is wanted.</summary>
    protected delegate void ApplyIfCurrent(Action set);
}
