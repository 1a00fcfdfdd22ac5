"""Codes of jurisdictions and currencies that a new event may use (interchange.md).

They are lists of a day: an event that was recorded keeps its code when a list changes. So nothing stored
is held to them.
"""

from collections.abc import Iterator

from policytracker.events.refusals import Refused, WrongKind


def _codes(words: str) -> frozenset[str]:
    return frozenset(words.split())


NOWHERE = "XX"
"""The jurisdiction of a company or an authority whose jurisdiction is not known."""
JURISDICTIONS = _codes(
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY "
    "BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK "
    "FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR "
    "IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK "
    "ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM "
    "PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF "
    "TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW "
)
"""ISO 3166-1 alpha-2."""
CURRENCIES = _codes(
    "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE "
    "CHF CHW CLF CLP CNY COP COU CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF "
    "GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR "
    "LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN "
    "PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS "
    "TMT TND TOP TRY TTD TWD TZS UAH UGX USD USN UYI UYU UYW UZS VED VES VND VUV WST XAD XAF XAG XAU XBA XBB XBC "
    "XBD XCD XCG XDR XOF XPD XPF XPT XSU XUA YER ZAR ZMW ZWG "
)
"""ISO 4217."""
CHIPS = "chips"
"""The unit of a quantity that gives none."""
_MISTAKEN = {"UK": "GB", "EL": "GR", "SU": "RU", "YU": "RS", "AN": "NL"}
"""Codes that are not, or no longer, in ISO 3166-1, and the one that is most likely meant."""


def code_faults(field: str, code: str | None) -> Iterator[Refused]:
    """Why a code is no jurisdiction. ``XX`` is one: it stands for a jurisdiction that is not known."""
    if code is None or code in JURISDICTIONS or code == NOWHERE:
        return
    meant = _MISTAKEN.get(code)
    hint = f"write {meant}" if meant else f"write the two letters of ISO 3166-1, or {NOWHERE} where it is not known"
    yield WrongKind(field, "no jurisdiction of ISO 3166-1", code, hint)


def unit_faults(field: str, unit: str | None) -> Iterator[Refused]:
    """Why a text is no unit of a quantity."""
    if unit is None or unit == CHIPS or unit in CURRENCIES:
        return
    yield WrongKind(field, "no unit", unit, f"write {CHIPS}, or a currency by its three letters (ISO 4217): USD")
