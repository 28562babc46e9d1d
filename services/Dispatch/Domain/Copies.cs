namespace SkillStation.Dispatch.Domain;

// What other services own and have told: enough of it to decide here. Each is found by its natural key.

/// <summary>A course of the catalogue, owned by Requests.</summary>
internal sealed class CourseCopy
{
    public required string Code { get; init; }
    public required int Version { get; set; }
    public required string Name { get; set; }
    public required string NameEn { get; set; }
    public required string OccupationCode { get; set; }
    public required string Level { get; set; }
    public required string TrainingKind { get; set; }
    public required IReadOnlyList<string> Clusters { get; set; }
    public required int MinSize { get; set; }
    public required int MaxSize { get; set; }
    public required bool AutoDispatch { get; set; }
    public required int AgeMin { get; set; }
}

/// <summary>A training institution, owned by Acceptance.</summary>
internal sealed class InstitutionCopy
{
    public required string Code { get; init; }
    public required int Version { get; set; }
    public required string Name { get; set; }
    public required string NameEn { get; set; }
    public required string DistrictCode { get; set; }
    public required double Longitude { get; set; }
    public required double Latitude { get; set; }
    public required decimal StartingQuality { get; set; }
    public required int LargestRoom { get; set; }
}

/// <summary>That an institution may run a course between two dates, owned by Acceptance. May be here before its institution.</summary>
internal sealed class QualificationCopy
{
    public required Guid Id { get; init; }
    public required string InstitutionCode { get; set; }
    public required string CourseCode { get; set; }
    public required string Level { get; set; }
    public required string TrainingKind { get; set; }
    public required DateOnly ValidFrom { get; set; }
    public required DateOnly ValidTo { get; set; }
    public required DateTimeOffset At { get; set; }

    /// <summary>Whether it covers a course on every day between two, both included.</summary>
    public bool Covers(CourseCopy course, DateOnly from, DateOnly to) =>
        CourseCode == course.Code && Level == course.Level && TrainingKind == course.TrainingKind && ValidFrom <= from && ValidTo >= to;
}

/// <summary>What learners said about an institution. Offers, lapses and running classes are counted from the offers themselves.</summary>
internal sealed class InstitutionScore
{
    public required string InstitutionCode { get; init; }
    public int Ratings { get; private set; }
    public int RatingsSum { get; private set; }
    public int Version { get; private set; } = 1;

    public void Rate(int overall)
    {
        Ratings++;
        RatingsSum += overall;
        Version++;
    }
}

/// <summary>That a resident completed a course, for the rules that look back a year.</summary>
internal sealed class CompletedTraining
{
    public required Guid RequestId { get; init; }
    public required Guid ResidentId { get; init; }
    public required string CourseCode { get; init; }
    public required string OccupationCode { get; init; }
    public required string TrainingKind { get; init; }
    public required DateTimeOffset At { get; init; }
}

/// <summary>Until when something has time, owned by the Scheduler; for showing, and for telling a stale alarm.</summary>
internal sealed class DeadlineCopy
{
    public required string Kind { get; init; }
    public required Guid SubjectId { get; init; }
    public required DateTimeOffset DueAt { get; set; }
    public required DateTimeOffset At { get; set; }
}
