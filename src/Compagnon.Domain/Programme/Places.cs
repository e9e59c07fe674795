namespace Compagnon.Domain.Programme;

/// <summary>Hospitals that run one programme together. Its number is the first column of every table.</summary>
public sealed class Network
{
    public required int Id { get; init; }
    public required string Name { get; set; }
}

/// <summary>An establishment with its own companions, coordinator and crisis protocol; walls stand between facilities.</summary>
public sealed class Facility : Row
{
    public required string Name { get; set; }
    public required string Region { get; set; }
    public required string Municipality { get; set; }
    /// <summary>Where a person answers: ten digits.</summary>
    public required string Telephone { get; set; }
    /// <summary>When, in each language, as it stands under the number.</summary>
    public required string HoursFr { get; set; }
    public required string HoursEn { get; set; }
    /// <summary>First name of who answers, as pages say it: "Marianne, au programme".</summary>
    public required string ContactName { get; set; }
    /// <summary>Takes the network's self-referrals of people who do not know where they are treated.</summary>
    public bool IsIntake { get; set; }
}

public sealed class Clinic : Row
{
    public required Guid FacilityId { get; init; }
    public required string Name { get; set; }
}
