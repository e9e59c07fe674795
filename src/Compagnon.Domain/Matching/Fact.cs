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

    public static Fact Of(CancerSite site) => Members<CancerSite>.Of(site);
    public static Fact Of(Treatment treatment) => Members<Treatment>.Of(treatment);
    public static Fact Of(Moment moment) => Members<Moment>.Of(moment);
    public static Fact Of(Topic topic) => Members<Topic>.Of(topic);
    public static Fact Of(LifeSituation life) => Members<LifeSituation>.Of(life);
    public static Fact Of(Gender gender) => Members<Gender>.Of(gender);
    public static Fact Of(DayPart part) => Members<DayPart>.Of(part);
    public static Fact Of(Channel channel) => Members<Channel>.Of(channel);
    public static Fact Language(string code) => new(FactKind.Language, code);
    public static Fact Culture(string word) => new(FactKind.Culture, Folding.Fold(word));
    public static Fact Decade(int year) => new(FactKind.Decade, FormattableString.Invariant($"{year / 10 * 10}"));

    public override string ToString() => WordKey;
}
