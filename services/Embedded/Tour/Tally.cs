namespace SkillStation.Embedded.Tour;

/// <summary>What the tour did, counted by itself, to hold against what the Scheduler counts.</summary>
internal sealed class Tally
{
    public int Asked { get; set; }

    public int Pooled { get; set; }

    public int Refused { get; set; }

    public int Dispatched { get; set; }

    public int Accepted { get; set; }

    public int Started { get; set; }

    public int Completed { get; set; }

    public int Certified { get; set; }

    public int Rated { get; set; }

    public int Unserved { get; set; }

    public int Cases { get; set; }

    public int EmployedAt90 { get; set; }

    public int SustainedAt180 { get; set; }

    public int PlacesAheadOfHeroine { get; set; }

    public bool PlaceKept { get; set; }
}
