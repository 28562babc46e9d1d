namespace SkillStation.Portal.Parts;

/// <summary>Something that can be chosen in a form.</summary>
/// <param name="Value">What is sent.</param>
/// <param name="Name">What is read.</param>
/// <param name="More">A second line.</param>
/// <param name="Icon">Before the name.</param>
public sealed record Choice(string Value, string Name, string? More = null, string? Icon = null);
