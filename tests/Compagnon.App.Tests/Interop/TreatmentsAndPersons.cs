using Compagnon.Domain.Programme;
using Compagnon.Interop.Fhir;
using static Compagnon.App.Tests.Interop.Bundles;

namespace Compagnon.App.Tests.Interop;

public sealed class TreatmentsAndPersons
{
    private static async Task<string> Treated(params string[] resources) =>
        Reading.Said(await Reading.Person(Of([Patient(), Condition(Breast), .. resources])));

    [Theory]
    [InlineData("703423002", "Chemotherapy 2025, Radiotherapy 2025")]
    [InlineData("384723003", "Mastectomy 2025")]
    [InlineData("43075005", "Colectomy 2025")]
    [InlineData("173171007", "LungResection 2025")]
    [InlineData("152198000", "Radiotherapy 2025")]
    [InlineData("424313000", "ActiveSurveillance 2025")]
    [InlineData("1269349006", "StemCellTransplant 2025")]
    [InlineData("122548005", "")]
    public async Task Procedures_by_code(string code, string said) => Assert.Equal(said, await Treated(Procedure(Coded(code))));

    [Theory]
    [InlineData("Mastectomie partielle", "Lumpectomy 2025")]
    [InlineData("Radiothérapie externe", "Radiotherapy 2025")]
    [InlineData("Chimiothérapie adjuvante", "Chemotherapy 2025")]
    [InlineData("Total hysterectomy", "Surgery 2025")]
    [InlineData("Radiotherapy planning", "")]
    [InlineData("Biopsy of breast", "")]
    [InlineData("Screening mammography", "")]
    public async Task Procedures_by_name(string name, string said) => Assert.Equal(said, await Treated(Procedure(Said(name))));

    [Theory]
    [InlineData("completed", "Mastectomy 2025")]
    [InlineData("stopped", "Mastectomy 2025")]
    [InlineData("in-progress", "Mastectomy 2025 …")]
    [InlineData("not-done", "")]
    [InlineData("preparation", "")]
    [InlineData("entered-in-error", "")]
    [InlineData("unknown", "")]
    public async Task Only_what_was_begun_was_lived(string status, string said) => Assert.Equal(said, await Treated(Procedure(Coded("172043006"), status)));

    [Theory]
    [InlineData("Tamoxifène 20 mg", "HormoneTherapy 2025")]
    [InlineData("0.25 ML Leuprolide Acetate 30 MG/ML Prefilled Syringe", "HormoneTherapy 2025")]
    [InlineData("Trastuzumab 440 MG Injection", "TargetedTherapy 2025")]
    [InlineData("Cisplatine 50 mg", "Chemotherapy 2025")]
    [InlineData("PEMBROLIZUMAB", "Immunotherapy 2025")]
    [InlineData("Simvastatin 10 MG", "")]
    public async Task Medicines_by_name(string name, string said) => Assert.Equal(said, await Treated(Order(Said(name))));

    [Theory]
    [InlineData("http://www.nlm.nih.gov/research/umls/rxnorm", "583214", "Chemotherapy 2025")]
    [InlineData("http://www.nlm.nih.gov/research/umls/rxnorm", "10324", "HormoneTherapy 2025")]
    [InlineData("http://www.whocc.no/atc", "L02BA01", "HormoneTherapy 2025")]
    [InlineData("http://www.whocc.no/atc", "L01FF02", "Immunotherapy 2025")]
    [InlineData("http://www.whocc.no/atc", "L01EF01", "TargetedTherapy 2025")]
    [InlineData("http://www.whocc.no/atc", "L01CD01", "Chemotherapy 2025")]
    [InlineData("http://www.whocc.no/atc", "C10AA01", "")]
    public async Task Medicines_by_code(string system, string code, string said) => Assert.Equal(said, await Treated(Order(Coded(code, system))));

