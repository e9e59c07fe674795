using Compagnon.App.Data;
using Compagnon.Domain.Programme;

namespace Compagnon.App.Demonstration;

/// <summary>The five invented facilities, their clinics and those who work there: two in cities, two in small towns, one far away, as in the published programme.</summary>
internal sealed record Places
{
    public required Facility TroisSaules { get; init; }
    public required Facility Littoral { get; init; }
    public required Facility ValleeVerte { get; init; }
    public required Facility SainteClothilde { get; init; }
    public required Facility Erables { get; init; }
    public required Played Marianne { get; init; }
    public required Played Nicolas { get; init; }
    /// <summary>Nurse navigator of the breast clinic.</summary>
    public required Played Sophie { get; init; }
    /// <summary>Nurse navigator of urology and digestive oncology.</summary>
    public required Played Karim { get; init; }
    public required Played Lucie { get; init; }
    public required Played Paule { get; init; }
    public required Played Josee { get; init; }
    public required Played OfLittoral { get; init; }
    public required Played OfValley { get; init; }
    public required Played Emily { get; init; }
    public required Played OfErables { get; init; }
    public required Played OnCall { get; init; }
    public required Played Officer { get; init; }

    public static Places Of(Cast cast, CompagnonDb db)
    {
        var saules = cast.Facility("Hôpital des Trois-Saules", "Rive-aux-Saules", "Rive-aux-Saules", "5145550142", "Marianne", isIntake: true);
        var littoral = cast.Facility("Centre hospitalier du Littoral", "Littoral", "Baie-des-Loutres", "4185550143", "Lucie");
        var valley = cast.Facility("Hôpital de la Vallée-Verte", "Vallée-Verte", "Val-Perché", "8195550144", "Paule");
        var clothilde = cast.Facility("Hôpital Sainte-Clothilde", "Grande-Rive", "Grande-Rive", "5145550145", "Josée");
        var erables = cast.Facility("Centre hospitalier des Érables", "Hautes-Érables", "Hautes-Érables", "4505550146", "Josée");
        db.AddRange(
            new ProgrammeSettings { FacilityId = saules.Id, SmallTowns = ["Saint-Alcide-du-Lac", "Sainte-Aube"] },
            new ProgrammeSettings { FacilityId = littoral.Id, NumberMayBeShown = true, SmallTowns = ["Baie-des-Loutres"] });
        var breast = cast.Clinic(saules, "Clinique du sein");
        var urology = cast.Clinic(saules, "Urologie et oncologie digestive");
        var sophie = cast.Staff("Sophie Tremblay", Role.Clinician, saules, breast, ClinicianFunction.NurseNavigator);
        var anne = cast.Staff("Anne Courchesne", Role.Clinician, saules, breast, ClinicianFunction.Physician);
        cast.Staff("Hélène Dufour", Role.Manager, saules);
        cast.Staff("Bernard Fiset", Role.NetworkLead);
        var onCall = cast.Staff("Gilles Potvin", Role.OnCall, saules);
        var officer = cast.Staff("Chantal Mercure", Role.PrivacyOfficer);
        cast.Staff("Olivier Parent", Role.Administrator);
        // one person, two facilities: she chooses where she works today
        var josee = cast.Staff("Josée Bouchard", Role.Coordinator, erables);
        cast.Grant(josee.Person, Role.Coordinator, clothilde);
        var places = new Places
        {
            TroisSaules = saules, Littoral = littoral, ValleeVerte = valley, SainteClothilde = clothilde, Erables = erables, Sophie = sophie, Josee = josee, OnCall = onCall, Officer = officer,
            Marianne = cast.Staff("Marianne Lavoie", Role.Coordinator, saules), Nicolas = cast.Staff("Nicolas Gervais", Role.Coordinator, saules),
            Karim = cast.Staff("Karim Haddad", Role.Clinician, saules, urology, ClinicianFunction.NurseNavigator),
            Lucie = cast.Staff("Lucie Tanguay", Role.Coordinator, littoral), Paule = cast.Staff("Paule Simard", Role.Coordinator, valley),
            OfLittoral = cast.Staff("Rénald Noël", Role.Clinician, littoral, cast.Clinic(littoral, "Clinique d’oncologie"), ClinicianFunction.Nurse),
            OfValley = cast.Staff("Mireille Aubin", Role.Clinician, valley, cast.Clinic(valley, "Clinique d’oncologie"), ClinicianFunction.NurseNavigator),
            Emily = cast.Staff("Emily Clarke", Role.Clinician, clothilde, cast.Clinic(clothilde, "Oncologie"), ClinicianFunction.NurseNavigator, Languages.English),
            OfErables = cast.Staff("Yves Lemay", Role.Clinician, erables, cast.Clinic(erables, "Clinique d’oncologie"), ClinicianFunction.Pharmacist),
        };
        cast.Group(saules, "Chorale de l’hôpital", anne, places.Karim);
        return places;
    }
}
