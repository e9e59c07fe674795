using System.Globalization;
using Compagnon.Web.Components;
using Compagnon.Web.Frame;

namespace Compagnon.Web.Design;

/// <summary>Invented people and words for the living style guide, which exists only in Development.</summary>
internal static class Samples
{
    /// <summary>French uses ~ for a no-break space and ' for the apostrophe.</summary>
    public static string Say(string french, string english) =>
        CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "fr" ? french.Replace('~', '\u00a0').Replace('\'', '’') : english.Replace('~', '\u00a0').Replace('\'', '’');

    public static IReadOnlyList<Option> Moments =>
    [
        new("new", Say("Vient de l'apprendre", "Just found out")),
        new("before", Say("Avant une opération", "Before surgery")),
        new("treatment", Say("En traitement", "In treatment")),
        new("after", Say("Après les traitements", "After treatment")),
    ];

    public static IReadOnlyList<Option> Wishes =>
    [
        new("cancer", Say("Le même cancer que moi", "The same cancer as me"), Say("Au même endroit du corps", "In the same part of the body")),
        new("age", Say("À peu près mon âge", "About my age")),
        new("life", Say("Une vie qui ressemble à la mienne", "A life like mine"), Say("Des enfants, un travail, vivre seul, vivre loin", "Children, a job, living alone, living far away")),
    ];

    public static IReadOnlyList<PersonOption> People =>
    [
        new("ghislaine", "Ghislaine", Say("58~ans. Traitée en 2022. Par téléphone, le jour et parfois le soir", "58. Treated in 2022. By phone, daytime and sometimes evenings"),
            [Say("J'ai eu la chimio avec deux ados à la maison. On a fini par rire de ma perruque. Pas tout de suite.", "I had chemo with two teens at home. We ended up laughing about my wig. Not right away."),
             Say("Je ne vous dirai pas quoi faire. Je peux vous écouter.", "I won't tell you what to do. I can listen.")],
            [Say("Cancer du sein", "Breast cancer"), Say("Même chimiothérapie", "Same chemotherapy"), Say("Des adolescents à la maison", "Teenagers at home")]),
        new("monique", "Monique", Say("61~ans. Traitée en 2019. Par vidéo, le soir", "61. Treated in 2019. By video, evenings"),
            [Say("Le plus dur, c'était la fatigue que personne ne voyait.", "The hardest part was the tiredness nobody could see.")],
            [Say("Cancer du sein", "Breast cancer")]),
    ];

    public static IReadOnlyList<Reason> Reasons =>
    [
        new(Say("Même traitement", "Same treatment"), Say("AC-T en 2022, même protocole", "AC-T in 2022, same protocol"), 30, 30, 1, Say("Premier choix de Nadia~:", "Nadia's first choice:")),
        new(Say("Enfants à la maison", "Children at home"), Say("Deux adolescents", "Two teenagers"), 25, 22.5, 2, Say("Deuxième choix de Nadia~:", "Nadia's second choice:")),
        new(Say("Moment", "Time"), Say("Libre le jour, parfois le soir", "Free in the day, sometimes evenings"), 10, 1),
    ];

    public static IReadOnlyList<TimelineItem> Timeline =>
    [
        new(Say("Demande reçue", "Request received"), Say("Mardi 17~novembre, 11~h~40.", "Tuesday, November~17, 11:40~a.m.")),
        new(Say("Nadia a été appelée", "Nadia was called"), Say("Elle a confirmé sa demande.", "She confirmed her request.")),
        new(Say("Jumelée", "Matched"), Say("Avec une personne qui a reçu le même traitement.", "With someone who had the same treatment."), TimelineKind.Both),
        new(Say("Première conversation", "First conversation"), Say("Jeudi 26~novembre.", "Thursday, November~26."), TimelineKind.Both),
        new(Say("Fin de l'accompagnement", "End of the accompaniment"), Say("Vous le saurez ici.", "You will see it here."), TimelineKind.Next),
    ];

    public static void Fill(FrameModel frame, bool menu)
    {
        frame.Place = Say("Hôpital des Trois-Saules", "Hôpital des Trois-Saules");
        frame.Who = menu ? "Marianne Lavoie" : null;
        frame.LeaveHref = menu ? "/design" : null;
        if (menu) frame.Menu = [new("/design/equipe", Say("Ma journée", "My day")), new("/design/formulaire", Say("Demandes", "Requests"), 7), new("/design", Say("Indicateurs", "Indicators"))];
    }
}
