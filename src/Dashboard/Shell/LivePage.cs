using Microsoft.AspNetCore.Components;
using XilinIngest.Dashboard.Data;
using XilinIngest.Dashboard.Formatting;
using XilinIngest.Hosting.Access;

namespace XilinIngest.Dashboard.Shell;

/// <summary>
/// A page that follows the live feed. It loads its data again after each notification and navigation, and shows the previous data until
/// the response arrives.
/// </summary>
public abstract class LivePage : ComponentBase
{
    [CascadingParameter] internal PageContext PageContext { get; set; } = null!;

    [CascadingParameter] internal Lang Lang { get; set; } = null!;

    /// <summary>The caller who reads the page.</summary>
    [CascadingParameter] internal Caller Caller { get; set; } = Caller.Anonymous;

    [Inject] internal ServiceClient Client { get; set; } = null!;

    /// <summary>Loads the data of the page.</summary>
    /// <param name="latest">Applies a response; it discards responses for an earlier unit, month or notification.</param>
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

    /// <summary>Applies a response if it is still current.</summary>
    protected delegate void ApplyIfCurrent(Action set);
}
