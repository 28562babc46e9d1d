using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;

namespace SkillStation.Portal.Shell;

/// <summary>
/// The stylesheet, the icons and the two scripts. They are carried in the assembly, so that one process and many serve them alike, compressed once
/// at the start, and named by their content, so that browsers keep them for ever.
/// </summary>
internal sealed class Assets
{
    private readonly Dictionary<string, Asset> byName = [];

    public Assets()
    {
        var assembly = typeof(Assets).Assembly;
        foreach (var resource in assembly.GetManifestResourceNames().Where(n => n.StartsWith("Assets/", StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(resource)!;
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            var name = resource["Assets/".Length..];
            var hash = Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 6));
            byName[name] = new Asset(string.Create(CultureInfo.InvariantCulture, $"/assets/{hash}/{name}"), TypeOf(name), bytes, Compress(bytes));
        }
    }

    /// <summary>The address of a file, for the page.</summary>
    public string this[string name] => byName[name].Address;

    public IEnumerable<Asset> All => byName.Values;

    private static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        _ => "image/svg+xml",
    };

    private static byte[] Compress(byte[] bytes)
    {
        using var compressed = new MemoryStream();
        using (var brotli = new BrotliStream(compressed, CompressionLevel.SmallestSize))
        {
            brotli.Write(bytes);
        }

        return compressed.ToArray();
    }

    internal sealed record Asset(string Address, string Type, byte[] Plain, byte[] Brotli);
}

internal static class AssetEndpoints
{
    public static void MapAssets(this WebApplication app)
    {
        foreach (var asset in app.Services.GetRequiredService<Assets>().All)
        {
            app.MapMethods(asset.Address, ["GET", "HEAD"], (HttpContext context) =>
            {
                var headers = context.Response.Headers;
                headers.CacheControl = "public, max-age=31536000, immutable";
                headers.Vary = "Accept-Encoding";
                headers.XContentTypeOptions = "nosniff";
                var brotli = context.Request.Headers.AcceptEncoding.ToString().Contains("br", StringComparison.Ordinal);
                if (brotli)
                {
                    headers.ContentEncoding = "br";
                }

                return TypedResults.Bytes(brotli ? asset.Brotli : asset.Plain, asset.Type);
            }).ExcludeFromDescription();
        }
    }
}
