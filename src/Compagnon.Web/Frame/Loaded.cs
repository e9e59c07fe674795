using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Components;

namespace Compagnon.Web.Frame;

/// <summary>
/// The base of every component: it draws nothing before <c>OnInitializedAsync</c> is through. The framework draws once while it waits, with everything still null;
/// a static page has no use for that, and it showed only where the database really makes one wait, on PostgreSQL.
/// </summary>
public abstract class Loaded : ComponentBase
{
    private bool begun;

    public override Task SetParametersAsync(ParameterView parameters)
    {
        if (begun) return base.SetParametersAsync(parameters);
        begun = true;
        parameters.SetParameterProperties(this);
        return LoadAsyncThenDraw();
    }

    private async Task LoadAsyncThenDraw()
    {
        OnInitialized();
        await OnInitializedAsync();
        Initialized(this) = true;
        await base.SetParametersAsync(ParameterView.Empty);
    }

    /// <summary>Tells the framework's base that initialising is done, so that it is not done twice.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_initialized")]
    private static extern ref bool Initialized(ComponentBase component);
}
