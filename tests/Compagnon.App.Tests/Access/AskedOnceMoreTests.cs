using Compagnon.App.Access;
using Compagnon.App.Accompaniments;
using Compagnon.App.Companions;
using Compagnon.App.Messages;
using Compagnon.App.Privacy;
using Compagnon.App.Tests.Companions;
using Compagnon.Domain;
using Compagnon.Domain.Access;
using Compagnon.Domain.Companions;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using Compagnon.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Tests.Access;

/// <summary>The use case asks for the code, whatever page calls it: without one, or with a wrong one, nothing at all is changed, even by the guess that locks.</summary>
public sealed class AskedOnceMoreTests
{
    private static readonly Guid Entered = Guid.CreateVersion7();

    [Theory, OnBothDatabases]
    public async Task NothingThatOpensOrErases_IsDoneWithoutTheCode(Db db)
    {
        await using var world = await World.OnAsync(db);
        var (me, _) = await world.EnrolledAsync();
        var (coordinator, administrator, officer) = (world.Coordinator with { PersonId = me }, As(Role.Administrator), As(Role.PrivacyOfficer));
        var invited = world.Invite("karim@exemple.test");
        await HoldsAsync(code => Refused<Invitations, Done>(i => i.InviteAsync(coordinator, invited with { Code = code })));
        await HoldsAsync(code => Refused<Invitations, Done>(i => i.InviteAsync(administrator, world.Invite("karim@exemple.test", Role.Manager) with { Code = code })));
        var companion = ProfilesTests.Enter() with { Key = Entered };
        await HoldsAsync(code => Refused<Profiles, Guid>(p => p.EnterAsync(coordinator, companion with { Code = code })));
        await HoldsAsync(code => Refused<Profiles, Guid>(p => p.ChangeAsync(coordinator, new ProfileChange { CompanionId = Entered, Identity = companion.Identity with { Email = "autre@exemple.test" }, Code = code })));
        var karim = await world.Rows(rows => rows.Set<Membership>().Where(m => m.Id == invited.Key).Select(m => m.PersonId).SingleAsync());
        // an invitation that goes out again opens nothing; one that enrols again replaces a password
        Assert.Null(await Refused<Invitations, Done>(i => i.SendAgainAsync(administrator, karim, code: null)));
        await world.Rows(rows => rows.Set<Account>().Where(a => a.PersonId == karim).ExecuteUpdateAsync(s => s.SetProperty(a => a.PasswordHash, "set")));
        await HoldsAsync(code => Refused<Invitations, Done>(i => i.SendAgainAsync(administrator, karim, code)));
        await HoldsAsync(code => Refused<Accounts, Done>(a => a.DisableAsync(administrator, karim, code)));
        await HoldsAsync(code => Refused<Accounts, Done>(a => a.EnableAsync(administrator, karim, code)));
        await HoldsAsync(code => Refused<Accounts, Done>(a => a.EndRoleAsync(administrator, invited.Key, code)));
        var id = await world.ReferralAsync();
        await world.In<CloseFile, Outcome<Done>>(c => c.CloseAsync(world.Coordinator, new CloseCommand { ReferralId = id, Closing = Closing.NotReached }));
        await world.In<ErasureRequests, Outcome<Done>>(r => r.AskForPatientAsync(world.Coordinator, id, ErasureReason.AskedByPerson));
        var request = await world.Rows(rows => rows.Set<ErasureRequest>().Select(r => r.Id).SingleAsync());
        await HoldsAsync(code => Refused<ErasureRequests, Done>(r => r.DecideAsync(officer, request, erase: true, code)));

        Actor As(Role role) => new() { NetworkId = 1, PersonId = me, Role = role };
        Task<Refusal?> Refused<T, TValue>(Func<T, Task<Outcome<TValue>>> act) where T : notnull => world.In<T, Refusal?>(async t => (await act(t)).Refusal);

        async Task HoldsAsync(Func<string?, Task<Refusal?>> act)
        {
            var before = await StateAsync(world);
            Assert.IsType<CodeNeeded>(await act(null));
            for (var i = 0; i < 6; i++) Assert.IsType<CodeWrong>(await act("000000"));
            Assert.Equal(before, await StateAsync(world));
            // locked: not even the right one, for a while
            Assert.IsType<CodeWrong>(await act(await world.CodeAsync(me)));
            world.Clock.Pass(TimeSpan.FromMinutes(16));
            Assert.Null(await act(await world.CodeAsync(me)));
            Assert.NotEqual(before, await StateAsync(world));
            world.Clock.Pass(TimeSpan.FromMinutes(1));
        }
    }

