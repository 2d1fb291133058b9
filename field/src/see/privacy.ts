/**
 * What looks like a telephone or identity number, or names a patient: the office keeps none of it,
 * so a form says so before it saves. The shapes are the server's own
 * (people/rules/privacy.py); privacy.cases.json holds both to them.
 */
import { ORDINARY } from "./ordinaryWords";

const PHONE = /(?<![\w.])\+?\(?\d(?:[\s().\-/]{0,2}\d){7,14}(?!\w)/;
const DAY = /(?<!\d)(?:(?:19|20)\d\d[-/.]\d\d?[-/.]\d\d?|\d\d?[-/.]\d\d?[-/.](?:19|20)\d\d)(?!\d)/g;
// 12 000 000 GNF is money, whatever its length
const AMOUNT =
  /(?<![\w.])\d{1,3}(?:[ .\u00a0\u202f]?\d{3})+(?=\s*(?:GNF|FG|FCFA|XOF|CFA|EUR|USD|RMB|CNY|francs?|euros?|dollars?|yuan|元|€|\$))/g;
const IDENTITY = /(?<!\w)(?:\d{15}|\d{17}[\dXx]|[A-Z]{1,2}[ -]?\d{6,9})(?!\w)/;
const START = "(?<![A-Za-zÀ-ÿ])"; // Chinese may stand right before it
const WORD = "(?<![\\p{L}\\p{N}_])";
const WORD_END = "(?![\\p{L}\\p{N}_])";
const TITLE = "(?:Mr|Mrs|Ms|Miss|Mme|Mlle|Madame|Monsieur|M)\\b\\.?";
const CAPITAL = "[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ'’\\-]+";
const SHOUTED = "[A-ZÀ-ÖØ-Þ]{3,}";
// a word with a capital that is nothing else
const NAMED = `(?!(?:${ORDINARY.join("|")})(?![A-Za-zÀ-ÿ]))${CAPITAL}`;
// many surnames begin ordinary words too: 高血压, 周三, 马上, 丁肝 are nobody
const SURNAME =
  String.raw`(?:[刘赵吴郭梁宋冯邓彭肖袁潘蔡蒋吕]|[汪姚谭廖邹郝崔邱侯邵龚]` +
  String.raw`|王(?!国)|李(?!斯特)|杨(?![梅树])|朱(?!砂)|胡(?![萝言乱须闹])|谢(?![绝谢])|曹(?!县)|田(?![间地径野])` +
  String.raw`|熊(?![猫去])|秦(?![皇艽])|乔(?!木)|贺(?![信卡电词])|赖(?![以于氨])` +
  String.raw`|陈(?![旧述诉])|徐(?![州徐缓])|孙(?![女子辈儿])|郑(?![重州])|罗(?![音马哌红氏库非])|韩(?!国)|董(?!事)` +
  String.raw`|苏(?![丹醒州打木合铁里拉])|黎(?![明巴])|欧阳|司马|上官|诸葛|张(?!力|口|开|家口|嘴|贴)` +
  String.raw`|黄(?![疸体斑色褐热染曲山石芪连芩脓痰绿])|周(?![一二三四五六日天后内前围期岁末身边年到中转])` +
  String.raw`|马(?![上蹄尾凡里拉鞍达来尔桶路车虎铃])|何(?![时日人处种因地况以谓等])` +
  String.raw`|高(?![血热钾钠糖危脂压龄烧处度尿位原级坠能频敏渗氮胆钙磷同半凝风达于空考乳泌胰粘镁流浓通质效发剂分出层抬举兴声速])` +
  String.raw`|林(?![巴区可格业])|唐(?![氏山突])|许(?![可多久昌诺])` +
  String.raw`|曾(?![经用行在做有于患服两多一住手因出接发到去来被使诊入说表对与反自输流怀生受感吸饮])` +
  String.raw`|余(?![下者人留额量热项年名例])|杜(?![绝氏仲冷兰塞])|叶(?![酸片状克])|程(?![度序控])|魏(?!氏)` +
  String.raw`|丁(?![肝型卡胺香哌])|范(?![围例畴])|顾(?![虑客及问])|陆(?![续地军上])|孟(?![氏加])` +
  // who has an office is named by it: 李医生, 王院长
  String.raw`)(?!医|护士|护师|主任|主席|院长|队长|组长|大夫|教授|老师|书记|局长|部长|大使|司机|翻译|师傅|处长|专家|博士)`;
const HAN = "[\\u4e00-\\u9fff]";
const CHINESE = `${SURNAME}${HAN}{1,2}`;
// what may follow a Chinese name, in which no word is set apart: 患者王小明从床上摔下
const THEN =
  String.raw`(?:$|[^\u4e00-\u9fff]` +
  String.raw`|[从因在于今昨前已被把将向到来去要需的和与为是有没不突发摔跌受骨手术行做转死病晕自未正仍再入住诉意输服拒逃离走失醒开由回复拆换男女])`;
const SICK = `${WORD}(?:(?:[Pp]atiente?|[Mm]alade)${WORD_END}|[Pp]te?${WORD_END}\\.?)`;
const SICK_IN_FULL = `${WORD}(?:[Pp]atiente?|[Mm]alade)${WORD_END}`;
const ILL =
  `(?:患者|病人|患儿|病患|伤者|伤员|产妇|孕妇|死者|${SICK_IN_FULL})` +
  String.raw`\s*(?:[:：]|[，,]?\s*(?:名叫|叫做|叫|名为|姓名\s*[:：]?))?\s*`;
// what is done with a patient, written right after the name: 张三 复查
const CARE =
  String.raw`\s*(?:需|要|须|应|待|来|将|再|回院|已)?` +
  String.raw`(?:复查|复诊|随访|换药|拆线|拔钉|再诊|住院|出院|转诊|转院|就诊|来诊|术后|死亡|去世|病故)`;
// names of where teams serve that are no other word of English or French
const KNOWN =
  String.raw`(?:mamadou|amadou|mahamadou|ibrahima|oumar|ousmane|abdoulaye|abou?bacar|boubacar|thierno|moussa` +
  String.raw`|s[eé]kou|lansana|souleymane|sa[iï]dou|a[iï]ssatou|fatoumata|fatou|mariama|aminata|kadiatou` +
  String.raw`|ramatoulaye|binta|oumou|djenabou|diallo|camara|sylla|traor[eé]|ke[iï]ta|soumah|bangoura` +
  String.raw`|kourouma|ciss[eé]|fofana|doumbouya|sidib[eé]|diakit[eé]|bald[eé]|coulibaly|sangar[eé]|konat[eé])`;
// such as are names right after “patient” only
const NAMED_ILL =
  String.raw`(?:bah|barry|sow|kaba|kant[eé]|tour[eé]|cond[eé]|loua|haba|lamah|oular[eé]|tounkara|savan[eé]` +
  String.raw`|dram[eé]|ndiaye|diop|sarr|seck|gueye|faye|ouattara|kon[eé]|sanogo|demb[eé]l[eé]|ou[eé]draogo` +
  String.raw`|alpha\s+bah|awa|hassan|fatima|a[iï]cha|aisha)`;
// the same of China in Latin letters, with the name that follows
const PINYIN = String.raw`(?:wang|zhang|liu|huang|zhao|zhou|zhu|guo|zheng|liang|xie|deng|peng|zeng|jiang)\s+[a-z]{2,9}`;
const LOWER = `(?:${KNOWN}(?:\\s+${KNOWN})?|${PINYIN})(?![A-Za-zÀ-ÿ])`;
const LOWER_ILL = `(?:${LOWER}|${NAMED_ILL}(?![A-Za-zÀ-ÿ]))`;
const AGE = String.raw`(?=\s*[,，(（]\s*(?:[MFHmfh]\s*[,，]\s*)?\d{1,3}\s*(?:ans?\b|years?\b|yrs?\b|y\b|岁))`;
const CALLED =
  String.raw`\s+(?:(?:is|was|est|était)\s+)?(?:named|called|nommée?|appelée?|dénommée?|prénommée?|du nom de|de nom` +
  String.raw`|(?:qui\s+)?s['’]appelle|se nomme|whose name is)\s+`;
const BETWEEN = String.raw`(?:\s+|\s*[:：,，(（]\s*|\s+(?:is|was|est|était)\s+|${CALLED})(?:${TITLE}\s+)?`;
// by which somebody is called who is no doctor: “Dr” treats
const POLITE = String.raw`(?:Mr|Mrs|Ms|Miss|Mme|Mlle|Madame|Monsieur)\b\.?|M\.`;
// what befalls patients, said right after a name; who is transferred or evacuated may be of a team
const BEFELL =
  String.raw`(?:\s+(?:has|had))?\s+(?:died|bled|relapsed|passed\s+away)\b` +
  String.raw`|\s+(?:was|is|has\s+been)\s+(?:operated|discharged|referred|treated|dialysed|dialyzed|delivered)\b` +
  String.raw`|(?:\s+(?:est|fut|a\s+été|était))?\s+(?:décédée?|morte?|hospitalisée?|guérie?|accouchée?|dialysée?)(?![A-Za-zÀ-ÿ])` +
  String.raw`|\s+(?:est|fut|a\s+été|était)\s+(?:opérée?|soignée?|traitée?)(?![A-Za-zÀ-ÿ])` +
  String.raw`|\s+a\s+accouché(?![A-Za-zÀ-ÿ])`;
const TITLED = String.raw`${START}(?:${POLITE})\s+(?:${NAMED}|${SHOUTED})(?:\s+(?:${CAPITAL}|${SHOUTED}))*`;
const CHINESE_TITLED = `(?<!${HAN})${SURNAME}${HAN}{0,2}?(?:某某?)?(?:女士|先生|小姐|太太|大爷|大妈)`;
const NAMES = [
  new RegExp(`${START}${TITLE}\\s+${CAPITAL}`),
  new RegExp(`${START}${CAPITAL}\\s+${CAPITAL}`),
  new RegExp(`${START}(?:${CAPITAL}\\s+${SHOUTED}|${SHOUTED}\\s+${CAPITAL})${WORD_END}`, "u"),
  /(?:姓名|名字|名叫)\s*[:：]?\s*[\u4e00-\u9fff]{2,4}/,
  new RegExp(`${SURNAME}[\\u4e00-\\u9fff]{0,2}(?:某某?|先生|女士|小姐|大爷|阿姨)`),
  new RegExp(`${START}(?:[Nn]ame|[Ss]urname|[Nn]om|[Pp]rénom)\\s*:\\s*\\S+`),
];
// who stands before a need, or by whose kin a patient is called: 王小明 骨折, 张伟的母亲
const LISTED = [
  new RegExp(String.raw`(?:(?<![\s\S])|(?<=[\n。；;]))\s*${CHINESE}(?=[\s，,、：:])`),
  new RegExp(
    `(?<!${HAN})${CHINESE}的` +
      "(?:母亲|父亲|妈妈|爸爸|儿子|女儿|妻子|丈夫|爱人|老婆|老公|家属|家人|哥哥|弟弟|姐姐|妹妹|孩子|奶奶|爷爷|外婆|外公)",
  ),
];
const ILL_THERE = "(?:患者|病人|患儿|伤者|伤员|产妇)";
// who is called a patient, or is seen again, by name
const PATIENTS = [
  new RegExp(String.raw`${SICK}\s+${TITLE}\s+${CAPITAL}`, "u"),
  new RegExp(String.raw`${SICK}\s+${NAMED}`, "u"),
  new RegExp(String.raw`${SICK}${CALLED}(?:${TITLE}\s+)?${NAMED}(?:\s+${NAMED})?`, "u"),
  new RegExp(
    String.raw`${WORD}(?:[Pp]atiente?s?|[Mm]alades?)\s*[:：]\s*` +
      String.raw`(?:${TITLE}\s+${CAPITAL}|${NAMED}\s+${NAMED}|${NAMED}${AGE})`,
    "u",
  ),
  new RegExp(`${WORD}(?:patiente?s?|malades?)${WORD_END}${BETWEEN}${LOWER_ILL}`, "iu"),
  new RegExp(String.raw`${ILL_THERE}\s*[:：]?\s*${NAMED}\s+${NAMED}`),
  new RegExp(String.raw`${ILL_THERE}\s*[:：]?\s*${LOWER_ILL}`, "i"),
  new RegExp(`${ILL}${CHINESE}?(?=${THEN})`, "u"),
  new RegExp(`${ILL}${CHINESE}`, "u"),
  new RegExp(`${ILL_THERE}[，,]?\\s*姓${SURNAME}`),
  new RegExp(
    `(?:(?<![\\u4e00-\\u9fff\\d])|(?<=患者|病人|患儿)|(?<=[给为替请让]))${CHINESE}?(?=${CARE})`,
  ),
  new RegExp(
    String.raw`(?<!${HAN})${CHINESE}\s*[，,、（(\s]\s*` +
      String.raw`(?:[男女]性?(?!${HAN})|\d{1,3}\s*(?:岁(?!以)|个月大|月大))`,
  ),
  new RegExp(`${START}${LOWER}${AGE}`, "i"),
  new RegExp(`${TITLED}(?=${BEFELL})`),
  new RegExp(
    `${CHINESE_TITLED}(?=\\s*[，,]?\\s*(?:已|于|因|在)?(?:去世|死亡|病故|过世|病危|病逝|分娩|转诊))`,
  ),
];
const KNOWN_NAME = new RegExp(`${START}${LOWER}`, "i");

/** A number by which somebody may be found, or a patient called by name; '' where there is none. */
export function whoIn(text: string): string {
  if (!text) return "";
  const bare = text.normalize("NFKC").replace(DAY, " ").replace(AMOUNT, " ");
  const found = IDENTITY.exec(bare) ?? PHONE.exec(bare);
  return found?.[0].trim() ?? firstOf(PATIENTS, text);
}

/** What looks like a person's name; '' where there is none. */
export function nameIn(text: string): string {
  return firstOf([...NAMES, ...PATIENTS, ...LISTED, KNOWN_NAME], text);
}

function firstOf(shapes: RegExp[], text: string): string {
  const found = shapes.map((shape) => shape.exec(text)).find((one) => one);
  return found?.[0].trim() ?? "";
}

export { KNOWN_NAME };
