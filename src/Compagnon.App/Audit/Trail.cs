using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Compagnon.App.Data;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;

namespace Compagnon.App.Audit;

/// <summary>Writes what happened into the same save as the change itself.</summary>
public static class Trail
{
    internal static readonly JsonSerializerOptions Json = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Converters = { new JsonStringEnumConverter() },
    };

    public static void Record(this CompagnonDb db, Actor actor, AuditEvent happened, DateTime now) => db.Add(new AuditRow
    {
        At = now, ActorId = actor.PersonId, ActorRole = actor.Role, Type = happened.GetType().Name, SubjectId = happened.Subject,
        Data = JsonSerializer.Serialize(happened, happened.GetType(), Json),
    });
}
