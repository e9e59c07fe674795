using Compagnon.Domain.Programme;
using Compagnon.Interop.Fhir;
using static Compagnon.App.Tests.Interop.Bundles;

namespace Compagnon.App.Tests.Interop;

public sealed class WhatCountsAsACancer
{
    [Theory]
    [InlineData("254837009", CancerSite.Breast)]
    [InlineData("372137005", CancerSite.Breast)]
    [InlineData("363406005", CancerSite.Colorectal)]
    [InlineData("363351006", CancerSite.Colorectal)]
    [InlineData("781382000", CancerSite.Colorectal)]
    [InlineData("399068003", CancerSite.Prostate)]
    [InlineData("126906006", CancerSite.Prostate)]
    [InlineData("363358000", CancerSite.Lung)]
    [InlineData("118599009", CancerSite.Lymphoma)]
    [InlineData("363443007", CancerSite.Ovary)]
    [InlineData("363429002", CancerSite.HeadAndNeck)]
    [InlineData("399326009", CancerSite.Bladder)]
    [InlineData("93655004", CancerSite.Melanoma)]
    [InlineData("91861009", CancerSite.Leukaemia)]
    [InlineData("363418001", CancerSite.Pancreas)]
    [InlineData("393563007", CancerSite.Brain)]
    [InlineData("109989006", CancerSite.Myeloma)]
    [InlineData("363478007", CancerSite.Thyroid)]
    [InlineData("363518003", CancerSite.Kidney)]
    [InlineData("363349007", CancerSite.Stomach)]
    [InlineData("363354003", CancerSite.Cervix)]
    [InlineData("363449006", CancerSite.Testis)]
    public async Task Snomed_codes_need_no_words(string code, CancerSite site) =>
        Assert.Equal(site, (await Reading.Person(Of(Patient(), Condition(Coded(code))))).Leading.Site);

    [Theory]
    [InlineData("C50.9", CancerSite.Breast, false)]
    [InlineData("C509", CancerSite.Breast, false)]
    [InlineData("c18", CancerSite.Colorectal, false)]
    [InlineData("C20", CancerSite.Colorectal, false)]
    [InlineData("C02.0", CancerSite.HeadAndNeck, false)]
    [InlineData("C83.3", CancerSite.Lymphoma, false)]
    [InlineData("C92.00", CancerSite.Leukaemia, false)]
    [InlineData("C44.31", CancerSite.Other, false)]
    [InlineData("C7A.010", CancerSite.Other, false)]
    [InlineData("C54.1", CancerSite.Uterus, false)]
    [InlineData("D05.1", CancerSite.Breast, true)]
    [InlineData("D07.5", CancerSite.Prostate, true)]
    [InlineData("D09.0", CancerSite.Bladder, true)]
    public async Task Icd_10_goes_by_block(string code, CancerSite site, bool isInSitu)
    {
        foreach (var system in (string[])[Icd10, "http://hl7.org/fhir/sid/icd-10-cm", "http://terminology.hl7.org/CodeSystem/icd-10-ca"])
        {
            var cancer = (await Reading.Person(Of(Patient(), Condition(Coded(code, system))))).Leading;
            Assert.Equal((site, isInSitu), (cancer.Site, cancer.IsInSitu));
        }
    }