    /// <summary>A code works once: it is used up by what is done, not by a slip, so that the same one still serves. Without it, nobody learns which addresses are known.</summary>
    [Theory, OnBothDatabases]
    public async Task ARefusal_CostsNoCode(Db db)
    {
        await using var world = await World.OnAsync(db);
        var (me, _) = await world.EnrolledAsync();
        var coordinator = world.Coordinator with { PersonId = me };
        var code = await world.CodeAsync(me);
        var companion = ProfilesTests.Enter() with { Code = code };
        var taken = companion with { Identity = companion.Identity with { Email = Doors.Email } };
        Assert.IsType<CodeNeeded>((await EnterAsync(taken with { Code = null })).Refusal);
        Assert.IsType<AddressInUse>((await EnterAsync(taken)).Refusal);
        Assert.True((await EnterAsync(companion)).IsDone);
        // used up by now
        Assert.IsType<CodeWrong>((await EnterAsync(companion with { Key = Guid.CreateVersion7(), DuplicateSeen = true })).Refusal);
        world.Clock.Pass(TimeSpan.FromMinutes(1));
        var next = await world.CodeAsync(me);
        Assert.IsType<AddressInUse>((await ChangeAsync(Doors.Email)).Refusal);
        Assert.True((await ChangeAsync("autre@exemple.test")).IsDone);
        world.Clock.Pass(TimeSpan.FromMinutes(1));
        var last = await world.CodeAsync(me);
        Assert.IsType<AddressInUse>((await world.InviteAsync(coordinator, world.Invite("autre@exemple.test") with { Code = last })).Refusal);
        Assert.True((await world.InviteAsync(coordinator, world.Invite("karim@exemple.test") with { Code = last })).IsDone);
        Assert.IsType<CodeWrong>((await world.InviteAsync(coordinator, world.Invite("zoe@exemple.test") with { Code = last })).Refusal);

        Task<Outcome<Guid>> EnterAsync(EnterCompanion command) => world.In<Profiles, Outcome<Guid>>(p => p.EnterAsync(coordinator, command));
        Task<Outcome<Guid>> ChangeAsync(string email) => world.In<Profiles, Outcome<Guid>>(p =>
            p.ChangeAsync(coordinator, new ProfileChange { CompanionId = companion.Key, Identity = companion.Identity with { Email = email }, Code = next }));
    }

    /// <summary>What would tell that something was done, but for the lock itself.</summary>
    private static Task<string> StateAsync(World world) => world.Rows(async rows => string.Join(' ',
        await rows.Set<AuditRow>().CountAsync(a => a.Type != nameof(AccountLocked)), await rows.Set<Person>().CountAsync(), await rows.Set<Companion>().CountAsync(), await rows.Set<OutboxMessage>().CountAsync(),
        await rows.Set<Account>().CountAsync(), await rows.Set<Account>().CountAsync(a => a.DisabledAt != null), await rows.Set<Invitation>().CountAsync(i => i.UsedAt == null), await rows.Set<Membership>().CountAsync(),
        await rows.Set<Membership>().CountAsync(m => m.EndedAt != null), await rows.Set<Person>().CountAsync(p => p.ErasedAt != null), await rows.Set<Companion>().SumAsync(c => c.Version),
        await rows.Set<ErasureRequest>().CountAsync(r => r.DecidedAt != null)));
}
