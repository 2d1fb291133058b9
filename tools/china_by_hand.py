"""What no package tells `make_china.py`: provinces, names that are not Chinese, readings."""

from __future__ import annotations

# two digits: (Chinese, English, French, ISO 3166-2, latitude and longitude of the capital)
PROVINCES = {
    "11": ("北京市", "Beijing", "Pékin", "CN-BJ", 39.90, 116.41),
    "12": ("天津市", "Tianjin", "Tianjin", "CN-TJ", 39.13, 117.20),
    "13": ("河北省", "Hebei", "Hebei", "CN-HE", 38.04, 114.51),
    "14": ("山西省", "Shanxi", "Shanxi", "CN-SX", 37.87, 112.55),
    "15": ("内蒙古自治区", "Inner Mongolia", "Mongolie-Intérieure", "CN-NM", 40.84, 111.75),
    "21": ("辽宁省", "Liaoning", "Liaoning", "CN-LN", 41.80, 123.43),
    "22": ("吉林省", "Jilin", "Jilin", "CN-JL", 43.82, 125.32),
    "23": ("黑龙江省", "Heilongjiang", "Heilongjiang", "CN-HL", 45.80, 126.53),
    "31": ("上海市", "Shanghai", "Shanghai", "CN-SH", 31.23, 121.47),
    "32": ("江苏省", "Jiangsu", "Jiangsu", "CN-JS", 32.06, 118.80),
    "33": ("浙江省", "Zhejiang", "Zhejiang", "CN-ZJ", 30.27, 120.16),
    "34": ("安徽省", "Anhui", "Anhui", "CN-AH", 31.82, 117.23),
    "35": ("福建省", "Fujian", "Fujian", "CN-FJ", 26.07, 119.30),
    "36": ("江西省", "Jiangxi", "Jiangxi", "CN-JX", 28.68, 115.86),
    "37": ("山东省", "Shandong", "Shandong", "CN-SD", 36.65, 117.12),
    "41": ("河南省", "Henan", "Henan", "CN-HA", 34.75, 113.63),
    "42": ("湖北省", "Hubei", "Hubei", "CN-HB", 30.59, 114.31),
    "43": ("湖南省", "Hunan", "Hunan", "CN-HN", 28.23, 112.94),
    "44": ("广东省", "Guangdong", "Guangdong", "CN-GD", 23.13, 113.26),
    "45": ("广西壮族自治区", "Guangxi", "Guangxi", "CN-GX", 22.82, 108.37),
    "46": ("海南省", "Hainan", "Hainan", "CN-HI", 20.04, 110.20),
    "50": ("重庆市", "Chongqing", "Chongqing", "CN-CQ", 29.56, 106.55),
    "51": ("四川省", "Sichuan", "Sichuan", "CN-SC", 30.57, 104.07),
    "52": ("贵州省", "Guizhou", "Guizhou", "CN-GZ", 26.65, 106.63),
    "53": ("云南省", "Yunnan", "Yunnan", "CN-YN", 25.04, 102.71),
    "54": ("西藏自治区", "Tibet (Xizang)", "Tibet (Xizang)", "CN-XZ", 29.65, 91.14),
    "61": ("陕西省", "Shaanxi", "Shaanxi", "CN-SN", 34.34, 108.94),
    "62": ("甘肃省", "Gansu", "Gansu", "CN-GS", 36.06, 103.83),
    "63": ("青海省", "Qinghai", "Qinghai", "CN-QH", 36.62, 101.78),
    "64": ("宁夏回族自治区", "Ningxia", "Ningxia", "CN-NX", 38.49, 106.23),
    "65": ("新疆维吾尔自治区", "Xinjiang", "Xinjiang", "CN-XJ", 43.83, 87.62),
    "71": ("台湾省", "Taiwan, China", "Taïwan (Chine)", "CN-TW", 25.03, 121.56),
    "81": ("香港特别行政区", "Hong Kong, China", "Hong Kong (Chine)", "CN-HK", 22.28, 114.16),
    "82": ("澳门特别行政区", "Macao, China", "Macao (Chine)", "CN-MO", 22.19, 113.54),
}

