using System.Globalization;
using System.Resources;

namespace Compagnon.App.Referrals;

/// <summary>
/// What a person is told before anything about them is kept: CollectionNotice.resx, in both languages. A consent names the version it was given under; whoever changes the words
/// changes <see cref="Version"/> with them.
/// </summary>
public static class CollectionNotice
{
    public const string Version = "2026-11-28";
    private const int Count = 8;
    private static readonly ResourceManager Texts = new("Compagnon.App.Referrals.CollectionNotice", typeof(CollectionNotice).Assembly);

    /// <param name="language">In which it is read; a consent names it.</param>
    /// <param name="programme">Whose it is: the facility's name.</param>
    public static IReadOnlyList<NoticePart> In(CultureInfo language, string programme) =>
        [.. Enumerable.Range(1, Count).Select(n => new NoticePart(Of(n, "Title", language), string.Format(language, Of(n, "Text", language), programme)))];

    private static string Of(int number, string part, CultureInfo language) =>
        Texts.GetString(string.Create(CultureInfo.InvariantCulture, $"{number}.{part}"), language) ?? throw new InvalidOperationException($"No text {number}.{part}.");
}

public sealed record NoticePart(string Title, string Text);