    [Theory]
    [InlineData("completed", "order", "", "Chemotherapy 2025")]
    [InlineData("stopped", "order", "", "Chemotherapy 2025")]
    [InlineData("active", "order", "", "Chemotherapy 2025 …")]
    [InlineData("cancelled", "order", "", "")]
    [InlineData("draft", "order", "", "")]
    [InlineData("entered-in-error", "order", "", "")]
    [InlineData("active", "plan", "", "")]
    [InlineData("active", "proposal", "", "")]
    [InlineData("completed", "order", ""","doNotPerform":true""", "")]
    public async Task Orders_that_were_never_given_dont_count(string status, string intent, string more, string said) =>
        Assert.Equal(said, await Treated(Order(Said("paclitaxel"), status, intent, more: more)));

    [Fact]
    public async Task An_order_left_active_for_years_is_not_ongoing() => Assert.Equal("HormoneTherapy 2003",
        Reading.Said(await Reading.Person(Of(Patient(), Condition(Breast, onset: "2003"), Order(Said("tamoxifen"), "active", at: "2003-05-05")))));

    [Theory]
    [InlineData("MedicationStatement", "active", ""","effectivePeriod":{"start":"2025-01","end":"2026-02"}""", "Chemotherapy 2025–2026 …")]
    [InlineData("MedicationStatement", "not-taken", ""","effectiveDateTime":"2025" """, "")]
    [InlineData("MedicationStatement", "intended", "", "")]
    [InlineData("MedicationAdministration", "completed", ""","effectiveDateTime":"2025-07-01T09:00:00Z" """, "Chemotherapy 2025")]
    [InlineData("MedicationAdministration", "not-done", ""","effectiveDateTime":"2025-07-01" """, "")]
    [InlineData("MedicationDispense", "completed", ""","whenHandedOver":"2025-07-01T09:00:00-04:00" """, "Chemotherapy 2025")]
    [InlineData("MedicationDispense", "declined", ""","whenHandedOver":"2025-07-01T09:00:00-04:00" """, "")]
    public async Task Stated_given_and_dispensed(string type, string status, string more, string said) => Assert.Equal(said, await Treated(
        $$"""{"resourceType":"{{type}}","id":"m1","status":"{{status}}","medicationCodeableConcept":{"text":"docetaxel"},"subject":{"reference":"urn:uuid:p1"}{{more}}}"""));

    [Fact]
    public async Task A_medicine_may_be_contained_or_stand_elsewhere_in_the_bundle()
    {
        const string medication = """{"resourceType":"Medication","id":"med1","code":{"text":"letrozole 2.5 mg"}}""";
        const string order = """{"resourceType":"MedicationRequest","id":"m1","status":"completed","intent":"order","medicationReference":{"reference":"MED"},"subject":{"reference":"urn:uuid:p1"},"authoredOn":"2025"MORE}""";
        Assert.Equal("HormoneTherapy 2025", await Treated(order.Replace("MED\"}", "#med1\"}", StringComparison.Ordinal).Replace("MORE", $",\"contained\":[{medication}]", StringComparison.Ordinal)));
        Assert.Equal("HormoneTherapy 2025", await Treated(order.Replace("MED\"}", "urn:uuid:med1\"}", StringComparison.Ordinal).Replace("MORE", "", StringComparison.Ordinal), medication));
        Assert.Equal("", await Treated(order.Replace("MED\"}", "Medication/none\"}", StringComparison.Ordinal).Replace("MORE", "", StringComparison.Ordinal), medication));
    }

    [Fact]
    public async Task What_was_given_for_something_else_or_before_is_not_a_cancer_treatment()
    {
        Assert.Equal("", await Treated(Order(Said("methotrexate"), more: ""","reasonReference":[{"reference":"urn:uuid:c9"}]"""), Condition(Said("Rheumatoid arthritis"), "c9")));
        Assert.Equal("", await Treated(Order(Said("methotrexate"), more: ""","reasonCode":[{"coding":[{"system":"http://snomed.info/sct","code":"69896004","display":"Rheumatoid arthritis"}]}]""")));
        Assert.Equal("", await Treated(Order(Said("methotrexate"), at: "2011-01-01")));
        Assert.Equal("Chemotherapy 2025", await Treated(Order(Said("methotrexate"))));
    }

    [Fact]
    public async Task A_planned_operation_is_before_surgery()
    {
        var person = await Reading.Person(Of(Patient(), Condition(Breast, onset: "2026-10-01"), Procedure(Coded("172043006"), "preparation", "2026-12-20")));
        Assert.Equal((Moment.BeforeSurgery, 0), (person.Moment, person.Treatments.Count));
        Assert.Equal(Moment.BeforeSurgery, (await Reading.Person(Of(Patient(), Condition(Breast, onset: "2026-10-01"), Procedure(Coded("172043006"), at: "2026-12-20")))).Moment);
    }

