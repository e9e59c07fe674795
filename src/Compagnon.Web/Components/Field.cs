using Compagnon.Web.Forms;
using Microsoft.AspNetCore.Components;

namespace Compagnon.Web.Components;

/// <summary>What all fields share. The value and the error come from the form around it, by the name of the input's property.</summary>
public abstract class Field : ComponentBase
{
    /// <summary>The property of the page's input, or of one of its rows ("Rows[0].Year"); a wrong name throws when the page is rendered.</summary>
    [Parameter, EditorRequired] public string Name { get; set; } = "";

    [Parameter, EditorRequired] public string Label { get; set; } = "";

    [Parameter] public string? Hint { get; set; }

    /// <summary>Of what is typed and of its hint, when that isn't the page's.</summary>
    [Parameter] public string? Language { get; set; }

    [Parameter] public bool Optional { get; set; }

    [Parameter] public LabelAs As { get; set; }

    [CascadingParameter] public IForm Form { get; set; } = null!;

    public string Id => IdOf(Name);

    public string InputName => "Input." + Name;

    public string? Error => Form.Errors.GetValueOrDefault(Name);

    public string? Invalid => Error is null ? null : "true";

    public string HintId => Id + "-aide";

    public string ErrorId => Id + "-erreur";

    public string? DescribedBy => (Hint, Error) switch
    {
        (null, null) => null,
        (_, null) => HintId,
        (null, _) => ErrorId,
        _ => HintId + " " + ErrorId,
    };

    /// <summary>The first control of a field: what the error summary leads to.</summary>
    public static string IdOf(string name) => "Input-" + name.Replace("].", "-", StringComparison.Ordinal).Replace('[', '-');

    public string With(string css, string errorCss) => Error is null ? css : css + " " + errorCss;
}
