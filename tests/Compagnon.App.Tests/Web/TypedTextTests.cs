using System.Globalization;
using Compagnon.Web.Forms;
using Compagnon.Web.Frame;
using Compagnon.Web.Words;

namespace Compagnon.App.Tests.Web;

/// <summary>What people type, and what they read, in their language.</summary>
public sealed class TypedTextTests
{
    [Theory]
    [InlineData("514 555-0123", "5145550123")]
    [InlineData("+1 (514) 555.0123", "5145550123")]
    [InlineData("1-514-555-0123", "5145550123")]
    [InlineData("514 555-01", null)]
    [InlineData("014 555-0123", null)]
    [InlineData("514 555-0123 poste 4", null)]
    public void Telephone_IsTenDigitsOfNorthAmerica(string typed, string? digits) => Assert.Equal(digits, Parse.Telephone(typed));

    [Theory]
    [InlineData("fr-CA", "12,5", 12.5)]
    [InlineData("fr-CA", "12.5", 12.5)]
    [InlineData("fr-CA", "1 200", 1200.0)]
    [InlineData("en-CA", "12.5", 12.5)]
    [InlineData("en-CA", "1,200", 1200.0)]
    [InlineData("en-CA", "12,5", null)]
    [InlineData("fr-CA", "abc", null)]
    [InlineData("en-CA", "", null)]
    public void Number_FollowsTheReadersCulture(string culture, string typed, double? expected) =>
        In(culture, () => Assert.Equal((decimal?)expected, Parse.Number(typed)));

    [Theory]
    [InlineData("22", "11", "2026", 11)]
    [InlineData("22", "novembre", "2026", 11)]
    [InlineData("22", "Nov.", "2026", 11)]
    [InlineData("1", "fevr", "2026", 2)]
    [InlineData("31", "11", "2026", null)]
    [InlineData("22", "13", "2026", null)]
    [InlineData("22", "ju", "2026", null)]
    [InlineData("22", "11", "26", null)]
    public void Date_TakesTheMonthAsNumberOrName(string day, string month, string year, int? expected) =>
        Assert.Equal(expected, Parse.Date(new DateText { Day = day, Month = month, Year = year })?.Month);

    [Theory]
    [InlineData("14 h 30", 14, 30)]
    [InlineData("14h", 14, 0)]
    [InlineData("14:30", 14, 30)]
    [InlineData("2:30 p.m.", 14, 30)]
    [InlineData("12 am", 0, 0)]
    [InlineData("25 h", null, 0)]
    [InlineData("14 pm", null, 0)]
    public void Time_IsUnderstoodAsBothLanguagesWriteIt(string typed, int? hour, int minute) =>
        Assert.Equal(hour is { } h ? new TimeOnly(h, minute) : null, Parse.Time(typed));

    [Theory]
    [InlineData("fr-CA", "1er\u00a0décembre\u00a02026", "14\u00a0h\u00a030", "12\u00a0%", "4,5")]
    [InlineData("en-CA", "December\u00a01, 2026", "2:30\u00a0p.m.", "12%", "4.5")]
    public void Formats_AreThoseOfTheLanguage(string culture, string date, string time, string percent, string number) => In(culture, () =>
    {
        Assert.Equal(date, Formats.Date(new DateOnly(2026, 12, 1)));
        Assert.Equal(time, Formats.Time(new TimeOnly(14, 30)));
        Assert.Equal(percent, Formats.Percent(.12));
        Assert.Equal(number, Formats.Number(4.5));
    });

    [Theory]
    [InlineData("fr-CA", "Nadia", "de Nadia")]
    [InlineData("fr-CA", "Odile", "d’Odile")]
    [InlineData("fr-CA", "Émilie", "d’Émilie")]
    [InlineData("fr-CA", "Hélène", "d’Hélène")]
    [InlineData("fr-CA", "Yvon\u00a0D.", "d’Yvon\u00a0D.")]
    [InlineData("fr-CA", "Yasmine", "de Yasmine")]
    [InlineData("fr-CA", "U357XV", "de U357XV")]
    [InlineData("en-CA", "Odile", "Odile")]
    public void Of_ElidesBeforeAVowel(string culture, string name, string expected) => In(culture, () => Assert.Equal(expected, Formats.Of(name)));

    [Fact]
    public void Language_HasNoCapitalInAFrenchSentence()
    {
        In("fr-CA", () => Assert.Equal("espagnol", LanguageNames.Of("es")));
        In("en-CA", () => Assert.Equal("Spanish", LanguageNames.Of("es")));
    }

    [Theory]
    [InlineData("fr-CA", 0, "0 personne")]
    [InlineData("fr-CA", 1.5, "1,5 personne")]
    [InlineData("fr-CA", 2, "2 personnes")]
    [InlineData("en-CA", 0, "0 personnes")]
    [InlineData("en-CA", 1, "1 personne")]
    public void Count_IsSingularBelowTwoInFrench_OnlyAtOneInEnglish(string culture, double n, string expected) =>
        In(culture, () => Assert.Equal(expected, Formats.Count(n, "{0} personne", "{0} personnes")));

    [Theory]
    [InlineData("/demandes?page=2", "/demandes?page=2")]
    [InlineData("//evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("https://evil.example", "/")]
    [InlineData("/a\r\nSet-Cookie: x", "/")]
    [InlineData(null, "/")]
    public void ReturnAddress_StaysInsideTheSite(string? asked, string expected) => Assert.Equal(expected, Languages.Local(asked));

    [Theory]
    [InlineData("Du lundi au vendredi, de 8 h 30 à 16 h 30.", "Du lundi au vendredi, de 8\u00a0h\u00a030 à 16\u00a0h\u00a030.")]
    [InlineData("Monday to Friday, 8:30 a.m. to 4 p.m.", "Monday to Friday, 8:30\u00a0a.m. to 4\u00a0p.m.")]
    [InlineData("Room 4 at the hospital", "Room 4 at the hospital")]
    public void AnHourThatSomebodyWrote_StaysTogether(string written, string shown) => Assert.Equal(shown, Formats.HoursTogether(written));

    private static void In(string culture, Action check)
    {
        var before = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);
            check();
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = before;
        }
    }
}
