using Compagnon.App.Privacy;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;

namespace Compagnon.App.Companions;

/// <summary>A companion's own file, as they see it themselves.</summary>
[UseCases]
public sealed class MyProfile(Files files)
{
    public async Task<CompanionFile?> ShowAsync(Actor actor, CancellationToken stop = default) =>
        actor.Role is Role.Companion ? await files.OpenCompanionAsync(actor, actor.PersonId, ReadWhat.Profile, stop: stop) : null;
}
