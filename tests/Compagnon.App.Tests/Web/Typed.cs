using Compagnon.Domain.Programme;
using Compagnon.Domain.Referrals;
using Compagnon.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Compagnon.App.Tests.Web;

/// <summary>What a visitor types, in few words: <c>await marianne.SendAsync("/reglages/delais", ("AnswerHours", "24"))</c>.</summary>
internal static class Typed
{
    public static Dictionary<string, string> Fields(params (string Name, string Value)[] fields) => fields.ToDictionary(f => "Input." + f.Name, f => f.Value, StringComparer.Ordinal);

    /// <summary>A date field, so many days from now.</summary>
    public static (string Name, string Value)[] In(int days, string field)
    {
        var day = DateTime.UtcNow.AddDays(days);
        return [($"{field}.Day", $"{day.Day}"), ($"{field}.Month", $"{day.Month}"), ($"{field}.Year", $"{day.Year}")];
    }

    public static async Task<Page> SendAsync(this Visitor visitor, string address, params (string Name, string Value)[] fields) =>
        await visitor.PostAsync(await visitor.GetAsync(address), Fields(fields));

    /// <summary>A request of this facility's that waits for this step, the oldest one.</summary>
    public static Task<Guid> WaitingAsync(this Site site, string facility, NextStep step) => site.Rows(db =>
        (from r in db.Set<Referral>() join f in db.Set<Facility>() on r.FacilityId equals f.Id where f.Name == facility && r.Next == step && !r.TelephoneOnly orderby r.Id select r.Id).FirstAsync());
}
