using System.Globalization;
using System.Reflection;
using CsvHelper;
using CsvHelper.Configuration;

namespace SkillStation.Platform.Data;

/// <summary>Reads the CSV files that a service carries in its ModelCity folder.</summary>
public static class ReferenceData
{
    /// <summary>Rows of one file, each column by its snake_case name.</summary>
    public static IReadOnlyList<TRow> Read<TRow>(Assembly service, string file)
    {
        using var stream = service.GetManifestResourceStream("ModelCity/" + file) ?? throw new InvalidOperationException($"{service.GetName().Name} carries no {file}.");
        using var csv = new CsvReader(new StreamReader(stream), new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            PrepareHeaderForMatch = name => name.Header.Replace("_", "", StringComparison.Ordinal).ToUpperInvariant(),
        });
        return [.. csv.GetRecords<TRow>()];
    }
}