    [Theory]
    [InlineData("Cancer du sein", CancerSite.Breast, false)]
    [InlineData("Carcinome canalaire infiltrant du sein gauche", CancerSite.Breast, false)]
    [InlineData("Carcinoma in situ of cervix", CancerSite.Cervix, true)]
    [InlineData("Adénocarcinome du côlon", CancerSite.Colorectal, false)]
    [InlineData("Metastatic breast cancer", CancerSite.Breast, false)]
    [InlineData("Lymphome hodgkinien", CancerSite.Lymphoma, false)]
    [InlineData("Non-metastatic prostate cancer", CancerSite.Prostate, false)]
    [InlineData("Leucémie myéloïde aiguë", CancerSite.Leukaemia, false)]
    [InlineData("Malignant tumor of esophagus", CancerSite.Oesophagus, false)]
    [InlineData("Merkel cell carcinoma", CancerSite.Other, false)]
    [InlineData("Hepatocellular carcinoma", CancerSite.Liver, false)]
    public async Task Words_alone_are_understood_in_both_languages(string words, CancerSite site, bool isInSitu)
    {
        foreach (var code in (string[])[Said(words), Coded("999999999", Snomed, words), Coded("X1", "urn:local", words)])
        {
            var cancer = (await Reading.Person(Of(Patient(), Condition(code)))).Leading;
            Assert.Equal((site, isInSitu), (cancer.Site, cancer.IsInSitu));
        }
    }

    [Theory]
    [InlineData("Family history of malignant neoplasm of breast")]
    [InlineData("Antécédents familiaux de cancer du sein")]
    [InlineData("Benign neoplasm of breast")]
    [InlineData("Tumeur bénigne du sein")]
    [InlineData("Tubular adenoma of colon")]
    [InlineData("Polyp of colon")]
    [InlineData("Fibroadenoma of breast")]
    [InlineData("Fear of cancer")]
    [InlineData("At increased risk of breast cancer (finding)")]
    [InlineData("Screening for malignant neoplasm of colon")]
    [InlineData("Cancer-related fatigue")]
    [InlineData("Anemia due to chemotherapy for lung cancer")]
    [InlineData("Prediabetes")]
    [InlineData("No evidence of malignancy")]
    [InlineData("Neoplasm of liver")]
    [InlineData("Cancérophobie, peur du cancer")]
    public async Task Words_around_a_cancer_are_none(string words)
    {
        Assert.Equal(SkipReason.NoCancer, await Reading.Skip(Of(Patient(), Condition(Said(words)))));
        Assert.Equal(SkipReason.NoCancer, await Reading.Skip(Of(Patient(), Condition(Coded("999999999", Snomed, words)))));
    }

    [Theory]
    [InlineData("D24", SkipReason.NoCancer)]
    [InlineData("D12.6", SkipReason.NoCancer)]
    [InlineData("Z80.3", SkipReason.NoCancer)]
    [InlineData("Z12.3", SkipReason.NoCancer)]
    [InlineData("E11.9", SkipReason.NoCancer)]
    [InlineData("D48.6", SkipReason.OnlySuspected)]
    [InlineData("Z03.1", SkipReason.OnlySuspected)]
    public async Task Icd_10_knows_benign_uncertain_and_relatives(string code, SkipReason reason) =>
        Assert.Equal(reason, await Reading.Skip(Of(Patient(), Condition(Coded(code, Icd10, "Malignant neoplasm of breast")))));

    [Theory]
    [InlineData("Suspected lung cancer (situation)")]
    [InlineData("Suspicion de cancer du poumon")]
    [InlineData("Cancer du sein probable")]
    [InlineData("Rule out breast cancer")]
    [InlineData("Breast cancer?")]
    public async Task Doubt_is_suspected_even_beside_a_code(string words)
    {
        Assert.Equal(SkipReason.OnlySuspected, await Reading.Skip(Of(Patient(), Condition(Said(words)))));
        Assert.Equal(SkipReason.OnlySuspected, await Reading.Skip(Of(Patient(), Condition(Coded("254837009", Snomed, words)))));
    }

    [Theory]
    [InlineData("unconfirmed", SkipReason.OnlySuspected)]
    [InlineData("provisional", SkipReason.OnlySuspected)]
    [InlineData("differential", SkipReason.OnlySuspected)]
    [InlineData("refuted", SkipReason.NoCancer)]
    [InlineData("entered-in-error", SkipReason.NoCancer)]
    public async Task Only_a_confirmed_diagnosis_counts(string verification, SkipReason reason) =>
        Assert.Equal(reason, await Reading.Skip(Of(Patient(), Condition(Breast, verification: verification, clinical: null))));

