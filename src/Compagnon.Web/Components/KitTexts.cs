namespace Compagnon.Web.Components;

/// <summary>The words that components, forms and formats need themselves, in KitTexts.resx (French) and KitTexts.en.resx.</summary>
public sealed class KitTexts;