# four or six digits: the customary romanisation of a name that is not Chinese
ROMANISED = {
    "1501": "Hohhot", "1502": "Baotou", "1506": "Ordos", "1507": "Hulunbuir", "1508": "Bayannur",
    "1509": "Ulanqab", "1522": "Hinggan", "1525": "Xilingol", "1529": "Alxa", "2224": "Yanbian",
    "2301": "Harbin", "2302": "Qiqihar", "2327": "Daxing'anling", "5132": "Ngawa", "5133": "Garzê",
    "5134": "Liangshan", "5401": "Lhasa", "5402": "Shigatse", "5403": "Chamdo", "5404": "Nyingchi",
    "5405": "Shannan", "5406": "Nagqu", "5425": "Ngari", "6230": "Gannan", "6326": "Golog",
    "6327": "Yushu", "6328": "Haixi", "6501": "Ürümqi", "6502": "Karamay", "6504": "Turpan",
    "6505": "Hami (Kumul)", "6523": "Changji", "6527": "Bortala", "6528": "Bayingolin",
    "6529": "Aksu", "6530": "Kizilsu", "6531": "Kashgar", "6532": "Hotan", "6540": "Ili",
    "6542": "Tacheng", "6543": "Altay", "5328": "Xishuangbanna", "5331": "Dehong", "5334": "Dêqên",
    "533401": "Shangri-La", "632801": "Golmud", "632802": "Delingha", "652901": "Aksu",
    "653101": "Kashgar", "653201": "Hotan", "653221": "Hotan", "654301": "Altay",
    "652801": "Korla", "653001": "Artux", "652701": "Bole", "654003": "Kuytun", "654002": "Yining",
    "152501": "Erenhot", "150781": "Manzhouli", "152502": "Xilinhot", "152201": "Ulanhot",
    "540102": "Chengguan", "542521": "Burang", "540221": "Namling", "540222": "Gyantse",
    "540223": "Tingri", "540224": "Sa'gya", "540225": "Lhatse", "540226": "Ngamring",
    "540227": "Xaitongmoin", "540228": "Bainang", "540229": "Rinbung", "540230": "Kangmar",
    "540231": "Dinggyê", "540232": "Zhongba", "540233": "Yadong", "540234": "Gyirong",
    "540235": "Nyalam", "540236": "Saga", "540237": "Gamba", "540202": "Samzhubzê",
    "540402": "Bayi", "540421": "Gongbo'gyamda", "540422": "Mainling", "540481": "Mainling",
    "540423": "Mêdog", "540424": "Bomê", "540425": "Zayü", "540426": "Nang",
    "540121": "Lhünzhub", "540122": "Damxung", "540123": "Nyêmo", "540124": "Qüxü",
    "540103": "Doilungdêqên", "540104": "Dagzê", "540127": "Maizhokunggar",
    "540502": "Nêdong", "540521": "Zhanang", "540522": "Gonggar", "540523": "Sangri",
    "540524": "Qonggyai", "540525": "Qusum", "540526": "Comai", "540527": "Lhozhag",
    "540528": "Gyaca", "540529": "Lhünzê", "540530": "Cona", "540581": "Cona",
    "540531": "Nagarzê", "542522": "Zanda", "542523": "Gar", "542524": "Rutog",
    "542525": "Gê'gyai", "542526": "Gêrzê", "542527": "Coqên",
}  # fmt: skip

# whole names that only say what they are
PLAIN = {
    "城区": ("Urban District", "District urbain"),
    "郊区": ("Suburban District", "District suburbain"),
    "矿区": ("Mining District", "District minier"),
    "中沙群岛的岛礁及其海域": ("Zhongsha Islands", "Îles de Zhongsha"),
}