    [Fact]
    public async Task Without_a_verification_the_diagnosis_stands_as_written() =>
        Assert.Equal(CancerSite.Breast, (await Reading.Person(Of(Patient(), Condition(Breast, verification: null)))).Leading.Site);

    [Fact]
    public async Task A_verification_in_words_only_confirms_nothing() =>
        Assert.Equal(SkipReason.OnlySuspected, await Reading.Skip(Of(Patient(), Condition(Breast, verification: null, more: ""","verificationStatus":{"text":"en attente"}"""))));

    [Fact]
    public async Task A_confirmed_cancer_beside_a_suspected_one_is_taken_alone() =>
        Assert.Equal("Prostate 2025 in situ", Reading.Cancers(await Reading.Person(Of(Patient(), Condition(Coded("92691004")), Condition(Coded("162573006"), "c2")))));

    [Fact]
    public async Task Metastases_belong_to_where_they_came_from()
    {
        Assert.Equal("Prostate 2025 metastatic", Reading.Cancers(await Reading.Person(Of(Patient(), Condition(Coded("314994000"))))));
        Assert.Equal("Other 2025 metastatic", Reading.Cancers(await Reading.Person(Of(Patient(), Condition(Coded("C78.7", Icd10))))));
        Assert.Equal("Other 2025 metastatic", Reading.Cancers(await Reading.Person(Of(Patient(), Condition(Said("Secondary malignant neoplasm of liver"))))));
        Assert.Equal("Breast 2019 metastatic", Reading.Cancers(await Reading.Person(Of(Patient(), Condition(Coded("C78.7", Icd10)), Condition(Breast, "c2", onset: "2019-05")))));
        Assert.Equal("Colorectal 2025 metastatic", Reading.Cancers(await Reading.Person(Of(Patient(), Condition(Coded("94260004"))))));
        Assert.Equal("Ovary 2024 metastatic", Reading.Cancers(await Reading.Person(Of(Patient(), Condition(Coded("94260004")), Condition(Coded("363443007"), "c2", onset: "2024")))));
    }

    [Fact]
    public async Task The_body_site_helps_only_a_code_that_doesnt_say()
    {
        const string lung = ""","bodySite":[{"coding":[{"system":"http://snomed.info/sct","code":"39607008"}]}]""";
        Assert.Equal(CancerSite.Lung, (await Reading.Person(Of(Patient(), Condition(Coded("363346000"), more: lung)))).Leading.Site);
        Assert.Equal(CancerSite.Lung, (await Reading.Person(Of(Patient(), Condition(Said("Adenocarcinoma"), more: lung)))).Leading.Site);
        Assert.Equal(CancerSite.Breast, (await Reading.Person(Of(Patient(), Condition(Breast, more: lung)))).Leading.Site);
        Assert.Equal(CancerSite.Other, (await Reading.Person(Of(Patient(), Condition(Coded("363346000"))))).Leading.Site);
    }

    [Fact]
    public async Task Personal_history_is_a_cancer_that_is_over()
    {
        var person = await Reading.Person(Of(Patient(), Condition(Coded("Z85.3", Icd10), onset: null, more: ""","recordedDate":"2024-01-05" """)));
        Assert.Equal("Breast  Resolved", Reading.Cancers(person));
        Assert.Equal(Moment.AfterTreatment, person.Moment);
        Assert.Equal(CancerStatus.Resolved, (await Reading.Person(Of(Patient(), Condition(Said("History of breast cancer"))))).Leading.Status);
    }

    [Fact]
    public async Task The_latest_cancer_leads_and_all_are_listed() =>
        Assert.Equal("Lung 2024; Breast 2009 Resolved; Melanoma ", Reading.Cancers(await Reading.Person(Of(Patient(),
            Condition(Breast, onset: "2009-01-01", clinical: "resolved"), Condition(Coded("93655004"), "c2", onset: null), Condition(Coded("254637007"), "c3", onset: "2024-06")))));

