using System.Globalization;

namespace SkillStation.Acceptance.Domain;

internal enum OccupiedKind
{
    Room,
    Instructor,
    Learner,
}

/// <summary>
/// Somebody or something is taken in one half-day. Kind, subject, date and slot are the key, so that nothing and nobody is booked
/// twice, whoever writes at the same time; asking first only makes for a better answer.
/// </summary>
internal sealed class Occupancy
{
    public required OccupiedKind Kind { get; init; }
    public required string SubjectKey { get; init; }
    public required DateOnly Date { get; init; }
    public required Slot Slot { get; init; }
    public required Guid ClassId { get; init; }

    public static string RoomKey(string institutionCode, string number) => $"{institutionCode}/{number}";

    public static string StationRoomKey(string stationCode) => $"station/{stationCode}";

    public static string InstructorKey(string institutionCode, string number) => $"{institutionCode}/{number}";

    /// <summary>A person, whichever of their requests brought them here.</summary>
    public static string LearnerKey(Guid residentId) => residentId.ToString("N", CultureInfo.InvariantCulture);
}