# how a character reads in names of places unless READINGS says otherwise
USUAL = {
    "乐": "le", "佛": "fo", "勒": "le", "卡": "ka", "什": "shi", "尾": "wei", "柏": "bai",
    "都": "du", "长": "chang",
}  # fmt: skip

# the beginning of a Chinese name: its reading there, where the commonest reading is another
READINGS = {
    "六合": "lu he", "蚌山": "beng shan", "涡阳": "guo yang", "乐亭": "lao ting",
    "乐陵": "lao ling", "乐清": "yue qing", "大城": "dai cheng", "浚县": "xun xian",
    "荥经": "ying jing", "单县": "shan xian", "洪洞": "hong tong", "繁峙": "fan shi",
    "长子": "zhang zi", "筠连": "jun lian", "朝阳": "chao yang", "宕昌": "tan chang",
    "称多": "chen duo", "穆棱": "mu ling", "泊头": "bo tou", "覃塘": "qin tang", "漯河": "luo he",
    "曾都": "zeng du", "龙圩": "long xu", "崆峒": "kong tong", "伽师": "jia shi",
    "珲春": "hun chun", "闵行": "min hang", "红寺堡": "hong si bu",
}  # fmt: skip

# a people's Chinese name: (English, French feminine after "préfecture autonome")
PEOPLES = {
    "蒙古族": ("Mongol", "mongol"), "蒙古": ("Mongol", "mongol"), "回族": ("Hui", "hui"),
    "满族": ("Manchu", "mandchou"), "藏族": ("Tibetan", "tibétain"), "苗族": ("Miao", "miao"),
    "彝族": ("Yi", "yi"), "壮族": ("Zhuang", "zhuang"), "布依族": ("Buyei", "buyei"),
    "朝鲜族": ("Korean", "coréen"), "侗族": ("Dong", "dong"), "瑶族": ("Yao", "yao"),
    "白族": ("Bai", "bai"), "土家族": ("Tujia", "tujia"), "哈尼族": ("Hani", "hani"),
    "哈萨克族": ("Kazakh", "kazakh"), "哈萨克": ("Kazakh", "kazakh"), "傣族": ("Dai", "dai"),
    "黎族": ("Li", "li"), "傈僳族": ("Lisu", "lisu"), "佤族": ("Va", "va"), "畲族": ("She", "she"),
    "拉祜族": ("Lahu", "lahu"), "水族": ("Sui", "sui"), "东乡族": ("Dongxiang", "dongxiang"),
    "纳西族": ("Naxi", "naxi"), "景颇族": ("Jingpo", "jingpo"), "土族": ("Tu", "tu"),
    "柯尔克孜族": ("Kyrgyz", "kirghize"), "柯尔克孜": ("Kyrgyz", "kirghize"),
    "达斡尔族": ("Daur", "daur"), "仫佬族": ("Mulao", "mulao"), "羌族": ("Qiang", "qiang"),
    "布朗族": ("Blang", "blang"), "撒拉族": ("Salar", "salar"), "毛南族": ("Maonan", "maonan"),
    "仡佬族": ("Gelao", "gelao"), "锡伯族": ("Xibe", "xibe"), "锡伯": ("Xibe", "xibe"),
    "普米族": ("Pumi", "pumi"), "塔吉克族": ("Tajik", "tadjik"), "塔吉克": ("Tajik", "tadjik"),
    "怒族": ("Nu", "nu"), "鄂温克族": ("Evenki", "évenk"), "德昂族": ("De'ang", "de'ang"),
    "保安族": ("Bonan", "bonan"), "裕固族": ("Yugur", "yugur"), "独龙族": ("Derung", "derung"),
    "鄂伦春": ("Oroqen", "oroqen"), "各族": ("Multi-ethnic", "multiethnique"),
}  # fmt: skip
# after "préfecture" and "bannière"; the others do not change
FEMININE = {
    "mongol": "mongole",
    "mandchou": "mandchoue",
    "tibétain": "tibétaine",
    "coréen": "coréenne",
}
