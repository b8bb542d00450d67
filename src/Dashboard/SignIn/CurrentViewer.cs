using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.Extensions.Logging;
using XilinIngest.Hosting.Access;

namespace XilinIngest.Dashboard.SignIn;

/// <summary>Who looks at the page, of a request or of a circuit; no one, from the moment that their sign-in holds no more.</summary>
internal sealed class CurrentViewer(AuthenticationStateProvider state, Doorkeeper keeper)
{
    private Viewer? _asked;

    /// <summary>Of a request that is for no page.</summary>
    public void Is(Viewer viewer) => _asked = viewer;

    public async Task<Viewer> GetAsync()
    {
        var viewer = _asked ?? Viewer.Of((await state.GetAuthenticationStateAsync()).User);
        return keeper.Holds(viewer) ? viewer : Viewer.NoOne;
    }
}

/// <summary>Looks every few seconds whether the sign-in that an open page began with still holds: a page can stay open for weeks.</summary>
internal sealed class OpenPages(ILoggerFactory logging, Doorkeeper keeper) : RevalidatingServerAuthenticationStateProvider(logging)
{
    protected override TimeSpan RevalidationInterval => TimeSpan.FromSeconds(2);

    protected override Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken) =>
        Task.FromResult(keeper.Holds(Viewer.Of(authenticationState.User)));
}
