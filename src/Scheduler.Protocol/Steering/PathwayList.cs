namespace Scheduler.Protocol.Steering;

/// <summary>
/// Ids of pathways as a query names them: separated by commas, quoted or not. What is no id (<c>[A-Za-z0-9._-]</c>, at most <see cref="MaxIdLength"/>
/// characters) is passed over, as is what comes after the first <see cref="MaxIds"/>.
/// </summary>
/// <param name="text">The value as it stands in the query.</param>
public readonly ref struct PathwayList(ReadOnlySpan<byte> text)
{
    /// <summary>Most ids that are read.</summary>
    public const int MaxIds = 16;

    /// <summary>Longest id, characters; sites have at most 32.</summary>
    public const int MaxIdLength = 64;

    private readonly ReadOnlySpan<byte> _text = text;

    /// <summary>True when it names none.</summary>
    public bool IsEmpty => !GetEnumerator().MoveNext();

    /// <summary>Most bytes that its ids take between them, separators and quotes included.</summary>
    internal int MaxLength => Math.Min(MaxIds * (MaxIdLength + 3), _text.Length * 4);

    /// <summary>True when it names an id.</summary>
    public bool Contains(ReadOnlySpan<byte> id)
    {
        foreach (ReadOnlySpan<byte> one in this)
            if (one.SequenceEqual(id)) return true;
        return false;
    }

    /// <summary>The first id; empty when there is none.</summary>
    public ReadOnlySpan<byte> First
    {
        get
        {
            Enumerator ids = GetEnumerator();
            return ids.MoveNext() ? ids.Current : default;
        }
    }

    /// <summary>The last id; empty when there is none.</summary>
    public ReadOnlySpan<byte> Last
    {
        get
        {
            ReadOnlySpan<byte> last = default;
            foreach (ReadOnlySpan<byte> id in this) last = id;
            return last;
        }
    }

    /// <summary>Its ids, in order.</summary>
    public Enumerator GetEnumerator() => new(_text);

    /// <summary>True for what may be the id of a pathway.</summary>
    public static bool IsId(ReadOnlySpan<byte> id) => id.Length is > 0 and <= MaxIdLength && !id.ContainsAnyExcept(SteeringText.Unreserved);

    /// <summary>Walks over ids.</summary>
    public ref struct Enumerator
    {
        private ListWords _words;
        private int _found;

        internal Enumerator(ReadOnlySpan<byte> text) => _words = new ListWords(text);

        /// <summary>The id that was found last.</summary>
        public readonly ReadOnlySpan<byte> Current => _words.Current;

        /// <summary>Finds the next id.</summary>
        public bool MoveNext()
        {
            while (_found < MaxIds && _words.MoveNext())
            {
                if (!IsId(_words.Current)) continue;
                _found++;
                return true;
            }
            return false;
        }
    }
}
