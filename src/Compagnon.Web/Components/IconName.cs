namespace Compagnon.Web.Components;

public enum IconName
{
    Phone,
    Lock,
    Alert,
    Info,
    Check,
    Dash,
}
