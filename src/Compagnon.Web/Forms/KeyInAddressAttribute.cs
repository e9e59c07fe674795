namespace Compagnon.Web.Forms;

/// <summary>
/// On a page whose form makes something new: its key stands in the address, so that Back finds the same form although no page is kept. A link without a key leads to a new form.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class KeyInAddressAttribute : Attribute;
