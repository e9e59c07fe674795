using Compagnon.Domain.Programme;

namespace Compagnon.Domain.Matching;

public enum FactKind { CancerSite, Treatment, Moment, Topic, Language, Decade, LifeSituation, Culture, Gender, DayPart, Channel }

/// <summary>
/// One thing that can be true of two people. <see cref="Code"/> is the enum member's name, a language code, a decade's first year, or
/// a culture's folded word, so that Web finds its words under <see cref="WordKey"/>.
/// </summary>
public readonly record struct Fact(FactKind Kind, string Code)
{
    public string WordKey => $"{Kind}.{Code}";

    public static Fact Of(CancerSite site) => new(FactKind.CancerSite, site.ToString());
    public static Fact Of(Treatment treatment) => new(FactKind.Treatment, treatment.ToString());
    public static Fact Of(Moment moment) => new(FactKind.Moment, moment.ToString());
    public static Fact Of(Topic topic) => new(FactKind.Topic, topic.ToString());
    public static Fact Of(LifeSituation life) => new(FactKind.LifeSituation, life.ToString());
    public static Fact Of(Gender gender) => new(FactKind.Gender, gender.ToString());
    public static Fact Of(DayPart part) => new(FactKind.DayPart, part.ToString());
    public static Fact Of(Channel channel) => new(FactKind.Channel, channel.ToString());
    public static Fact Language(string code) => new(FactKind.Language, code);
    public static Fact Culture(string word) => new(FactKind.Culture, Folding.Fold(word));
    public static Fact Decade(int year) => new(FactKind.Decade, FormattableString.Invariant($"{year / 10 * 10}"));

    public override string ToString() => WordKey;
}
