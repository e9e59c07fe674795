using Compagnon.Domain.Referrals;

namespace Compagnon.Web.Patient.Questions;

/// <summary>Where each question stands. Addresses say nothing of health: they stay in a browser's history.</summary>
public static class Addresses
{
    public static string Of(Guid referralId, IntakePage page) => $"/demander/{referralId}/{SlugOf(page)}";

    /// <summary>The same, coming back to the page of all answers.</summary>
    public static string ToChange(Guid referralId, IntakePage page) => Of(referralId, page) + "?de=" + FromCheck;

    public const string FromCheck = "verifier";

    private static string SlugOf(IntakePage page) => page switch
    {
        IntakePage.Name => "prenom", IntakePage.Telephone => "telephone", IntakePage.Email => "courriel", IntakePage.Age => "age", IntakePage.Helper => "aide", IntakePage.Place => "lieu",
        IntakePage.Service => "accord", IntakePage.Status => "accord-clinique", IntakePage.Several => "accord-plusieurs", IntakePage.Number => "accord-numero",
        IntakePage.Cancer => "situation", IntakePage.Moment => "moment", IntakePage.Treatments => "soins",
        IntakePage.Topics => "sujets", IntakePage.Ranking => "ce-qui-compte", IntakePage.WishedGender => "avec-qui", IntakePage.MustHaves => "indispensable",
        IntakePage.AboutMe => "vous", IntakePage.Life => "vie", IntakePage.Languages => "langues", IntakePage.Roots => "origines",
        IntakePage.When => "quand", IntakePage.Channels => "comment", IntakePage.Later => "plus-tard", IntakePage.Check => "verifier",
    };
}
