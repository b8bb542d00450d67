using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace XilinIngest.CatalogueFiles;

public static class CatalogueRegistration
{
    /// <summary>
    /// One <see cref="CatalogueSource"/> for the process. It is read when first asked for: resolve it while the host starts, so that
    /// a faulty catalogue stops the start and not the first submission.
    /// </summary>
    public static IServiceCollection AddCatalogue(this IServiceCollection services, string folder) =>
        services.AddCatalogue(new CatalogueSourceOptions { Folder = folder });

    /// <inheritdoc cref="AddCatalogue(IServiceCollection, string)"/>
    public static IServiceCollection AddCatalogue(this IServiceCollection services, CatalogueSourceOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider => new CatalogueSource(
            options, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<CatalogueSource>>()));
        return services;
    }
}
