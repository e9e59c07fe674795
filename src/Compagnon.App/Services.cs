using Compagnon.App.Audit;
using Compagnon.App.Data;
using Compagnon.App.Jobs;
using Compagnon.App.Messages;
using Compagnon.App.Messages.Sending;
using Compagnon.App.Privacy;
using Compagnon.Domain.Programme;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Compagnon.App;

/// <summary>Everything App offers, for the host, the commands and the tests. Use cases are found by their namespace: a stage adds one by writing it.</summary>
public static class Services
{
    public static IServiceCollection AddCompagnon(this IServiceCollection services, Database database, KeyRing keys, AuditHead head)
    {
        services.AddSingleton(database).AddSingleton(keys).AddSingleton(head).AddSingleton(TimeProvider.System).AddSingleton<WorkingCalendar>();
        services.AddScoped<NetworkScope>().AddScoped<PostedForm>();
        services.AddDbContext<CompagnonDb>(database.Configure);
        services.AddScoped<Vault>().AddScoped<Duplicates>().AddScoped<Identities>().AddScoped<KnownCompanions>().AddScoped<Files>().AddScoped<Outbox>().AddScoped<Seals>();
        foreach (var type in typeof(Services).Assembly.GetTypes().Where(t => t is { IsClass: true, IsAbstract: false }))
        {
            if (typeof(IJobHandler).IsAssignableFrom(type)) services.AddScoped(typeof(IJobHandler), type);
            if (Attribute.IsDefined(type, typeof(UseCasesAttribute))) services.AddScoped(type);
        }
        // the host may have said where the mail server and the list of the erased are
        services.TryAddSingleton(new MailSettings());
        services.TryAddSingleton(new ErasureList(path: null));
        services.TryAddSingleton<IMailServer, SmtpServer>();
        services.AddSingleton<JobRunner>().AddSingleton<Access.SessionCache>().AddSingleton<Access.PublicAddress>().AddSingleton<Access.Secrets>();
        return services;
    }
}

/// <summary>A class of use cases or queries: registered by itself, one instance a request.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class UseCasesAttribute : Attribute;
