/**
 * What looks like a telephone or identity number, or names a patient: the office keeps none of it,
 * so a form says so before it saves. The shapes are the server's own
 * (people/rules/privacy.py); privacy.cases.json holds both to them.
 */
import { oneBlank } from "./blanks";
import { ORDINARY, STATES } from "./ordinaryWords";
import { FOREIGN, HAN, SURNAME } from "./surnames";
import { befallenIn, CHINESE_CALLED, calledIn } from "./titles";

const PHONE = /(?<![\w.])\+?\(?\d(?:[\s().\-/]{0,2}\d){7,14}(?!\w)/;
const DAY = /(?<!\d)(?:(?:19|20)\d\d[-/.]\d\d?[-/.]\d\d?|\d\d?[-/.]\d\d?[-/.](?:19|20)\d\d)(?!\d)/g;
// 12 000 000 GNF is money, whatever its length
const AMOUNT =
  /(?<![\w.])\d{1,3}(?:[ .\u00a0\u202f]?\d{3}){1,6}(?=\s{0,3}(?:GNF|FG|FCFA|XOF|CFA|EUR|USD|RMB|CNY|francs?|euros?|dollars?|yuan|元|€|\$))/g;
const IDENTITY = /(?<!\w)(?:\d{15}|\d{17}[\dXx]|[A-Z]{1,2}[ -]?\d{6,9})(?!\w)/;
const START = "(?<![A-Za-zÀ-ÿ])"; // Chinese may stand right before it
const WORD = "(?<![\\p{L}\\p{N}_])";
const WORD_END = "(?![\\p{L}\\p{N}_])";
const TITLE =
  "(?:Mr|Mrs|Ms|Miss|Mmes?|Mlle|Madame?|Mademoiselle|Monsieur|Messieurs|Messrs|MM(?=\\.)|M)\\b\\.?";
const CAPITAL = "[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ'’\\-]{1,40}";
const SHOUTED = "[A-ZÀ-ÖØ-Þ]{3,40}";
// a word with a capital that is nothing else
const NAMED = `(?!(?:${ORDINARY.join("|")})(?![A-Za-zÀ-ÿ]))${CAPITAL}`;
const STATE = String.raw`(?:[Vv]on\s)?(?:${STATES.join("|")})(?![A-Za-zÀ-ÿ])`;
// Patient Diabétique connu is nobody; patient Diabétique Diallo is somebody
const STATED = String.raw`(?:${STATE}\s){0,3}(?!${STATE})${NAMED}`;
const CHINESE = `${SURNAME}${HAN}{1,2}`;
// what may follow a Chinese name, in which no word is set apart: 患者王小明从床上摔下
const THEN =
  String.raw`(?:$|[^\u4e00-\u9fff]` +
  "|[从因在于今昨前已被把将向到来去要需的和与为是有没不突发摔跌受骨手术行做转死病晕自未正仍再入住诉意输服拒逃离走失醒开由回复拆换男女])";
const SICK = `${WORD}(?:(?:[Pp]atiente?|[Mm]alade)${WORD_END}|[Pp]te?${WORD_END}\\.?)`;
const SICK_IN_FULL = `${WORD}(?:[Pp]atiente?|[Mm]alade)${WORD_END}`;
const ILL =
  `(?:患者|病人|患儿|病患|伤者|伤员|产妇|孕妇|死者|${SICK_IN_FULL})` +
  String.raw`\s?(?:[:：]|[，,]?\s?(?:名叫|叫做|叫|名为|姓名\s?[:：]?))?\s?`;
// what is done with a patient, written right after the name: 张三 复查
const SOON = String.raw`\s?(?:需|要|须|应|待|来|将|再|回院|已)?`;
const CARE = `${SOON}(?:复查|复诊|随访|换药|拆线|拔钉|再诊|住院|出院|转诊|转院|就诊|来诊|术后)`;
// names of where teams serve that are no other word of English or French
const KNOWN =
  "(?:mamadou|amadou|mahamadou|ibrahima|oumar|ousmane|abdoulaye|abou?bacar|boubacar|thierno|moussa" +
  "|s[eé]kou|lansana|souleymane|sa[iï]dou|a[iï]ssatou|fatoumata|fatou|mariama|aminata|kadiatou" +
  "|ramatoulaye|binta|oumou|djenabou|diallo|camara|sylla|traor[eé]|ke[iï]ta|soumah|bangoura" +
  "|kourouma|ciss[eé]|fofana|doumbouya|sidib[eé]|diakit[eé]|bald[eé]|coulibaly|sangar[eé]|konat[eé])";
// such as are names right after “patient” only
const NAMED_ILL =
  "(?:bah|barry|sow|kaba|kant[eé]|tour[eé]|cond[eé]|loua|haba|lamah|oular[eé]|tounkara|savan[eé]" +
  "|dram[eé]|ndiaye|diop|sarr|seck|gueye|faye|ouattara|kon[eé]|sanogo|demb[eé]l[eé]|ou[eé]draogo" +
  String.raw`|alpha\sbah|awa|hassan|fatima|a[iï]cha|aisha)`;
// the same of China in Latin letters, with the name that follows
const PINYIN = String.raw`(?:wang|zhang|liu|huang|zhao|zhou|zhu|guo|zheng|liang|xie|deng|peng|zeng|jiang)\s[a-z]{2,9}`;
const LOWER = `(?:${KNOWN}(?:\\s${KNOWN})?|${PINYIN})(?![A-Za-zÀ-ÿ])`;
const LOWER_ILL = `(?:${LOWER}|${NAMED_ILL}(?![A-Za-zÀ-ÿ]))`;
const AGE = String.raw`(?=\s?[,，(（]\s?(?:[MFHmfh]\s?[,，]\s?)?\d{1,3}\s?(?:ans?\b|years?\b|yrs?\b|y\b|岁))`;
const CALLED =
  String.raw`\s(?:(?:is|was|est|était)\s)?(?:named|called|nommée?|appelée?|dénommée?|prénommée?|du nom de|de nom` +
  String.raw`|(?:qui\s)?s['’]appelle|se nomme|whose name is)\s`;
const BETWEEN = String.raw`(?:\s|\s?[:：,，(（]\s?|\s(?:is|was|est|était)\s|${CALLED})(?:${TITLE}\s)?`;
const NAMES = [
  new RegExp(`${START}${TITLE}\\s${CAPITAL}`),
  new RegExp(`${START}${CAPITAL}\\s${CAPITAL}`),
  new RegExp(`${START}(?:${CAPITAL}\\s${SHOUTED}|${SHOUTED}\\s${CAPITAL})${WORD_END}`, "u"),
  new RegExp(`${SURNAME}[\\u4e00-\\u9fff]{0,2}某某?|${CHINESE_CALLED}`),
];
const LABELLED = [
  /(?:姓名|名字|名叫)\s?[:：]?\s?(?!不详|不明|未知|保密)[\u4e00-\u9fff]{2,4}/,
  new RegExp(`${START}(?:[Nn]ame|[Ss]urname|[Nn]om|[Pp]rénom)\\s?[:：]\\s?\\S{1,40}`),
];
// who stands before a need, or by whose kin a patient is called: 王小明 骨折, 张伟的母亲
const LISTED = [
  new RegExp(String.raw`(?:(?<![\s\S])|(?<=[\n。；;]))\s?${CHINESE}(?=[\s，,、：:])`),
  new RegExp(
    `(?<!${HAN})${CHINESE}的` +
      "(?:母亲|父亲|妈妈|爸爸|儿子|女儿|妻子|丈夫|爱人|老婆|老公|家属|家人|哥哥|弟弟|姐姐|妹妹|孩子|奶奶|爷爷|外婆|外公)",
  ),
];
const ILL_THERE = "(?:患者|病人|患儿|伤者|伤员|产妇)";
const CHINESE_START = "(?:(?<![\\u4e00-\\u9fff\\d])|(?<=患者|病人|患儿)|(?<=[给为替请让]))";
// who is called a patient, or is seen again, by name
const PATIENTS = [
  new RegExp(String.raw`${SICK}\s${TITLE}\s${CAPITAL}`, "u"),
  new RegExp(String.raw`${SICK}\s${STATED}`, "u"),
  new RegExp(String.raw`${SICK}${CALLED}(?:${TITLE}\s)?${NAMED}(?:\s${NAMED})?`, "u"),
  new RegExp(
    String.raw`${WORD}(?:[Pp]atiente?s?|[Mm]alades?)\s?[:：]\s?` +
      String.raw`(?:${TITLE}\s${CAPITAL}|${NAMED}\s${NAMED}|${NAMED}${AGE})`,
    "u",
  ),
  new RegExp(`${WORD}(?:patiente?s?|malades?)${WORD_END}${BETWEEN}${LOWER_ILL}`, "iu"),
  new RegExp(String.raw`${ILL_THERE}\s?[:：]?\s?${STATED}\s${NAMED}`),
  new RegExp(String.raw`${ILL_THERE}\s?[:：]?\s?${LOWER_ILL}`, "i"),
  new RegExp(`${ILL}${CHINESE}?(?=${THEN})`, "u"),
  new RegExp(`${ILL}${CHINESE}`, "u"),
  new RegExp(`${ILL}${FOREIGN}(?=大|昨|${THEN})`, "u"),
  new RegExp(`${ILL_THERE}[，,]?\\s?姓${SURNAME}`),
  new RegExp(`${CHINESE_START}${CHINESE}?(?=${CARE})`),
  new RegExp(
    String.raw`(?<!${HAN})${CHINESE}\s?[，,、（(\s]\s?` +
      String.raw`(?:[男女]性?(?!${HAN})|\d{1,3}\s?(?:岁(?!以)|个月大|月大))`,
  ),
  new RegExp(`${START}${LOWER}${AGE}`, "i"),
];
// who died is a patient in words about care alone
const DIED = [new RegExp(`${CHINESE_START}${CHINESE}?(?=${SOON}(?:死亡|去世|病故))`)];
const KNOWN_NAME = new RegExp(`${START}${LOWER}`, "i");

/** A number by which somebody may be found, or a patient called by name; '' where there is none. */
export function whoIn(text: string): string {
  if (!text) return "";
  const bare = text.normalize("NFKC").replace(DAY, " ").replace(AMOUNT, " ");
  const found = IDENTITY.exec(bare) ?? PHONE.exec(bare);
  const told = oneBlank(text);
  return found?.[0].trim() ?? (firstOf([...PATIENTS, ...DIED], told) || befallenIn(told));
}

/** As `whoIn`, or who is called by a title without an office beside; '' where there is none. */
export function titledIn(text: string): string {
  return whoIn(text) || calledIn(oneBlank(text));
}

/** What stands after a word for a name: Nom: Diallo, 姓名：王小明; '' where there is none. */
export function labelledIn(text: string): string {
  return firstOf(LABELLED, oneBlank(text));
}

/** What looks like a person's name; '' where there is none. */
export function nameIn(text: string): string {
  const told = oneBlank(text);
  return (
    firstOf([...NAMES, ...LABELLED, ...PATIENTS, ...DIED, ...LISTED, KNOWN_NAME], told) ||
    befallenIn(told)
  );
}

function firstOf(shapes: RegExp[], text: string): string {
  const found = shapes.map((shape) => shape.exec(text)).find((one) => one);
  return found?.[0].trim() ?? "";
}

export { KNOWN_NAME };
