using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.Extensions.Logging;
using XilinIngest.Hosting.Access;

namespace XilinIngest.Dashboard.SignIn;

/// <summary>Who looks at the page, of a request or of a circuit; no one, from the moment that their sign-in holds no more.</summary>
internal sealed class CurrentCaller(AuthenticationStateProvider state, AccessKeyRegistry accessKeys)
{
    private Caller? _requestCaller;

    /// <summary>Of a request that is for no page.</summary>
    public void Set(Caller caller) => _requestCaller = caller;

    public async Task<Caller> GetAsync()
    {
        var caller = _requestCaller ?? Caller.FromPrincipal((await state.GetAuthenticationStateAsync()).User);
        return accessKeys.IsStillValid(caller) ? caller : Caller.Anonymous;
    }
}

/// <summary>Looks every few seconds whether the sign-in that an open page began with still holds: a page can stay open for weeks.</summary>
internal sealed class CallerRevalidation(ILoggerFactory logging, AccessKeyRegistry accessKeys)
    : RevalidatingServerAuthenticationStateProvider(logging)
{
    protected override TimeSpan RevalidationInterval => TimeSpan.FromSeconds(2);

    protected override Task<bool> ValidateAuthenticationStateAsync(
        AuthenticationState authenticationState, CancellationToken cancellationToken) =>
        Task.FromResult(accessKeys.IsStillValid(Caller.FromPrincipal(authenticationState.User)));
}
