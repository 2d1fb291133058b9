"""Countries that receive teams, as English prose names them (ISO 3166-1 alpha-2)."""

from __future__ import annotations

import re

_NAMES = """
DZ Algeria|AO Angola|BJ Benin|BW Botswana|BF Burkina Faso|BI Burundi|CV Cape Verde|CV Cabo Verde
CM Cameroon|CF Central African Republic|TD Chad|KM Comoros|KM Union of Comoros|KM Comoro Islands
CG Republic of Congo|CG Congo-Brazzaville|CG Congo (Brazzaville)|CG Congo, Rep.|CG Congo
CG Congo Brazzaville|CD Congo, Dem. Rep.|CD Democratic Republic of the Congo|CD Zaire
CD Democratic Republic of Congo|CD DR Congo|CD DRC|CI Cote d'Ivoire|CI Côte d'Ivoire|CI Ivory Coast
DJ Djibouti|EG Egypt|GQ Equatorial Guinea|ER Eritrea|ET Ethiopia|SZ Eswatini|SZ Swaziland|GA Gabon
GM Gambia|GH Ghana|GN Guinea|GN Guinea-Conakry|GW Guinea-Bissau|GW Guinea Bissau|KE Kenya
LS Lesotho|LR Liberia|LY Libya|MG Madagascar|MW Malawi|ML Mali|MR Mauritania|MU Mauritius|MA Morocco
MZ Mozambique|NA Namibia|NE Niger|NG Nigeria|RW Rwanda|ST Sao Tome and Principe
ST São Tomé and Príncipe|ST Sao Tome & Principe|SN Senegal|SC Seychelles|SL Sierra Leone|SO Somalia
ZA South Africa|SS South Sudan|SD Sudan|TZ Tanzania|TG Togo|TN Tunisia|UG Uganda|ZM Zambia
ZW Zimbabwe|AF Afghanistan|BD Bangladesh|BT Bhutan|BN Brunei|KH Cambodia|IN India|ID Indonesia
IR Iran|IQ Iraq|JO Jordan|KZ Kazakhstan|KW Kuwait|KG Kyrgyzstan|KG Kyrgyz Republic|LA Laos
LA Lao PDR|LB Lebanon|MY Malaysia|MV Maldives|MN Mongolia|MM Myanmar|MM Burma|NP Nepal
KP North Korea|PK Pakistan|PS Palestine|PH Philippines|LK Sri Lanka|SY Syria|TJ Tajikistan
TH Thailand|TL Timor-Leste|TL East Timor|TL Timor Leste|TM Turkmenistan|UZ Uzbekistan|VN Vietnam
VN Viet Nam|YE Yemen|FJ Fiji|KI Kiribati|FM Micronesia|PG Papua New Guinea|WS Samoa
SB Solomon Islands|TO Tonga|VU Vanuatu|AG Antigua and Barbuda|BS Bahamas|BB Barbados|BZ Belize
BO Bolivia|CL Chile|CO Colombia|CR Costa Rica|CU Cuba|DM Dominica|DO Dominican Republic|EC Ecuador
SV El Salvador|GD Grenada|GT Guatemala|GY Guyana|HT Haiti|HN Honduras|JM Jamaica|MX Mexico
NI Nicaragua|PE Peru|LC Saint Lucia|SR Suriname|TT Trinidad and Tobago|TT Trinidad & Tobago
UY Uruguay|VE Venezuela|AL Albania|BY Belarus|MD Moldova|MT Malta|RS Serbia|RS Yugoslavia|UA Ukraine
"""
_CODES = {
    entry[3:].strip(): entry[:2]
    for line in _NAMES.strip().splitlines()
    for entry in line.split("|")
}
_BY_FOLDED = {name.casefold(): code for name, code in _CODES.items()}
_LONGEST = "|".join(re.escape(name) for name in sorted(_CODES, key=len, reverse=True))
# "Inner Mongolia" sends, it does not receive; "Benin City" is another name.
_COUNTRY = re.compile(
    rf"(?<![\w-])(?<!Inner )({_LONGEST})(?![\w-]|\s(?:City|Republic|State|River)\b)"
)
COUNTRY = rf"(?:{_LONGEST})"


def country_code(name: str) -> str:
    """The code of a country named alone, or ''."""
    plain = name.strip().casefold().removeprefix("the ")
    return _BY_FOLDED.get(plain, "")


def countries_in(text: str) -> list[tuple[str, str]]:
    """Every country that a text names: (code, as written), in order."""
    return [(_CODES[found.group(1)], found.group(1)) for found in _COUNTRY.finditer(text)]


def is_called(code: str, named: tuple[str, str]) -> bool:
    """True when a country that a text names may be the one of that code: "Congo" is two."""
    other, name = named
    return code == other or (name == "Congo" and code in ("CD", "CG"))


def recipient_of(code: str, *names: str) -> str:
    """The recipient's code: the column's own code, or the first name that is known."""
    plain = code.strip().upper()
    if re.fullmatch(r"[A-Z]{2}", plain):
        return plain
    return next((known for known in map(country_code, names) if known), "")