    [Fact]
    public async Task The_same_cancer_said_again_is_one_and_a_new_one_after_it_was_over_is_another()
    {
        Assert.Equal("Breast 2020", Reading.Cancers(await Reading.Person(Of(Patient(),
            Condition(Breast, onset: "2020-01-01"), Condition(Coded("C50.4", Icd10), "c2", onset: "2021-01-01"), Condition(Coded("D05.1", Icd10), "c3", onset: "2020-01-01")))));
        Assert.Equal("Breast 2023; Breast 2010 Resolved", Reading.Cancers(await Reading.Person(Of(Patient(),
            Condition(Breast, onset: "2010-01-01", clinical: "resolved", more: ""","abatementDateTime":"2011-03" """), Condition(Breast, "c2", onset: "2023-01-01")))));
    }

    [Theory]
    [InlineData(""","onsetAge":{"value":40,"unit":"years","system":"http://unitsofmeasure.org","code":"a"}""", 2001)]
    [InlineData(""","onsetPeriod":{"start":"2018-03","end":"2018-04"}""", 2018)]
    [InlineData(""","onsetString":"printemps 2014" """, 2014)]
    [InlineData(""","recordedDate":"2022-09-09T10:00:00-04:00" """, 2022)]
    [InlineData("", null)]
    public async Task The_year_comes_from_whatever_says_when(string onset, int? year) =>
        Assert.Equal(year, (await Reading.Person(Of(Patient(), Condition(Breast, onset: null, more: onset)))).Leading.Year);

    [Theory]
    [InlineData("resolved", Moment.AfterTreatment)]
    [InlineData("remission", Moment.AfterTreatment)]
    [InlineData("inactive", Moment.AfterTreatment)]
    [InlineData("recurrence", Moment.Recurrence)]
    [InlineData("relapse", Moment.Recurrence)]
    [InlineData("active", null)]
    [InlineData(null, null)]
    public async Task The_clinical_status_tells_the_moment(string? clinical, Moment? moment) =>
        Assert.Equal(moment, (await Reading.Person(Of(Patient(), Condition(Breast, clinical: clinical)))).Moment);

    [Fact]
    public async Task An_end_is_an_end_whatever_the_status_says() =>
        Assert.Equal(Moment.AfterTreatment, (await Reading.Person(Of(Patient(), Condition(Breast, more: ""","abatementDateTime":"2025-12-01" """)))).Moment);

    [Fact]
    public async Task Told_this_year_and_nothing_done_yet_is_just_told() =>
        Assert.Equal(Moment.JustTold, (await Reading.Person(Of(Patient(), Condition(Breast, onset: "2026-10-01")))).Moment);

    [Theory]
    [InlineData(""","deceasedBoolean":true""")]
    [InlineData(""","deceasedDateTime":"2024" """)]
    public async Task A_deceased_person_is_skipped_with_or_without_a_cancer(string deceased)
    {
        Assert.Equal(SkipReason.Deceased, await Reading.Skip(Of(Patient(more: deceased), Condition(Breast))));
        Assert.Equal(SkipReason.Deceased, await Reading.Skip(Of(Patient(more: deceased))));
    }

    [Fact]
    public async Task Not_deceased_is_alive() => Assert.NotEmpty((await Reading.Person(Of(Patient(more: ""","deceasedBoolean":false"""), Condition(Breast)))).Cancers);

    [Fact]
    public async Task A_relatives_cancer_in_its_own_resource_is_not_theirs() =>
        Assert.Equal(SkipReason.NoCancer, await Reading.Skip(Of(Patient(),
            """{"resourceType":"FamilyMemberHistory","id":"f1","status":"completed","patient":{"reference":"urn:uuid:p1"},"relationship":{"text":"mother"},"condition":[{"code":{"coding":[{"system":"http://snomed.info/sct","code":"254837009"}]}}]}""")));
}
