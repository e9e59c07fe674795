using Compagnon.Web.Forms;

namespace Compagnon.Web.Companions;

/// <summary>A profile as typed, whole or in part: the coordinator fills it on one page, the companion on a page a part.</summary>
public sealed class ProfileFields
{
    public string? GivenName { get; set; }
    public string? FamilyName { get; set; }
    public string? Telephone { get; set; }
    public string? Email { get; set; }
    public DateText Born { get; set; } = new();
    public string? Language { get; set; }
    public List<ExperienceText> Experiences { get; set => field = value ?? []; } = [];
    public List<string> LivedTopics { get; set => field = value ?? []; } = [];
    public List<string> AvoidedTopics { get; set => field = value ?? []; } = [];
    public string? Gender { get; set; }
    public List<string> Languages { get; set => field = value ?? []; } = [];
    public List<string> Life { get; set => field = value ?? []; } = [];
    public string? Culture { get; set; }
    public string? Municipality { get; set; }
    public List<string> Availability { get; set => field = value ?? []; } = [];
    public List<string> Channels { get; set => field = value ?? []; } = [];
    public string? Capacity { get; set; }
    public string? Pseudonym { get; set; }
    public string? OwnWords { get; set; }
    public DateText ClearedUntil { get; set; } = new();
    public string? Invite { get; set; }
    public string? DuplicateSeen { get; set; }
    public string? Version { get; set; }
    public string? Code { get; set; }
    /// <summary>The button: empty saves, "cancer" and "traitement-0" add a row, "retirer-0" and "retirer-0-1" take one away.</summary>
    public string? Do { get; set; }
}

public sealed class ExperienceText
{
    public string? Site { get; set; }
    public string? Year { get; set; }
    public List<TreatmentText> Treatments { get; set => field = value ?? []; } = [];

    public bool IsEmpty => string.IsNullOrWhiteSpace(Site + Year) && Treatments.TrueForAll(t => t.IsEmpty);
}

public sealed class TreatmentText
{
    public string? Treatment { get; set; }
    public string? Year { get; set; }
    public string? Regimen { get; set; }

    public bool IsEmpty => string.IsNullOrWhiteSpace(Treatment + Year + Regimen);
}
