"""What no package tells `make_places.py`: names as the house writes them, points, former states.

Points of islands too small for the map file are those of the main settlement, to a tenth of a
degree. Ends of former states are the first day on which the state was no more.
"""

from __future__ import annotations

# code: (English, Chinese, French)
NAMES = {
    "TW": ("Taiwan, China", "中国台湾", "Taïwan (Chine)"),
    "HK": ("Hong Kong, China", "中国香港", "Hong Kong (Chine)"),
    "MO": ("Macao, China", "中国澳门", "Macao (Chine)"),
    "CD": ("Democratic Republic of the Congo", "刚果（金）", "République démocratique du Congo"),
    "CG": ("Congo", "刚果（布）", "Congo"),
    "MM": ("Myanmar", "缅甸", "Myanmar"),
    "PS": ("Palestine", "巴勒斯坦", "Palestine"),
    "FK": ("Falkland Islands (Malvinas)", "福克兰群岛（马尔维纳斯）", "Îles Malouines (Falkland)"),
    "BA": ("Bosnia and Herzegovina", "波斯尼亚和黑塞哥维那", "Bosnie-Herzégovine"),
    "AG": ("Antigua and Barbuda", "安提瓜和巴布达", "Antigua-et-Barbuda"),
    "ST": ("Sao Tome and Principe", "圣多美和普林西比", "Sao Tomé-et-Principe"),
    "TT": ("Trinidad and Tobago", "特立尼达和多巴哥", "Trinité-et-Tobago"),
    "KN": ("Saint Kitts and Nevis", "圣基茨和尼维斯", "Saint-Kitts-et-Nevis"),
    "VC": (
        "Saint Vincent and the Grenadines",
        "圣文森特和格林纳丁斯",
        "Saint-Vincent-et-les-Grenadines",
    ),
    "017": ("Middle Africa", "中部非洲", "Afrique centrale"),
    "053": ("Australia and New Zealand", "澳大利亚和新西兰", "Australie et Nouvelle-Zélande"),
    "057": ("Micronesian Region", "密克罗尼西亚地区", "Région micronésienne"),
    "419": (
        "Latin America and the Caribbean",
        "拉丁美洲和加勒比地区",
        "Amérique latine et Caraïbes",
    ),
    "LC": ("Saint Lucia", "圣卢西亚", "Sainte-Lucie"),
}

# code: (latitude, longitude), for those without a shape of their own in the 50m file
POINTS = {
    "KI": (1.4, 173.0),  # the capital's atoll, not the largest
    "BQ": (12.2, -68.3),
    "BV": (-54.4, 3.4),
    "CC": (-12.2, 96.8),
    "CX": (-10.5, 105.6),
    "GF": (4.0, -53.0),
    "GI": (36.1, -5.4),
    "GP": (16.2, -61.6),
    "MQ": (14.6, -61.0),
    "RE": (-21.1, 55.5),
    "SJ": (78.2, 15.6),
    "TK": (-9.2, -171.8),
    "TV": (-8.5, 179.2),
    "UM": (19.3, 166.6),
    "YT": (-12.8, 45.2),
}

# ISO 3166-3 code, alpha-3, numeric, names, region, sub-region, latitude, longitude of the seat of
# government, first day after the end, note
FORMER: list[list[str | float]] = [
    [
        "YUCS", "YUG", "891", "Yugoslavia", "南斯拉夫", "Yougoslavie", "150", "039", 44.8, 20.5,
        "2003-02-04", "Socialist Federal Republic (890) until 1992-04-27, then Federal Republic",
    ],
    [
        "CSXX", "SCG", "891", "Serbia and Montenegro", "塞尔维亚和黑山", "Serbie-et-Monténégro",
        "150", "039", 44.8, 20.5, "2006-06-03", "",
    ],
    [
        "CSHH", "CSK", "200", "Czechoslovakia", "捷克斯洛伐克", "Tchécoslovaquie", "150", "151",
        50.1, 14.4, "1993-01-01", "",
    ],
    [
        "SUHH", "SUN", "810", "Soviet Union", "苏联", "Union soviétique", "150", "151", 55.8, 37.6,
        "1991-12-26", "",
    ],
    [
        "YDYE", "YMD", "720", "Democratic Yemen", "民主也门", "Yémen démocratique", "142", "145",
        12.8, 45.0, "1990-05-22", "",
    ],
    [
        "DDDE", "DDR", "278", "German Democratic Republic", "德意志民主共和国",
        "République démocratique allemande", "150", "155", 52.5, 13.4, "1990-10-03", "",
    ],
    [
        "ANHH", "ANT", "530", "Netherlands Antilles", "荷属安的列斯", "Antilles néerlandaises",
        "019", "029", 12.1, -68.9, "2010-10-10", "",
    ],
]  # fmt: skip
