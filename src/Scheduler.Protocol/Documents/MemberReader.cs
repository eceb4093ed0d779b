using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using Scheduler.Core.Topology;
using Scheduler.Core.Units;

namespace Scheduler.Protocol.Documents;

/// <summary>
/// Takes the members of one mapping out by name and type. What is missing or of a wrong type becomes a problem and a harmless value, so
/// that reading goes on to the next problem; <see cref="Close"/> finds the members that are not known.
/// </summary>
/// <param name="mapping">The mapping.</param>
/// <param name="path">Its path.</param>
/// <param name="problems">Where problems go.</param>
/// <param name="known">Names of the members that it may have.</param>
internal sealed class MemberReader(DocumentMapping mapping, FieldPath path, DocumentProblems problems, string[] known)
{
    private int _found;

    public FieldPath Path(string name) => path.Member(name);

    /// <summary>True when a member is there, null or not.</summary>
    public bool Has(string name)
    {
        foreach (DocumentMember member in mapping.Members)
            if (member.Name == name) return true;
        return false;
    }

    /// <summary>The value of a member; null, after a problem when it is required, if it is missing or null.</summary>
    public DocumentValue? Take(string name, bool required)
    {
        foreach (DocumentMember member in mapping.Members)
        {
            if (member.Name != name) continue;
            _found++;
            if (member.Value is not DocumentScalar { Kind: DocumentScalarKind.Null }) return member.Value;
            if (required) problems.Add(member.Value.Position, Path(name), "is required and must not be empty");
            return null;
        }
        if (required) problems.Add(mapping.Position, Path(name), "is required");
        return null;
    }

    /// <summary>A required text; empty after a problem.</summary>
    public string Text(string name)
    {
        DocumentValue? value = Take(name, required: true);
        if (value is null) return "";
        if (AsText(value) is string text) return text;
        problems.Add(value.Position, Path(name), "must be text");
        return "";
    }

    /// <summary>A text, when there is one.</summary>
    public string? TextIfAny(string name)
    {
        DocumentValue? value = Take(name, required: false);
        if (value is null) return null;
        if (AsText(value) is string text) return text;
        problems.Add(value.Position, Path(name), "must be text");
        return null;
    }

    /// <summary>A required number; 0 after a problem.</summary>
    public double Number(string name) => Number(name, required: true) ?? 0;

    /// <summary>A number; null when it is not there, and after a problem.</summary>
    public double? Number(string name, bool required)
    {
        DocumentValue? value = Take(name, required);
        if (value is null) return null;
        if (value is DocumentScalar { Kind: DocumentScalarKind.Number or DocumentScalarKind.Plain } scalar && TryNumber(scalar.Text, out double number))
            return number;
        problems.Add(value.Position, Path(name), "must be a number");
        return null;
    }

    /// <summary>A whole number, when there is one; null after a problem too.</summary>
    public int? WholeIfAny(string name)
    {
        DocumentValue? value = Take(name, required: false);
        if (value is null) return null;
        if (value is DocumentScalar { Kind: DocumentScalarKind.Number or DocumentScalarKind.Plain } scalar
            && int.TryParse(scalar.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number))
        {
            return number;
        }
        problems.Add(value.Position, Path(name), "must be a whole number");
        return null;
    }

    /// <summary>True or false, when it is there; null after a problem too.</summary>
    public bool? TruthIfAny(string name)
    {
        DocumentValue? value = Take(name, required: false);
        switch (value)
        {
            case null: return null;
            case DocumentScalar { Kind: DocumentScalarKind.Boolean or DocumentScalarKind.Plain, Text: "true" }: return true;
            case DocumentScalar { Kind: DocumentScalarKind.Boolean or DocumentScalarKind.Plain, Text: "false" }: return false;
        }
        problems.Add(value.Position, Path(name), "must be true or false");
        return null;
    }

    /// <summary>
    /// A length of time or a moment in seconds: a number of seconds or a text such as 90s or 5m; null when it is not there, and after a problem.
    /// </summary>
    public double? Seconds(string name, bool required)
    {
        DocumentValue? value = Take(name, required);
        if (value is null) return null;
        if (value is DocumentScalar { Kind: not DocumentScalarKind.Boolean } scalar)
        {
            if (scalar.Kind != DocumentScalarKind.Text && TryNumber(scalar.Text, out double seconds)) return seconds;
            if (DurationText.TryParse(scalar.Text, out TimeSpan duration)) return duration.TotalSeconds;
        }
        problems.Add(value.Position, Path(name), "must be a number of seconds, or a text such as 90s, 5m or 1h30m");
        return null;
    }

    private static bool TryNumber(string text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);

    /// <summary>A bit rate; null when it is not there, and zero after a problem.</summary>
    public BitRate? BitRate(string name, bool required)
    {
        DocumentValue? value = Take(name, required);
        if (value is null) return null;
        if (value is DocumentScalar { Kind: not DocumentScalarKind.Boolean } scalar
            && BitRateText.TryParse(scalar.Text, out BitRate rate))
        {
            return rate;
        }
        problems.Add(value.Position, Path(name), BitRateText.Reason);
        return Core.Units.BitRate.Zero;
    }

