using System.Xml.Linq;
using Compagnon.Domain.Programme;
using Compagnon.TestKit;
using Compagnon.Web.Words;

namespace Compagnon.App.Tests.Words;

public sealed class RoleWordsTests
{
    [Theory]
    [InlineData("pair", "Une personne accompagnatrice doit répondre.", "Un pair accompagnateur doit répondre.")]
    [InlineData("pair", "Réponse de la personne accompagnatrice", "Réponse du pair accompagnateur")]
    [InlineData("pair", "Aucune personne accompagnatrice n’attend.", "Aucun pair accompagnateur n’attend.")]
    [InlineData("pair", "Toutes les personnes accompagnatrices", "Tous les pairs accompagnateurs")]
    [InlineData("pair", "Profil d’une personne accompagnatrice", "Profil d’un pair accompagnateur")]
    [InlineData("pair", "Personne accompagnatrice", "Pair accompagnateur")]
    [InlineData("usager", "À la personne accompagnatrice, la personne accompagnatrice", "À l’usager-ressource accompagnateur, l’usager-ressource accompagnateur")]
    [InlineData("usagere", "Cette personne accompagnatrice et beaucoup de personnes accompagnatrices", "Cette usagère-ressource accompagnatrice et beaucoup d’usagères-ressources accompagnatrices")]
    [InlineData("usager", "Cette personne accompagnatrice", "Cet usager-ressource accompagnateur")]
    [InlineData("patiente", "La personne accompagnatrice appelle", "La patiente accompagnatrice appelle")]
    [InlineData("personne", "La personne accompagnatrice appelle", "La personne accompagnatrice appelle")]
    [InlineData("pair", "Une personne vous appelle", "Une personne vous appelle")]
    public void ACompanion_IsNamedAsTheProgrammeChose_WithItsArticle(string set, string text, string expected) =>
        Assert.Equal(expected, new RoleWords(set, "coordination").In(text, "fr"));

    [Theory]
    [InlineData("coordonnateur", "Seule la coordination la lit.", "Seul le coordonnateur la lit.")]
    [InlineData("coordonnatrice", "La coordination du programme y a accès", "La coordonnatrice y a accès")]
    [InlineData("responsable", "Demandez à la coordination du programme.", "Demandez à la responsable du programme.")]
    [InlineData("responsable", "Appelez la coordination.", "Appelez la responsable du programme.")]
    public void ACoordinator_Too(string set, string text, string expected) => Assert.Equal(expected, new RoleWords("personne", set).In(text, "fr"));

    [Theory]
    [InlineData("pair", "coordination", "An accompanying patient reads it.", "An accompanying peer reads it.")]
    [InlineData("usager", "coordination", "Accompanying patients", "Accompanying resource users")]
    [InlineData("personne", "responsable", "The programme’s coordinators read it", "The programme leads read it")]
    [InlineData("patient", "coordonnatrice", "The coordinator and an accompanying patient", "The coordinator and an accompanying patient")]
    public void InEnglish_Too(string companion, string coordinator, string text, string expected) => Assert.Equal(expected, new RoleWords(companion, coordinator).In(text, "en"));

    [Fact]
    public void EveryTextOfAPage_LosesTheUsualWords_UnderEachOtherSet()
    {
        var texts = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", "Compagnon.Web"), "*.resx", SearchOption.AllDirectories)
            .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal) && !f.EndsWith(".en.resx", StringComparison.Ordinal))
            .SelectMany(f => XDocument.Load(f).Root!.Elements("data").Select(d => d.Element("value")?.Value ?? "")).Where(t => t.Contains("accompagnatrice", StringComparison.OrdinalIgnoreCase)).ToList();
        Assert.True(texts.Count > 20);
        foreach (var set in RoleWordSets.Companion.Skip(1))
            Assert.DoesNotContain(texts, t => !t.StartsWith("Patiente", StringComparison.Ordinal) && !t.StartsWith("Usagère", StringComparison.Ordinal)
                && new RoleWords(set, "coordination").In(t, "fr") is var said && (said.Contains("ersonne accompagnatrice", StringComparison.Ordinal) || said.Contains("ersonnes accompagnatrices", StringComparison.Ordinal)));
    }
}
