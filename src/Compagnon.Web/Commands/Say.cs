using System.Globalization;
using System.Resources;

namespace Compagnon.Web.Commands;

/// <summary>What the program says on the command line, in the user's language: --lang, if it is one it knows, else that of the environment, else French.</summary>
internal static class Say
{
    private static readonly ResourceManager Texts = new("Compagnon.Web.Commands.Texts", typeof(Say).Assembly);

    /// <summary>Tests run commands beside each other: each has its own output.</summary>
    private static readonly AsyncLocal<(TextWriter Output, TextWriter Errors)?> Own = new();

    public static TextWriter Output => Own.Value?.Output ?? Console.Out;

    public static void To(TextWriter output, TextWriter errors) => Own.Value = (output, errors);

    public static string Text(string key, params object?[] values) =>
        string.Format(CultureInfo.CurrentCulture, Texts.GetString(key, CultureInfo.CurrentUICulture) ?? throw new InvalidOperationException($"No text {key}."), values);

    public static void Line(string key, params object?[] values) => Output.WriteLine(Text(key, values));

    public static void Error(string text) => (Own.Value?.Errors ?? Console.Error).WriteLine(text);

    public static void Use(CultureInfo language) => (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (language, language);

    public static CultureInfo LanguageOf(IReadOnlyList<string> args, Func<string, string?> environment)
    {
        var asked = args.Select((a, i) => a == "--lang" ? args.ElementAtOrDefault(i + 1) : a.StartsWith("--lang=", StringComparison.Ordinal) ? a[7..] : null).FirstOrDefault(a => a is not null && IsLanguage(a))
            ?? new[] { "LC_ALL", "LC_MESSAGES", "LANG" }.Select(environment).FirstOrDefault(v => !string.IsNullOrEmpty(v));
        return CultureInfo.GetCultureInfo(asked?.StartsWith("en", StringComparison.OrdinalIgnoreCase) is true ? "en-CA" : "fr-CA");
    }

    /// <summary>fr or en, of whatever country.</summary>
    public static bool IsLanguage(string asked) => asked.Split('-', '_')[0].ToUpperInvariant() is "FR" or "EN";
}

/// <summary>Asked for wrongly: exit code 2. The message is for the user, in their language.</summary>
internal sealed class WrongUse(string key, params object?[] values) : Exception(Say.Text(key, values));

/// <summary>Asked for rightly, but it can't be done: exit code 1.</summary>
internal sealed class Fault(string key, params object?[] values) : Exception(Say.Text(key, values));
