namespace Compagnon.App.Tests.Architecture;

/// <summary>Where a rule of the house is set aside, by type, each with its reason. A new name here is a decision, not a detail.</summary>
internal static class Allowed
{
    /// <summary>May open what is encrypted under a person's key.</summary>
    public static readonly Dictionary<string, string> Open = new(StringComparer.Ordinal)
    {
        ["Compagnon.App.Privacy.Vault"] = "itself",
        ["Compagnon.App.Privacy.Files"] = "the loader: decides and records",
        ["Compagnon.App.Messages.Outbox"] = "the receiver's own address, to write them a letter",
        ["Compagnon.App.Messages.Sending.SendLetters"] = "the letter itself, where it leaves",
        ["Compagnon.App.Messages.Sending.SentLetters"] = "the demonstration's page of letters; exists nowhere else",
        ["Compagnon.App.Access.AccountStore"] = "the account's own authenticator key",
        ["Compagnon.App.Operations.Restore"] = "one field, to prove that a backup opens; never shown",
    };

    /// <summary>
    /// May ask for rows about people past the loader. None of them opens an identity: what is read is a random id, a date, a step. Lists get their names from the
    /// loader, which records one row a page and leaves out whoever is restricted.
    /// </summary>
    public static readonly Dictionary<string, string> Read = new(StringComparer.Ordinal)
    {
        ["Compagnon.App.Privacy.Files"] = "the loader: decides and records",
        ["Compagnon.App.Privacy.Erasure"] = "empties what stands about the person",
        ["Compagnon.App.Privacy.ErasureRequests"] = "is anything still open, and the file number that the privacy officer decides by",
        ["Compagnon.App.Privacy.KnownCompanions"] = "does a keyed index of this person lead to a companion: yes or no",
        ["Compagnon.App.Privacy.Restrictions"] = "would somebody be left for each open file, were one more in a group: yes or no",
        ["Compagnon.App.Privacy.ReadLog"] = "file numbers beside reads",
        ["Compagnon.App.Access.DemoCast"] = "the demonstration's page of people; exists nowhere else",
        ["Compagnon.App.Access.Sessions"] = "the facility of a patient's own request, as they enter",
        ["Compagnon.App.Accompaniments.AccompanimentBoard"] = "a list of a facility: ids and dates, names from the loader",
        ["Compagnon.App.Accompaniments.AgreeOn"] = "when the companion was last matched, written as it happens",
        ["Compagnon.App.Accompaniments.Endings"] = "consents that end with the request",
        ["Compagnon.App.Accompaniments.FollowUps"] = "a count; dates of conversations, of a pair whose file the loader has opened or that a save is about",
        ["Compagnon.App.Accompaniments.Logbooks"] = "was this conversation written down already: yes or no",
        ["Compagnon.App.Accompaniments.Setbacks"] = "whose requests a companion's absence touches, to change them",
        ["Compagnon.App.Companions.Profiles"] = "was this form saved already: yes or no",
        ["Compagnon.App.Companions.Roster"] = "a list of a facility, names from the loader",
        ["Compagnon.App.Day.DayAside"] = "counts, and which companions are idle or full, names from the loader",
        ["Compagnon.App.Day.FacilityFiles"] = "a list of a facility, names from the loader",
        ["Compagnon.App.Day.FileQuery"] = "pseudonyms beside a file that the loader has opened",
        ["Compagnon.App.Day.Overview"] = "counts",
        ["Compagnon.App.Day.Restrictable"] = "pseudonyms of a facility's companions, to be kept out of a file",
        ["Compagnon.App.Home.CompanionHome"] = "does anybody still choose: a count",
        ["Compagnon.App.Home.CompanionSheet"] = "pairs of a companion whom the loader has opened, and who asked to be called",
        ["Compagnon.App.Matching.AnswerProposal"] = "is the one who answers still cleared",
        ["Compagnon.App.Matching.ExpireProposals"] = "a job: what is out of date",
        ["Compagnon.App.Matching.MatchBoard"] = "a list of a facility, names from the loader",
        ["Compagnon.App.Matching.MatchTables"] = "facts of companions for the ranking, without identity; the file itself comes from the loader",
        ["Compagnon.App.Matching.RoundKeeper"] = "which of the companions who said yes a file still lets in",
        ["Compagnon.App.Matching.RoundTables"] = "facts of a facility for the round, without identity; names from the loader",
        ["Compagnon.App.Messages.ReturnedLetters"] = "which request a returned letter belongs to: its id",
        ["Compagnon.App.Referrals.ClinicReferrals"] = "a clinic's list, names from the loader",
        ["Compagnon.App.Referrals.EraseDrafts"] = "a job: what was never sent",
        ["Compagnon.App.Referrals.ExpireOffers"] = "a job: what is out of date",
        ["Compagnon.App.Referrals.RebuildDueDatesJob"] = "a job: dates written anew",
        ["Compagnon.App.Referrals.Refer"] = "was this form saved already, and is it its sender's own",
        ["Compagnon.App.Referrals.SelfReferral"] = "was this form saved already, for whom",
        ["Compagnon.App.Referrals.Withdraw"] = "consents that end with the request",
        ["Compagnon.App.Space.MyAccess"] = "pseudonyms beside a file that the loader has opened",
    };

    /// <summary>May give access without the code.</summary>
    public static readonly Dictionary<string, string> OpenUnasked = new(StringComparer.Ordinal)
    {
        ["Compagnon.App.Access.Accounts.CreateAdministratorAsync"] = "a command of the machine itself: nobody is signed in",
        ["Compagnon.App.Demonstration.DemonstrationData.FillAsync"] = "invented people without an account",
    };

    /// <summary>May know the database among the types of the web.</summary>
    public static readonly Dictionary<string, string> MeetDatabase = new(StringComparer.Ordinal)
    {
        ["Compagnon.Web.Commands.Faults"] = "says in words that the database failed; asks it nothing",
    };

    /// <summary>Of the web's stages, may know a later one.</summary>
    public static readonly Dictionary<string, string> LookAhead = new(StringComparer.Ordinal)
    {
        ["Compagnon.Web.Companions.HomePage"] = "the companion's home, a view across stages",
        ["Compagnon.Web.Companions.PersonPanel"] = "a part of that home",
        ["Compagnon.Web.Companions.ProposalPanel"] = "a part of that home",
        ["Compagnon.Web.Companions.SummaryWords"] = "a part of that home",
        ["Compagnon.Web.Companions.CompanionPage"] = "shows the card that a patient would read",
        ["Compagnon.Web.Companions.MyProfilePage"] = "shows the card that a patient would read",
        ["Compagnon.Web.Companions.PauseForm"] = "an illness that comes back reaches whoever they accompany",
        ["Compagnon.Web.Companions.EndPage"] = "a death reaches whoever they accompanied",
    };
}