    [Fact]
    public async Task A_recent_treatment_is_in_treatment_and_an_old_one_after() =>
        Assert.Equal([Moment.InTreatment, Moment.AfterTreatment], (Moment?[])
        [
            (await Reading.Person(Of(Patient(), Condition(Breast), Procedure(Coded("367336001"), at: "2026-09-01")))).Moment,
            (await Reading.Person(Of(Patient(), Condition(Breast), Procedure(Coded("367336001"), at: "2025-03-01")))).Moment,
        ]);

    [Theory]
    [InlineData("http://fhir.example/r4/Patient/p1", "http://fhir.example/r4/Patient/p1", true)]
    [InlineData("http://fhir.example/r4/Patient/p1", "Patient/p1", true)]
    [InlineData("http://fhir.example/r4/Patient/p1", "Patient/p1/_history/3", true)]
    [InlineData("http://fhir.example/r4/Patient/p1", "http://elsewhere.example/r4/Patient/p1", false)]
    [InlineData("urn:uuid:0c6a5e0e-0000-4000-8000-000000000001", "urn:uuid:0c6a5e0e-0000-4000-8000-000000000001", true)]
    [InlineData("urn:uuid:0c6a5e0e-0000-4000-8000-000000000001", "http://fhir.example/Patient/p1", true)]
    [InlineData("urn:uuid:0c6a5e0e-0000-4000-8000-000000000001", "Patient/p2", false)]
    [InlineData("urn:uuid:0c6a5e0e-0000-4000-8000-000000000001", "Group/p1", false)]
    [InlineData("urn:uuid:0c6a5e0e-0000-4000-8000-000000000001", "Patient?identifier=http%3A%2F%2Fhospital.example%2Fmrn%7CMRN-p1", true)]
    public async Task References_are_followed_as_they_are_written(string fullUrl, string subject, bool isTheirs)
    {
        foreach (var type in (string[])["searchset", "collection", "transaction", "batch", "document", "message", "history"])
        {
            var bundle = Entries(type, $$"""{"fullUrl":"{{fullUrl}}","resource":{{Patient()}} }""",
                $$"""{"fullUrl":"http://fhir.example/r4/Condition/c1","resource":{{Condition(Breast, subject: subject)}} }""");
            Assert.Equal(isTheirs, await Reading.One(bundle) is Taken);
        }
    }

    [Fact]
    public async Task Several_people_each_get_what_is_theirs()
    {
        var results = await Reading.Text(Of(Patient(), Condition(Breast), Patient("p2"), Patient("p3", ""","deceasedBoolean":true"""), Condition(Coded("162573006"), "c4", subject: "Patient/p4"), Patient("p4")));

        Assert.Equal("http://hospital.example/mrn|MRN-p1", Assert.Single(Assert.IsType<Taken>(results[0]).Person.Keys));
        Assert.Equal([SkipReason.NoCancer, SkipReason.Deceased, SkipReason.OnlySuspected], results.Skip(1).Select(r => Assert.IsType<Skipped>(r).Reason));
    }

    [Fact]
    public async Task A_name_borne_by_two_people_points_at_neither() =>
        Assert.All(await Reading.Text(Entries("searchset",
            $$"""{"fullUrl":"http://a.example/Patient/p1","resource":{{Patient()}} }""", $$"""{"fullUrl":"http://b.example/Patient/p1","resource":{{Patient()}} }""",
            $$"""{"resource":{{Condition(Breast, subject: "Patient/p1")}} }""")), r => Assert.IsType<Skipped>(r));

