namespace Compagnon.Web.Forms;

/// <summary>What fields, the error summary and the title need to know of the form they stand in.</summary>
public interface IForm
{
    /// <summary>Field to message, in the order of the page. The empty name is the whole form.</summary>
    IReadOnlyDictionary<string, string> Errors { get; }

    /// <summary>What was typed, or filled in beforehand, under a property's name.</summary>
    string? Typed(string field);

    IReadOnlyList<string> TypedMany(string field);

    DateText TypedDate(string field);

    /// <summary>What was typed before the session ended was put back: to be checked, then sent.</summary>
    bool IsRestored { get; }

    Task SubmitAsync();
}
