namespace Scheduler.Core.Topology;

/// <summary>The continent of each country.</summary>
public static class Continents
{
    /// <summary>The continent of a country.</summary>
    /// <param name="country">ISO 3166-1 alpha-2, upper case (and XK, Kosovo).</param>
    /// <returns>Null for a code that no country has.</returns>
    public static Continent? Of(ReadOnlySpan<char> country) =>
        country.Length == 2 && char.IsAsciiLetterUpper(country[0]) && char.IsAsciiLetterUpper(country[1])
            ? ByCode[((country[0] - 'A') * 26) + country[1] - 'A']
            : null;

    private static readonly Continent?[] ByCode = Build(
        (Continent.Africa, """
            AO BF BI BJ BW CD CF CG CI CM CV DJ DZ EG EH ER ET GA GH GM GN GQ GW KE KM LR LS LY MA MG ML MR MU MW MZ NA NE NG RE RW SC SD
            SH SL SN SO SS ST SZ TD TG TN TZ UG YT ZA ZM ZW
            """),
        (Continent.Antarctica, "AQ BV GS HM TF"),
        (Continent.Asia, """
            AE AF AM AZ BD BH BN BT CC CN CX GE HK ID IL IN IO IQ IR JO JP KG KH KP KR KW KZ LA LB LK MM MN MO MV MY NP OM PH PK PS QA SA
            SG SY TH TJ TM TR TW UZ VN YE
            """),
        (Continent.Europe, """
            AD AL AT AX BA BE BG BY CH CY CZ DE DK EE ES FI FO FR GB GG GI GR HR HU IE IM IS IT JE LI LT LU LV MC MD ME MK MT NL NO PL PT
            RO RS RU SE SI SJ SK SM UA VA XK
            """),
        (Continent.NorthAmerica, """
            AG AI AW BB BL BM BQ BS BZ CA CR CU CW DM DO GD GL GP GT HN HT JM KN KY LC MF MQ MS MX NI PA PM PR SV SX TC TT US VC VG VI
            """),
        (Continent.Oceania, "AS AU CK FJ FM GU KI MH MP NC NF NR NU NZ PF PG PN PW SB TK TL TO TV UM VU WF WS"),
        (Continent.SouthAmerica, "AR BO BR CL CO EC FK GF GY PE PY SR UY VE"));

    private static Continent?[] Build(params ReadOnlySpan<(Continent Continent, string Codes)> parts)
    {
        var byCode = new Continent?[26 * 26];
        foreach ((Continent continent, string codes) in parts)
            foreach (string code in codes.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
                byCode[((code[0] - 'A') * 26) + code[1] - 'A'] = continent;
        return byCode;
    }
}
