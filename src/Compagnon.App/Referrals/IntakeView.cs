using System.Security.Cryptography;
using System.Text.Json;
using Compagnon.App.Audit;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;

namespace Compagnon.App.Referrals;

public sealed record FacilityChoice(Guid Id, string Name, string Municipality);

/// <summary>A request as its questions show it: the answers so far and which question comes when.</summary>
public sealed class IntakeView
{
    public required Guid ReferralId { get; init; }
    public required string FileNumber { get; init; }
    /// <summary>A coordinator answers for somebody on the telephone.</summary>
    public required bool OnBehalf { get; init; }
    public required IntakeFacts Facts { get; init; }
    public required DateOnly Today { get; init; }
    public required IReadOnlyList<FacilityChoice> Facilities { get; init; }
    public required IReadOnlyList<Consent> Consents { get; init; }
    internal Referral Referral { get; init; } = null!;
    internal IdentityFields Identity { get; init; } = null!;

    public string? GivenName => Identity.GivenName;
    public string? Email => Identity.Email;
    public bool IsDraft => ReferralState.IsDraft(Referral);
    public bool IsOpen => ReferralState.IsOpen(Referral);
    public bool IsSent => Referral.IntakeCompletedAt is not null;
    public bool IsSelf => Referral.Source is ReferralSource.Self;
    public IReadOnlyList<IntakePage> Pages => IntakePages.Of(Referral, Facts);
    public IReadOnlyList<IntakePage> Missing => IntakePages.Missing(Referral, Facts);
    public IntakePage ResumeAt => IntakePages.ResumeAt(Referral, Facts);
    public IReadOnlyList<Treatment> UsualTreatments => TreatmentsPart.Usual(Referral);
    public IReadOnlyList<MustHave> PossibleMustHaves => MustHavesPart.Possible(Referral);
    public string? FacilityName => Facilities.FirstOrDefault(f => f.Id == Referral.FacilityId)?.Name;

    public bool IsAnswered(IntakePage page) => Referral.Intake.Answered.Contains(page);
    public IntakePage After(IntakePage page) => IntakePages.After(page, Referral, Facts);
    public IntakePage? Before(IntakePage page) => IntakePages.Before(page, Referral, Facts);

    public T Part<T>() where T : IntakePart => Enum.GetValues<IntakePage>().Select(p => IntakePart.Read(p, Referral, Identity)).OfType<T>().First();

    /// <summary>Said yes, said no, or was not asked yet.</summary>
    public bool? Said(ConsentKind kind)
    {
        if (Consents.Any(c => c.Kind == kind && c.WithdrawnAt is null)) return true;
        if (kind is ConsentKind.StatusToClinic) return Referral.StatusRefusedAt is not null ? false : null;
        return Referral.Intake.Answered.Contains(IntakeConsents.PageOf(kind)) ? false : null;
    }

    /// <summary>The answer of a page as a short mark: a form carries it, so that two windows notice each other.</summary>
    public string MarkOf(IntakePage page) => Mark(IntakePart.Read(page, Referral, Identity));

    internal static string Mark(IntakePart? part) =>
        part is null ? "" : Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(part, part.GetType(), Trail.Json)).AsSpan(0, 8));
}
