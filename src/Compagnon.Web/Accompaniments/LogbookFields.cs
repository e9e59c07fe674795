using System.Text.Json;
using Compagnon.Domain.Accompaniments;
using Compagnon.Web.Forms;

namespace Compagnon.Web.Accompaniments;

/// <summary>An entry as typed; also what a draft keeps.</summary>
public sealed class LogbookFields
{
    public DateText On { get; set; } = new();
    public string? At { get; set; }
    public string? Channel { get; set; }
    public string? Together { get; set; }
    public string? Minutes { get; set; }
    public List<string> Emotional { get; set => field = value ?? []; } = [];
    public List<string> Informational { get; set => field = value ?? []; } = [];
    public List<string> Educational { get; set => field = value ?? []; } = [];
    public List<string> Navigational { get; set => field = value ?? []; } = [];
    public string? Seemed { get; set; }
    public string? Reflection { get; set; }
    public string? Share { get; set; }
    public string? HowAreYou { get; set; }
    public DateText NextOn { get; set; } = new();
    public string? NextNote { get; set; }
    /// <summary>The button: "brouillon" keeps it for later.</summary>
    public string? Do { get; set; }

    public List<string> Of(Support kind) => kind switch
    {
        Support.Emotional => Emotional,
        Support.Informational => Informational,
        Support.Educational => Educational,
        Support.Navigational => Navigational,
    };

    public string ToDraft() => JsonSerializer.Serialize(this);

    public static LogbookFields? FromDraft(string typed) => JsonSerializer.Deserialize<LogbookFields>(typed);
}
