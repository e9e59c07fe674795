using Compagnon.Web.Frame;

namespace Compagnon.Web.Design;

/// <summary>Fills the frame of the style guide before it is rendered, and hides the guide outside Development.</summary>
internal static class GuideFrame
{
    public static void UseGuide(this WebApplication app)
    {
        app.UseWhen(c => c.Request.Path.StartsWithSegments("/design", StringComparison.Ordinal), branch => branch.Use((context, next) =>
        {
            if (!app.Environment.IsDevelopment())
            {
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
            }
            Samples.Fill(context.RequestServices.GetRequiredService<FrameModel>(), context.Request.Path.StartsWithSegments("/design/equipe", StringComparison.Ordinal));
            return next(context);
        }));
    }
}
