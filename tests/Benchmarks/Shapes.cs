using System.Text.Json.Serialization;

namespace SkillStation.Benchmarks;

/// <summary>What is posted: as large as a real request.</summary>
internal sealed record Booking(Guid ResidentId, string CourseCode, string StationCode, string Goal, string[] Times, int MaxMinutes, string[] Needs);

/// <summary>What one service tells the other: as large as RequestSubmitted.</summary>
internal sealed record Booked
{
    public required Guid Id { get; init; }
    public required Guid ResidentId { get; init; }
    public required string CourseCode { get; init; }
    public required string StationCode { get; init; }
    public required string Goal { get; init; }
    public required string[] Times { get; init; }
    public required int MaxMinutes { get; init; }
    public required string[] Needs { get; init; }
    public required DateTimeOffset At { get; init; }

    public static Booked From(Guid id, Booking b, DateTimeOffset at) => new()
    {
        Id = id, ResidentId = b.ResidentId, CourseCode = b.CourseCode, StationCode = b.StationCode, Goal = b.Goal, Times = b.Times, MaxMinutes = b.MaxMinutes, Needs = b.Needs, At = at,
    };
}

/// <summary>What the other says to that: as RequestAdmitted, RequestPooled and PoolChanged do.</summary>
internal sealed record BookingAnswered
{
    public required Guid Id { get; init; }
    public required int Number { get; init; }
    public required Guid PoolId { get; init; }
    public required DateTimeOffset At { get; init; }
}

internal sealed record BookingView(Guid Id, string Status);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Booking))]
[JsonSerializable(typeof(Booked))]
[JsonSerializable(typeof(BookingAnswered))]
[JsonSerializable(typeof(BookingView))]
internal sealed partial class ShapesJson : JsonSerializerContext;
