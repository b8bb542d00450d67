using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using XilinIngest.Hosting.Access;

namespace XilinIngest.Dashboard.SignIn;

/// <summary>The caller of a request or a circuit; anonymous as soon as the sign-in is no longer valid.</summary>
internal sealed class CurrentCaller(AuthenticationStateProvider state, AccessKeyRegistry accessKeys)
{
    private Caller? _requestCaller;

    /// <summary>Sets the caller of a request that is not for a page.</summary>
    public void Set(Caller caller) => _requestCaller = caller;

    public async Task<Caller> GetAsync()
    {
        var caller = _requestCaller ?? Caller.FromPrincipal((await state.GetAuthenticationStateAsync()).User);
        return accessKeys.IsStillValid(caller) ? caller : Caller.Anonymous;
    }
}

/// <summary>Checks every few seconds whether the sign-in of an open page is still valid, because a page can be open for weeks.</summary>
internal sealed class CallerRevalidation(ILoggerFactory logging, AccessKeyRegistry accessKeys)
    : RevalidatingServerAuthenticationStateProvider(logging)
{
    protected override TimeSpan RevalidationInterval => TimeSpan.FromSeconds(2);

    protected override Task<bool> ValidateAuthenticationStateAsync(
        AuthenticationState authenticationState, CancellationToken cancellationToken) =>
        Task.FromResult(accessKeys.IsStillValid(Caller.FromPrincipal(authenticationState.User)));
}
