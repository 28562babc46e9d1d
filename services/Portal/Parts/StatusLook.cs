namespace SkillStation.Portal.Parts;

/// <summary>The colour of a request's status: amber for what waits for the resident, green for what goes well. The word says the same.</summary>
public static class StatusLook
{
    public static string? Of(string status) => status switch
    {
        "NeedsInfo" or "SeatOffered" or "AwaitingRating" => "amber",
        "SeatConfirmed" or "InClass" or "Closed" => "green",
        "Refused" or "Unserved" or "Withdrawn" or "Dropped" => null,
        _ => "blue",
    };
}
