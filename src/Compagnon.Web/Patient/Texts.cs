namespace Compagnon.Web.Patient;

/// <summary>The words of asking for a companion and of the patient's space, in Texts.resx (French) and Texts.en.resx. A key ending in ".They" speaks of the person to a coordinator.</summary>
public sealed class Texts;
