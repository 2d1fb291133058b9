"""Islands and territories that are served apart from the state they belong to, by what a series'
track calls them ("SITE:Zanzibar"): a team to Zanzibar is called so, not "to Tanzania"."""

from __future__ import annotations

AT_A_SITE = "SITE:"
#: by their name: in English, Chinese, French
ISLANDS = {
    "Zanzibar": ("Zanzibar", "桑给巴尔", "Zanzibar"),
    "Pemba": ("Pemba", "奔巴岛", "Pemba"),
    "Rodrigues": ("Rodrigues", "罗德里格斯岛", "Rodrigues"),
    "Anjouan": ("Anjouan", "昂儒昂岛", "Anjouan"),
    "Mohéli": ("Mohéli", "莫埃利岛", "Mohéli"),
    "Grande Comore": ("Grande Comore", "大科摩罗岛", "Grande Comore"),
    "Bioko": ("Bioko", "比奥科岛", "Bioko"),
    "Annobón": ("Annobón", "安诺本岛", "Annobón"),
    "Príncipe": ("Príncipe", "普林西比岛", "Príncipe"),
    "Santiago": ("Santiago", "圣地亚哥岛", "Santiago"),
    "São Vicente": ("São Vicente", "圣维森特岛", "São Vicente"),
    "Gozo": ("Gozo", "戈佐岛", "Gozo"),
    "Puntland": ("Puntland", "邦特兰", "Puntland"),
    "Somaliland": ("Somaliland", "索马里兰", "Somaliland"),
    "Rotuma": ("Rotuma", "罗图马岛", "Rotuma"),
    "Tobago": ("Tobago", "多巴哥岛", "Tobago"),
}
#: the same places in other spellings
SPELT = {
    "Moheli": "Mohéli", "Ngazidja": "Grande Comore", "Annobon": "Annobón", "Principe": "Príncipe",
    "Sao Vicente": "São Vicente",
}  # fmt: skip


def island_of(track: str) -> dict[str, str]:
    """The names of the island whose series this track is, by language; {} for every other track."""
    place = track.removeprefix(AT_A_SITE)
    called = ISLANDS.get(SPELT.get(place, place), ())
    return dict(zip(("en", "zh", "fr"), called, strict=False))
