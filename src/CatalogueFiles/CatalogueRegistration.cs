using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace XilinIngest.CatalogueFiles;

public static class CatalogueRegistration
{
    /// <summary>
    /// Registers one <see cref="CatalogueSource"/> for the process. Its files are read from now on. Resolve it while the host starts,
    /// so that a faulty catalogue stops the start and not the first submission.
    /// </summary>
    public static IServiceCollection AddCatalogue(this IServiceCollection services, string folder) =>
        services.AddCatalogue(new CatalogueSourceOptions { Folder = folder });

    /// <inheritdoc cref="AddCatalogue(IServiceCollection, string)"/>
    public static IServiceCollection AddCatalogue(this IServiceCollection services, CatalogueSourceOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        var create = CatalogueSource.BeginRead(options);
        services.TryAddSingleton(provider => create(
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<CatalogueSource>>()));
        services.TryAddSingleton<ContactSource>();
        services.TryAddSingleton<RouteSource>();
        services.TryAddSingleton<ReminderSource>();
        services.TryAddSingleton<OutlineSource>();
        services.TryAddSingleton<DefinitionSource>();
        return services;
    }
}
