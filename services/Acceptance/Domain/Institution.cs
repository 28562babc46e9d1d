using SkillStation.Platform.Http;

namespace SkillStation.Acceptance.Domain;

/// <summary>A training institution of the catalogue (承训机构).</summary>
internal sealed class Institution
{
    public required Guid Id { get; init; }
    public required string Code { get; init; }
    public required string Name { get; init; }
    public required string NameEn { get; init; }
    public required string Kind { get; init; }
    public required string DistrictCode { get; init; }
    public required double Longitude { get; init; }
    public required double Latitude { get; init; }
    /// <summary>0 to 1; where the quality score starts before there are ratings.</summary>
    public required decimal Quality { get; init; }
    public int Version { get; private set; } = 1;
}

/// <summary>What an institution may run, and from when to when.</summary>
internal sealed class Qualification
{
    public required Guid Id { get; init; }
    public required string InstitutionCode { get; init; }
    public required string CourseCode { get; init; }
    public required string Level { get; init; }
    public required string TrainingKind { get; init; }
    public required DateOnly ValidFrom { get; init; }
    /// <summary>Last day, inclusive.</summary>
    public required DateOnly ValidTo { get; init; }

    public bool IsValidOn(DateOnly day) => ValidFrom <= day && day <= ValidTo;
}

internal sealed class Room
{
    public required string InstitutionCode { get; init; }
    /// <summary>Unique within the institution.</summary>
    public required string Number { get; init; }
    public required string Name { get; init; }
    public required int Capacity { get; init; }
    /// <summary>Theory or Practical.</summary>
    public required string Kind { get; init; }
}

internal sealed class Instructor
{
    public required string InstitutionCode { get; init; }
    /// <summary>Unique within the institution.</summary>
    public required string Number { get; init; }
    public required string Name { get; init; }
    /// <summary>With semicolons between them.</summary>
    public required string OccupationCodes { get; init; }

    public IReadOnlyList<string> Occupations => OccupationCodes.Split(';', StringSplitOptions.RemoveEmptyEntries);
}

internal static class InstitutionRefusals
{
    public static readonly Refusal NotFound = Refusal.NotFound("institution-not-found", "没有找到这家机构。", "There is no such institution.");
}