    [Fact]
    public async Task A_replaced_record_is_the_same_person()
    {
        var bundle = Of(Patient("old", ""","link":[{"other":{"reference":"urn:uuid:p1"},"type":"replaced-by"}]"""), Patient(), Condition(Breast, subject: "urn:uuid:old"));
        Assert.Equal("http://hospital.example/mrn|MRN-old, http://hospital.example/mrn|MRN-p1", string.Join(", ", (await Reading.Person(bundle)).Keys.Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task Of_a_history_the_last_version_counts_and_what_was_deleted_is_gone()
    {
        string Entry(string resource, string id) => $$"""{"fullUrl":"http://h.example/{{id}}","resource":{{resource}} }""";
        var patient = Entry(Patient(), "Patient/p1");
        var confirmed = Entry(Condition(Breast, subject: "Patient/p1"), "Condition/c1");
        var refuted = Entry(Condition(Breast, verification: "refuted", clinical: null, subject: "Patient/p1"), "Condition/c1");
        Assert.Equal(SkipReason.NoCancer, await Reading.Skip(Entries("history", patient, refuted, confirmed)));
        Assert.IsType<Taken>(await Reading.One(Entries("history", patient, confirmed, refuted)));
        Assert.Equal(SkipReason.NoCancer, await Reading.Skip(Entries("history", patient, """{"fullUrl":"http://h.example/Condition/c1","request":{"method":"DELETE","url":"Condition/c1"}}""", confirmed)));
    }

    [Fact]
    public async Task A_bundle_in_a_bundle_is_read() =>
        Assert.IsType<Taken>(await Reading.One(Entries("batch-response", $$"""{"resource": {{OfType("searchset", Patient(), Condition(Breast))}} }""")));

    [Fact]
    public async Task A_cancer_without_its_person_says_so()
    {
        Assert.Equal(SkipReason.NoPerson, await Reading.Skip(Of(Condition(Breast))));
        Assert.Equal(SkipReason.NoCancer, await Reading.Skip("""{"resourceType":"Bundle","type":"collection"}"""));
    }

    [Theory]
    [InlineData("en-US", "en")]
    [InlineData("fr-CA", "fr")]
    [InlineData("FR", "fr")]
    [InlineData("fra", "fr")]
    [InlineData("zh-Hant", "zh")]
    [InlineData("und", null)]
    public async Task Languages_become_iso_codes(string tag, string? language) => Assert.Equal(language, (await Reading.Person(Of(
        Patient(more: $$""","communication":[{"language":{"coding":[{"system":"urn:ietf:bcp:47","code":"{{tag}}"}]} }]"""), Condition(Breast)))).Language);

    [Fact]
    public async Task The_preferred_language_and_the_number_home_and_name_in_use_are_taken()
    {
        var person = await Reading.Person(Of("""
            {"resourceType":"Patient","id":"p1","gender":"unknown","birthDate":"1958",
             "name":[{"use":"maiden","family":"Roy","given":["Lise"]},{"use":"official","family":"Côté","given":["Lise","Anne"]}],
             "telecom":[{"system":"email","value":"x@example.org"},{"system":"phone","use":"old","value":"418-555-0100"},{"system":"phone","use":"work","value":"418-555-0101"},{"system":"phone","use":"home","value":"+1 (418) 555-0102"}],
             "address":[{"use":"old","city":"Lévis"},{"use":"home","city":"Québec"}],
             "communication":[{"language":{"text":"Anglais"}},{"language":{"text":"Français"},"preferred":true}]}
            """, Condition(Breast)));

        Assert.Equal("Lise Anne Côté 4185550102 fr Québec 1950", $"{person.GivenName} {person.FamilyName} {person.Telephone} {person.Language} {person.Municipality} {person.BirthDecade}");
        Assert.Null(person.Gender);
        Assert.Null(person.BirthDate);
        Assert.Equal(["urn:uuid:p1|cote|lise anne|1958-01-01"], person.Keys);
    }

    [Fact]
    public async Task Official_papers_are_no_key() => Assert.Equal(["http://hospital.example/mrn|1"], (await Reading.Person(Of("""
        {"resourceType":"Patient","id":"p1","identifier":[{"type":{"coding":[{"code":"SS"}]},"system":"http://hl7.org/fhir/sid/us-ssn","value":"999-72-7900"},{"type":{"coding":[{"code":"PPN"}]},"system":"urn:x","value":"X1"},
         {"use":"old","system":"http://hospital.example/mrn","value":"0"},{"system":"http://hospital.example/mrn","value":"1"}]}
        """, Condition(Breast)))).Keys);
}
