"""Regions of the world for counts of participation: the macro regions of the United Nations' M49 list, Latin America told apart."""

REGIONS: dict[str, str] = {
    "002": (
        "DZ EG LY MA SD TN EH IO BI KM DJ ER ET TF KE MG MW MU YT MZ RE RW SC SO SS UG TZ ZM ZW AO CM CF TD CG CD GQ GA ST BW SZ "
        "LS NA ZA BJ BF CV CI GM GH GN GW LR ML MR NE NG SH SN SL TG"
    ),
    "021": "BM CA GL PM US",
    "419": (
        "AI AG AW BS BB BQ VG KY CU CW DM DO GD GP HT JM MQ MS PR BL KN LC MF VC SX TT TC VI BZ CR SV GT HN MX NI PA AR BO BV BR "
        "CL CO EC FK GF GY PY PE GS SR UY VE"
    ),
    "142": (
        "KZ KG TJ TM UZ CN HK MO KP JP MN KR TW BN KH ID LA MY MM PH SG TH TL VN AF BD BT IN IR MV NP PK LK AM AZ BH CY GE IQ IL "
        "JO KW LB OM QA SA PS SY TR AE YE"
    ),
    "150": (
        "BY BG CZ HU PL MD RO RU SK UA AX DK EE FO FI GG IS IE IM JE LV LT NO SJ SE GB AL AD BA HR GI GR VA IT MT ME MK PT SM RS "
        "SI ES AT BE FR DE LI LU MC NL CH XK"
    ),
    "009": "AU CX CC HM NZ NF FJ NC PG SB VU GU KI MH FM NR MP PW UM AS CK PF NU PN WS TK TO TV WF",
}
"""M49 code of a region -> its countries and territories (ISO 3166 alpha-2)."""
_OF = {country: region for region, countries in REGIONS.items() for country in countries.split()}
FEW = 5
"""Below this a group is not told by itself in public (design, section 8)."""


def region_of(country: str) -> str | None:
    """The region of a country; None for Antarctica and what the list does not know."""
    return _OF.get(country)


def told_regions(countries: dict[str, int]) -> tuple[dict[str, int], int]:
    """Comments by region, largest first, and those of regions too small to be told. One small region alone takes the next along,
    else it could be worked out from the sum.
    """
    counts: dict[str, int] = {}
    for country, many in countries.items():
        counts[region_of(country) or ""] = counts.get(region_of(country) or "", 0) + many
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    told = [(code, many) for code, many in ordered if many >= FEW and code]
    rest = sum(counts.values()) - sum(many for _, many in told)
    while told and 0 < rest < FEW:
        rest += told.pop()[1]
    return dict(told), rest
