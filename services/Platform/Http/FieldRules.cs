using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace SkillStation.Platform.Http;

// The framework's attributes speak English only. These say the same in the reader's language; they derive from
// the framework's so that the API pages show the limits.

/// <summary>The field must be there and not blank; an id must not be all zeros.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class GivenAttribute : RequiredAttribute
{
    public override bool IsValid(object? value) => base.IsValid(value) && value is not Guid { } id || value is Guid other && other != Guid.Empty;

    public override string FormatErrorMessage(string name) => Language.Pick("请填写这一项。", "Please fill this in.");
}

/// <summary>Text of at most so many characters.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class TextAttribute(int longest) : StringLengthAttribute(longest)
{
    public override string FormatErrorMessage(string name) => Language.Pick(
        MinimumLength > 0 ? $"请写 {MinimumLength} 到 {MaximumLength} 个字。" : $"最多 {MaximumLength} 个字。",
        MinimumLength > 0 ? $"Use {MinimumLength} to {MaximumLength} characters." : $"At most {MaximumLength} characters.");
}

/// <summary>A number between two bounds, both included.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class BetweenAttribute(double least, double most) : RangeAttribute(least, most)
{
    public override string FormatErrorMessage(string name) => Language.Pick($"请填 {Minimum} 到 {Maximum} 之间的数。", $"Give a number from {Minimum} to {Maximum}.");
}

/// <summary>Text of a given form.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class FormAttribute(string pattern, string chinese, string english) : RegularExpressionAttribute(pattern)
{
    public string Chinese { get; } = chinese;

    public string English { get; } = english;

    public override string FormatErrorMessage(string name) => Language.Pick(Chinese, English);
}

/// <summary>A list of so many different values, each one of the words given (any value where none are given).</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class EachOfAttribute(params string[] words) : ValidationAttribute
{
    public int Least { get; init; }

    public int Most { get; init; } = 50;

    public string[] Words { get; } = words;

    public override bool IsValid(object? value)
    {
        if (value is not IEnumerable<string> list)
        {
            return value is null && Least == 0;
        }

        var items = list.ToList();
        return items.Count >= Least && items.Count <= Most && items.Distinct(StringComparer.Ordinal).Count() == items.Count
            && items.All(i => i is not null && (Words.Length == 0 || Words.Contains(i, StringComparer.Ordinal)));
    }

    public override string FormatErrorMessage(string name)
    {
        var words = string.Join(", ", Words);
        var most = Words.Length == 0 ? Most : Math.Min(Most, Words.Length);
        return Language.Pick(
            string.Create(CultureInfo.InvariantCulture, $"请选 {Least} 到 {most} 项，不要重复：{words}。"),
            string.Create(CultureInfo.InvariantCulture, $"Choose {Least} to {most}, none twice, of: {words}."));
    }
}

/// <summary>One of the words given.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class OneOfAttribute(params string[] words) : ValidationAttribute
{
    public string[] Words { get; } = words;

    public override bool IsValid(object? value) => value is null || (value is string word && Words.Contains(word, StringComparer.Ordinal));

    public override string FormatErrorMessage(string name) =>
        Language.Pick($"请从这些里选一个：{string.Join(", ", Words)}。", $"Choose one of: {string.Join(", ", Words)}.");
}
