using Compagnon.Domain.Programme;

namespace Compagnon.Domain.Companions;

/// <summary>What a companion is now, in the order in which a rule keeps them from being asked.</summary>
public enum CompanionStatus
{
    /// <summary>Their service has ended.</summary>
    Left,
    /// <summary>Nobody has cleared them yet, or the clearance has run out.</summary>
    NotCleared,
    Paused,
    Full,
    Free,
}

/// <summary>Derived from dates and the ledger of places by named questions, never set.</summary>
public static class CompanionState
{
    /// <summary>How long before its end a clearance shows as ending: time for a refresher and new signatures.</summary>
    public const int ClearanceNoticeDays = 60;

    public static CompanionStatus Of(Companion companion, int placesUsed, DateOnly today) => companion switch
    {
        { LeftAt: not null } => CompanionStatus.Left,
        _ when !companion.IsCleared(today) => CompanionStatus.NotCleared,
        _ when companion.IsPaused(today) => CompanionStatus.Paused,
        _ when placesUsed >= companion.Capacity => CompanionStatus.Full,
        _ => CompanionStatus.Free,
    };

    /// <summary>Could be asked, has nobody, and has waited for as long as the programme calls idle.</summary>
    public static bool IsIdle(Companion companion, int placesUsed, int idleDays, WorkingCalendar calendar, DateTime now) =>
        placesUsed == 0 && Of(companion, placesUsed, calendar.LocalDay(now)) is CompanionStatus.Free && companion.IdleDays(calendar, now) >= idleDays;

    public static bool ClearanceEndsSoon(Companion companion, DateOnly today) =>
        companion.LeftAt is null && companion.ClearedUntil is { } until && until >= today && until <= today.AddDays(ClearanceNoticeDays);
}
