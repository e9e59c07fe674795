using Microsoft.Extensions.Localization;

namespace Compagnon.Web.Words;

/// <summary>Every text of a page, in the words of the programme whose page it is (<see cref="RoleWords"/>).</summary>
public sealed class RoleTexts(ResourceManagerStringLocalizerFactory resources) : IStringLocalizerFactory
{
    public IStringLocalizer Create(Type resourceSource) => new Inflected(resources.Create(resourceSource));

    public IStringLocalizer Create(string baseName, string location) => new Inflected(resources.Create(baseName, location));

    private sealed class Inflected(IStringLocalizer texts) : IStringLocalizer
    {
        public LocalizedString this[string name] => Say(texts[name]);

        public LocalizedString this[string name, params object[] arguments] => Say(StopOnce(texts[name, arguments]));

        public IEnumerable<LocalizedString> GetAllStrings(bool includeParentCultures) => texts.GetAllStrings(includeParentCultures).Select(Say);

        // "10 a.m." at the end of a sentence has its full stop already
        private static LocalizedString StopOnce(LocalizedString text) => text.Value.Contains(".m..", StringComparison.Ordinal)
            ? new LocalizedString(text.Name, text.Value.Replace(".m..", ".m.", StringComparison.Ordinal), text.ResourceNotFound) : text;

        // the choices of the settings page are the words themselves
        private static LocalizedString Say(LocalizedString text) => RoleWords.Here is null || text.Name.StartsWith("Words.", StringComparison.Ordinal) ? text : new LocalizedString(text.Name, RoleWords.Say(text.Value), text.ResourceNotFound);
    }
}
