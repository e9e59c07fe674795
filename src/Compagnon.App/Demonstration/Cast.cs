using Compagnon.App.Data;
using Compagnon.App.Privacy;
using Compagnon.App.Referrals;
using Compagnon.Domain.Companions;
using Compagnon.Domain.Privacy;
using Compagnon.Domain.Programme;

namespace Compagnon.App.Demonstration;

/// <summary>Somebody invented, as the other parts of the demonstration need them.</summary>
internal sealed record Played(Person Person, Actor Actor, IdentityFields Fields);

/// <summary>
/// Makes the invented people and dates everything from now. Each gets a telephone number of their own among those kept for fiction (555-01xx), so that nobody real
/// is ever rung up.
/// </summary>
internal sealed class Cast(CompagnonDb db, Vault vault, Duplicates duplicates, DateTime now)
{
    private static readonly string[] AreaCodes = ["514", "450", "819", "418", "873"];
    // always the same, so that pictures of the pages and what is said on the telephone stay the same
    private readonly Random numbers = new(20261122);
    private int telephones;

    public DateTime Now => now;

    /// <summary>So many days ago at this hour in Quebec; never in the future.</summary>
    public DateTime Ago(double days, int hour = 10, int minute = 0)
    {
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(now, WorkingCalendar.Quebec)).AddDays(-(int)days);
        var utc = TimeZoneInfo.ConvertTimeToUtc(day.ToDateTime(new TimeOnly(hour, minute)), WorkingCalendar.Quebec);
        return utc < now ? utc : now.AddMinutes(-5);
    }

    public DateOnly Day(int fromNow) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(now, WorkingCalendar.Quebec)).AddDays(fromNow);

    public Facility Facility(string name, string region, string municipality, string telephone, string contact, bool isIntake = false)
    {
        var facility = new Facility
        {
            Name = name, Region = region, Municipality = municipality, Telephone = telephone, ContactName = contact, IsIntake = isIntake,
            HoursFr = "Du lundi au vendredi, de 8 h 30 à 16 h 30.", HoursEn = "Monday to Friday, 8:30 a.m. to 4:30 p.m.",
        };
        db.Add(facility);
        return facility;
    }

    public Clinic Clinic(Facility facility, string name)
    {
        var clinic = new Clinic { FacilityId = facility.Id, Name = name };
        db.Add(clinic);
        return clinic;
    }

    /// <summary>People of a facility whom a restriction may name together.</summary>
    public void Group(Facility facility, string name, params Played[] members)
    {
        var group = new NamedGroup { FacilityId = facility.Id, Name = name };
        db.Add(group);
        db.AddRange(members.Select(m => new GroupMember { GroupId = group.Id, PersonId = m.Person.Id }));
    }

    public Played Staff(string name, Role role, Facility? facility = null, Clinic? clinic = null, ClinicianFunction? function = null, string language = Languages.French)
    {
        var (person, fields) = Person(PersonKind.Staff, facility?.Id, name, language, hasEmail: true);
        return new Played(person, Grant(person, role, facility, clinic, function), fields);
    }

    public Actor Grant(Person person, Role role, Facility? facility = null, Clinic? clinic = null, ClinicianFunction? function = null)
    {
        var membership = new Membership { PersonId = person.Id, Role = role, FacilityId = facility?.Id, ClinicId = clinic?.Id, Function = function, GrantedAt = Ago(300) };
        db.Add(membership);
        return new Actor { NetworkId = db.NetworkId, PersonId = person.Id, Role = role, FacilityId = facility?.Id, ClinicId = clinic?.Id, MembershipId = membership.Id, Function = function };
    }

    /// <summary>A companion with an account; <paramref name="tell"/> says what they lived through.</summary>
    public Companion Companion(Facility facility, string name, string language, int idleDays, Action<Companion> tell)
    {
        var (person, fields) = Person(PersonKind.Companion, facility.Id, name, language, hasEmail: true);
        var companion = new Companion
        {
            Id = person.Id, FacilityId = facility.Id, Pseudonym = fields.GivenName!, Languages = [language], Capacity = 2, ClearedUntil = Day(400), JoinedAt = Ago(idleDays),
        };
        tell(companion);
        db.Add(companion);
        Grant(person, Role.Companion, facility);
        return companion;
    }

    public (Person Person, IdentityFields Fields) Person(PersonKind kind, Guid? facilityId, string name, string language, bool hasEmail = false, string? notes = null)
    {
        var person = vault.NewPerson(db.NetworkId, kind, facilityId, language);
        var names = name.Split(' ', 2);
        var fields = new IdentityFields
        {
            GivenName = names[0], FamilyName = names.ElementAtOrDefault(1), Telephone = NextTelephone(), Notes = notes,
            Email = hasEmail ? $"{Duplicates.Fold(name)}@exemple.test" : null,
        };
        db.AddRange(person, vault.Seal(person, fields));
        db.AddRange(duplicates.IndexOf(person, fields));
        return (person, fields);
    }

    public string FileNumber() => new(numbers.GetItems(FileNumbers.Signs.AsSpan(), 6));

    private string NextTelephone() => $"{AreaCodes[telephones / 100]}55501{telephones++ % 100:00}";

    public byte[]? Sealed(Person of, string purpose, string? text) => vault.Seal(of, purpose, text);
}
