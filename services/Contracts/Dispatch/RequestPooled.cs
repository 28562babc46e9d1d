namespace SkillStation.Contracts.Dispatch;

/// <summary>A request stands in a pool of people who want the same course nearby at the same times (拼班).</summary>
public sealed record RequestPooled
{
    public required Guid RequestId { get; init; }
    public required Guid PoolId { get; init; }
    /// <summary>1 for the first pool of this request, one more each time it is put into another; the highest counts.</summary>
    public required int Turn { get; init; }
    public required string TimePattern { get; init; }
    /// <summary>The instant that decides the place in the queue; never later than the request, whatever happened since.</summary>
    public required DateTimeOffset QueuedAt { get; init; }
    public required DateTimeOffset At { get; init; }
}
