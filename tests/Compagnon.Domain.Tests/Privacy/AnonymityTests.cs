using Compagnon.Domain.Privacy;

namespace Compagnon.Domain.Tests.Privacy;

/// <summary>Sentences as people write them; the numbers are invented.</summary>
public sealed class AnonymityTests
{
    [Theory]
    [InlineData("TREM54611234")]
    [InlineData("RAMQ : TREM 5461 1234, préfère le soir")]
    [InlineData("Préfère le soir (bela 7052 0912)")]
    [InlineData("no ass. maladie ROYG-5805-3017.")]
    [InlineData("Health card LAVM 580530 17")]
    [InlineData("carte LAVM\u00a05805\u00a03017")]
    public void AHealthInsuranceNumber_IsFound(string text)
    {
        Assert.True(Anonymity.HasHealthNumber(text));
        Assert.Equal(Revealing.HealthNumber, Anonymity.In(text, writer: null)[0]);
    }

    [Theory]
    [InlineData("Chimio depuis 3 semaines, préfère le soir")]
    [InlineData("Joindre sa sœur Lise 514 555-0123, poste 2212")]
    [InlineData("Call Paul 5145550123 after 6")]
    [InlineData("Diagnostic en mars 2010 1205, rue des Pins")]
    [InlineData("Opérée vers 2010-03-04 ; absente dès 2026-11-30")]
    [InlineData("Dossier ABCD 1399 9999")]
    [InlineData("Poste 5461 1234")]
    [InlineData("XTREM54611234")]
    [InlineData("TREM 5461 12345")]
    [InlineData("Deux ados, 14 et 16 ans. Code H7PAJK.")]
    public void OtherNumbers_AreNoHealthInsuranceNumber(string text) => Assert.False(Anonymity.HasHealthNumber(text));

    [Theory]
    [InlineData("Taxol 80 mg/m2 aux semaines", Clinical.Dose)]
    [InlineData("prend dexaméthasone 4 mg le matin", Clinical.Dose)]
    [InlineData("Dexamethasone 4mg BID", Clinical.Dose)]
    [InlineData("radiothérapie 50,4 Gy", Clinical.Dose)]
    [InlineData("Carbo AUC 5", Clinical.Dose)]
    [InlineData("héparine 5000 UI", Clinical.Dose)]
    [InlineData("Hb 98, fatiguée", Clinical.Result)]
    [InlineData("neutrophiles à 0,8", Clinical.Result)]
    [InlineData("APS : 12", Clinical.Result)]
    [InlineData("PSA was 12", Clinical.Result)]
    [InlineData("CA 125 = 340", Clinical.Result)]
    [InlineData("hémoglobine était à 85 g/L", Clinical.Result)]
    [InlineData("platelets 40 x 10^9", Clinical.Result)]
    [InlineData("glucose 14 mmol/L", Clinical.Result)]
    [InlineData("Gleason 7, ECOG 1", Clinical.Result)]
    [InlineData("dossier 1234567", Clinical.FileNumber)]
    [InlineData("No de dossier : 12-34-56", Clinical.FileNumber)]
    [InlineData("Dossier médical no 0012345", Clinical.FileNumber)]
    [InlineData("MRN 0012345", Clinical.FileNumber)]
    [InlineData("Hospital file number: C123456", Clinical.FileNumber)]
    public void WhatBelongsToTheClinicalFile_IsFound(string text, Clinical what) => Assert.Equal([what], Anonymity.ClinicalIn(text));

    [Theory]
    [InlineData("Chimio depuis 3 semaines")]
    [InlineData("Chemo for 3 weeks, tired on days 2 to 5")]
    [InlineData("Préfère le soir, poste 22, a des adolescents.")]
    [InlineData("Prefers evenings, extension 2212, has 2 teenagers")]
    [InlineData("Joindre au 514 555-0123 après 18 h 30")]
    [InlineData("Cycle 3 de 6 ; opérée le 12 mars 2026")]
    [InlineData("Habite à 80 km, au 3e étage ; 5 min à pied")]
    [InlineData("A lu le dossier 3 fois avec sa fille de 16 ans")]
    [InlineData("Dossier H7PAJK, déjà appelée 2 fois")]
    [InlineData("Le dossier : 514 555-0123 est le bon numéro")]
    [InlineData("Elle a un cancer du sein, HER2 positif, ça 125 fois qu’on lui dit")]
    [InlineData("Wants to talk about work; 4G only, no video")]
    [InlineData("Mange peu, a perdu l’appétit ; parle anglais à 50 %")]
    [InlineData("")]
    public void WhatHelpsToCall_RaisesNoAlarm(string text) => Assert.Empty(Anonymity.ClinicalIn(text));

    [Theory]
    [InlineData("dossier", " ")]
    [InlineData("psa", " ")]
    [InlineData("TREM", " ")]
    [InlineData("dossier", "- ")]
    [InlineData("TREM", "- ")]
    [InlineData("", "é ")]
    public void ALongText_IsReadAtOnce(string start, string many)
    {
        var text = start + string.Concat(Enumerable.Repeat(many, 5000)) + ".";
        Assert.Empty(Anonymity.ClinicalIn(text));
        Assert.False(Anonymity.HasHealthNumber(text));
    }

    [Theory]
    [InlineData("Je prends 20 mg de tamoxifène depuis 2022, mon APS est à 0,1")]
    [InlineData("Call 911 or 811. I had 25 sessions, 50 Gy.")]
    public void WhatPatientsTellEachOther_IsTheirs(string text) => Assert.Empty(Anonymity.In(text, writer: null));
}
