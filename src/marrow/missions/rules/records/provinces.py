"""The 31 provinces that send teams (ISO 3166-2:CN) and how English prose spells them."""

from __future__ import annotations

import re

# Code: (spellings, its cities that prose names in its stead)
PROVINCES: dict[str, tuple[str, str]] = {
    "CN-AH": ("Anhui|Anhwei", "Hefei"),
    "CN-BJ": ("Beijing|Peking|Pékin", ""),
    "CN-CQ": ("Chongqing|Chungking", ""),
    "CN-FJ": ("Fujian|Fukien", "Fuzhou|Xiamen"),
    "CN-GD": ("Guangdong|Kwangtung|Canton", "Guangzhou|Shenzhen"),
    "CN-GS": ("Gansu|Kansu", "Lanzhou"),
    "CN-GX": ("Guangxi|Kwangsi|Guanxi|Guang Xi", "Nanning|Guilin"),
    "CN-GZ": ("Guizhou|Kweichow", "Guiyang"),
    "CN-HA": ("Henan|Honan|He Nan", "Zhengzhou"),
    "CN-HB": ("Hubei|Hupeh|Hu Bei", "Wuhan"),
    "CN-HE": ("Hebei|Hopeh|He Bei", "Shijiazhuang"),
    "CN-HI": ("Hainan", "Haikou"),
    "CN-HL": ("Heilongjiang|Heilong Jiang|Heilungkiang|Helongjiang", "Harbin"),
    "CN-HN": ("Hunan|Hu Nan", "Changsha"),
    "CN-JL": ("Jilin|Kirin", "Changchun"),
    "CN-JS": ("Jiangsu|Kiangsu|Jiang Su", "Nanjing|Suzhou|Wuxi"),
    "CN-JX": ("Jiangxi|Kiangsi|Jiang Xi", "Nanchang"),
    "CN-LN": ("Liaoning", "Shenyang|Dalian"),
    "CN-NM": ("Inner Mongolia|Nei Mongol|Neimenggu|Mongolie intérieure", "Hohhot|Baotou"),
    "CN-NX": ("Ningxia|Ningxa|Ninxia|Ning Xia", "Yinchuan"),
    "CN-QH": ("Qinghai|Chinghai|Tsinghai|Qing Hai", "Xining"),
    "CN-SC": ("Sichuan|Szechuan|Szechwan|Sichaun|Si Chuan", "Chengdu"),
    "CN-SD": ("Shandong|Shantung|Shan Dong", "Jinan|Qingdao"),
    "CN-SH": ("Shanghai", ""),
    "CN-SN": ("Shaanxi|Shannxi|Shaan Xi|Shensi", "Xi'an|Xi’an|Xian"),
    "CN-SX": ("Shanxi|Shan Xi|Shansi", "Taiyuan"),
    "CN-TJ": ("Tianjin|Tientsin", ""),
    "CN-XJ": ("Xinjiang|Sinkiang", "Urumqi"),
    "CN-XZ": ("Tibet|Xizang", "Lhasa"),
    "CN-YN": ("Yunnan|Yun Nan", "Kunming"),
    "CN-ZJ": ("Zhejiang|Chekiang|Zhe Jiang", "Hangzhou|Ningbo"),
}
_SPELLED = {
    spelling: code for code, (names, _) in PROVINCES.items() for spelling in names.split("|")
}
_CITIES = {
    city: code for code, (_, cities) in PROVINCES.items() for city in cities.split("|") if city
}
_LONGEST = "|".join(re.escape(name) for name in sorted(_SPELLED, key=len, reverse=True))
CITIES = "|".join(re.escape(name) for name in ("Beijing", "Pékin", *_CITIES))
# Group-free, so that it can stand inside other patterns.
PROVINCE = (
    rf"(?:{_LONGEST})\b(?:(?:\s(?:Zhuang|Hui|Uygur|Uyghur))?\sAutonomous\sRegion"
    r"|\s(?:[Pp]rovince|[Mm]unicipality|[Cc]ity))?"
)
CITY = (
    r"(?:" + "|".join(re.escape(name) for name in sorted(_CITIES, key=len, reverse=True)) + r")\b"
)
_HEAD = re.compile(rf"({_LONGEST})\b")


def province_code(text: str) -> str:
    """The code of the province that a name begins with, or ''."""
    found = _HEAD.match(text)
    return _SPELLED[found.group(1)] if found else ""


def city_code(text: str) -> str:
    """The code of the province in which a city lies, or ''."""
    return _CITIES.get(text, "")


def begins_in_china(text: str) -> bool:
    """True when a name begins with a place in China or belongs to one ("… of Shanxi").

    "Tirunesh Beijing Hospital" bears the name of a city that gave it, and stands elsewhere.
    """
    return bool(_AT_HOME.search(text)) or "China" in text.split()


_AT_HOME = re.compile(
    rf"(?:^|^The\s|^Chinese\s|\b(?:of|in|from)\s|,\s)(?:{_LONGEST}|{CITY})|\bAffiliated\b"
)