    /// <summary>A required word of a list; the default value after a problem.</summary>
    public T Word<T>(string name, Words<T> words) where T : struct, Enum => Word(name, words, required: true) ?? default;

    /// <summary>A word of a list; null when it is not there, and after a problem.</summary>
    public T? Word<T>(string name, Words<T> words, bool required) where T : struct, Enum
    {
        DocumentValue? value = Take(name, required);
        if (value is null) return null;
        string? text = AsText(value);
        if (text is not null && words.Find(text) is T known) return known;
        problems.Add(value.Position, Path(name), $"must be one of {words.All}{(text is null ? "" : NearestName.Hint(text, words.Known))}");
        return null;
    }

    /// <summary>A required list of words, each at most once, folded into one value; the default value when there are none.</summary>
    public T Flags<T>(string name, Words<T> words, Func<T, T, T> or) where T : struct, Enum
    {
        T all = default;
        DocumentSequence? list = Sequence(name, required: true);
        for (int i = 0; i < list?.Items.Count; i++)
        {
            DocumentValue item = list.Items[i];
            if (AsText(item) is not string text || words.Find(text) is not T known)
            {
                problems.Add(item.Position, Path(name).Item(i), $"must be one of {words.All}");
                problems.Silence(Path(name)); // a misspelt word is no missing one
            }
            else if (all.HasFlag(known)) problems.Add(item.Position, Path(name).Item(i), "is named twice");
            else all = or(all, known);
        }
        return all;
    }

    /// <summary>A list; calls back for each item.</summary>
    public void ForEach(string name, bool required, Action<DocumentValue, FieldPath> found)
    {
        if (Sequence(name, required) is not { } list) return;
        FieldPath listPath = Path(name);
        for (int i = 0; i < list.Items.Count; i++) found(list.Items[i], listPath.Item(i));
    }

    private DocumentSequence? Sequence(string name, bool required)
    {
        DocumentValue? value = Take(name, required);
        if (value is null or DocumentSequence) return (DocumentSequence?)value;
        problems.Add(value.Position, Path(name), "must be a list");
        return null;
    }

    /// <summary>An address, when there is one.</summary>
    public IPAddress? Address(string name)
    {
        DocumentValue? value = Take(name, required: false);
        if (value is null) return null;
        // The library also takes "1" and "0x7f.1" and zones; an address that does not come back as it went in was none of ours.
        if (AsText(value) is string text && IPAddress.TryParse(text, out IPAddress? address)
            && (text.Contains(':') ? !text.Contains('%') && !text.Contains('[') : address.ToString() == text))
        {
            return address;
        }
        problems.Add(value.Position, Path(name), "must be an IP address");
        return null;
    }

    /// <summary>Texts by name; calls back for each. Optional; each name at most once, and not even looked at when there are too many.</summary>
    public void ForEachText(string name, Action<DocumentMember, string> found, int most)
    {
        DocumentValue? value = Take(name, required: false);
        if (value is null) return;
        if (value is not DocumentMapping texts)
        {
            problems.Add(value.Position, Path(name), "must be a mapping");
            return;
        }
        if (texts.Members.Count > most)
        {
            problems.Add(value.Position, Path(name), $"has {texts.Members.Count} entries; the most is {most}");
            return;
        }
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (DocumentMember member in texts.Members)
        {
            if (!seen.Add(member.Name)) problems.Add(member.Position, Path(name).Member(member.Name), "is given twice");
            else if (AsText(member.Value) is string text) found(member, text);
            else problems.Add(member.Value.Position, Path(name).Member(member.Name), "must be text");
        }
    }

    /// <summary>The labels, when there are any.</summary>
    public ImmutableSortedDictionary<string, string> LabelSet(string name)
    {
        ImmutableSortedDictionary<string, string>.Builder? labels = null;
        ForEachText(name, (member, text) => (labels ??= Labels.None.ToBuilder()).Add(member.Name, text), FleetLimits.Labels);
        return labels?.ToImmutable() ?? Labels.None;
    }

    /// <summary>Reports members that are not known and members that are given twice.</summary>
    public void Close()
    {
        if (_found == mapping.Members.Count) return;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (DocumentMember member in mapping.Members)
        {
            if (!known.Contains(member.Name))
                problems.Add(member.Position, Path(member.Name), $"is not known here; known are {string.Join(", ", known)}{NearestName.Hint(member.Name, known)}");
            else if (!seen.Add(member.Name))
                problems.Add(member.Position, Path(member.Name), "is given twice");
        }
    }

    /// <summary>The text of a scalar that may be one; null for any other value.</summary>
    public static string? AsText(DocumentValue value) =>
        value is DocumentScalar { Kind: DocumentScalarKind.Text or DocumentScalarKind.Plain } scalar ? scalar.Text : null;
}
