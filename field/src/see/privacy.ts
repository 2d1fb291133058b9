/**
 * What looks like a telephone or identity number, or names a patient: the office keeps none of it,
 * so a form says so before it saves. The shapes are the server's own
 * (people/rules/privacy.py); privacy.cases.json holds both to them.
 */
const PHONE = /(?<![\w.])\+?\(?\d(?:[\s().\-/]{0,2}\d){7,14}(?!\w)/;
const DAY = /(?<!\d)(?:(?:19|20)\d\d[-/.]\d\d?[-/.]\d\d?|\d\d?[-/.]\d\d?[-/.](?:19|20)\d\d)(?!\d)/g;
// 12 000 000 GNF is money, whatever its length
const AMOUNT =
  /(?<![\w.])\d{1,3}(?:[ .\u00a0\u202f]?\d{3})+(?=\s*(?:GNF|FG|FCFA|XOF|CFA|EUR|USD|RMB|CNY|francs?|euros?|dollars?|yuan|元|€|\$))/g;
const IDENTITY = /(?<!\w)(?:\d{15}|\d{17}[\dXx]|[A-Z]{1,2}[ -]?\d{6,9})(?!\w)/;
const START = "(?<![A-Za-zÀ-ÿ])"; // Chinese may stand right before it
const TITLE = "(?:Mr|Mrs|Ms|Miss|Mme|Mlle|Madame|Monsieur|M)\\b\\.?";
const CAPITAL = "[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ'’\\-]+";
const SHOUTED = "[A-ZÀ-ÖØ-Þ]{3,}";
// many surnames begin ordinary words too: 高血压, 周三, 马上, 丁肝 are nobody
const SURNAME =
  "(?:[王李刘杨赵吴朱胡郭谢梁宋冯邓曹彭肖田袁潘蔡蒋吕]" +
  "|[汪姚谭廖邹熊郝崔邱秦侯邵龚乔贺赖]" +
  "|陈(?!旧)|徐(?![州徐缓])|孙(?![女子辈])|郑(?![重州])|罗(?![音马])|韩(?!国)|董(?!事)|苏(?![丹醒州打木])|黎(?!明)|欧阳|司马|上官|诸葛|张(?!力|口|开|家口)|黄(?![疸体斑色褐热染曲山石])|周(?![一二三四五六日天后内前围期岁末身边年到])" +
  "|马(?![上蹄尾凡里拉鞍达])|何(?![时日人处种因地况以])|高(?![血热钾钠糖危脂压龄烧处度尿位原级坠能频敏渗氮胆钙磷同半凝])" +
  "|林(?![巴区])|唐(?![氏山])|许(?![可多久昌])|曾(?![经用行在做有于患服两多一住手])|余(?![下者人留额量热项])" +
  "|杜(?![绝氏仲])|叶(?![酸片])|程(?![度序控])|魏(?!氏)|丁(?![肝型卡])|范(?![围例])|顾(?![虑客])|陆(?![续地军])|孟(?!氏))";
const CHINESE = `${SURNAME}[\\u4e00-\\u9fff]{1,2}`;
const WORD = "(?<![\\p{L}\\p{N}_])";
const WORD_END = "(?![\\p{L}\\p{N}_])";
const ILL = `(?:患者|病人|患儿|${WORD}(?:[Pp]atiente?|[Mm]alade)${WORD_END})`;
// what is done with a patient, written right after the name: 张三 复查
const CARE =
  "\\s*(?:需|要|须|应|待|来|将|再|回院|已)?" +
  "(?:复查|复诊|随访|换药|拆线|拔钉|再诊|住院|出院|转诊|转院|就诊|来诊|术后|死亡|去世|病故)";
// names of where teams serve that are no other word of English or French
const KNOWN =
  "(?:mamadou|amadou|mahamadou|ibrahima|oumar|ousmane|abdoulaye|abou?bacar|boubacar|thierno|moussa" +
  "|s[eé]kou|lansana|souleymane|sa[iï]dou|a[iï]ssatou|fatoumata|fatou|mariama|aminata|kadiatou" +
  "|ramatoulaye|binta|oumou|djenabou|diallo|camara|sylla|traor[eé]|ke[iï]ta|soumah|bangoura" +
  "|kourouma|ciss[eé]|fofana|doumbouya|sidib[eé]|diakit[eé]|bald[eé]|coulibaly|sangar[eé]|konat[eé])";
// the same of China in Latin letters, with the name that follows
const PINYIN =
  "(?:wang|zhang|liu|huang|zhao|zhou|zhu|guo|zheng|liang|xie|deng|peng|zeng|jiang)\\s+[a-z]{2,9}";
const LOWER = `(?:${KNOWN}(?:\\s+${KNOWN})?|${PINYIN})(?![A-Za-zÀ-ÿ])`;
const NAMES = [
  new RegExp(`${START}${TITLE}\\s+${CAPITAL}`),
  new RegExp(`${START}${CAPITAL}\\s+${CAPITAL}`),
  new RegExp(`${START}(?:${CAPITAL}\\s+${SHOUTED}|${SHOUTED}\\s+${CAPITAL})${WORD_END}`, "u"),
  /(?:姓名|名字|名叫)\s*[:：]?\s*[\u4e00-\u9fff]{2,4}/,
  new RegExp(`${SURNAME}[\\u4e00-\\u9fff]{0,2}(?:某某?|先生|女士|小姐|大爷|阿姨)`),
  new RegExp(`${START}(?:[Nn]ame|[Ss]urname|[Nn]om|[Pp]rénom)\\s*:\\s*\\S+`),
];
// who is called a patient, or is seen again, by name
const PATIENTS = [
  new RegExp(`${WORD}(?:[Pp]atiente?|[Mm]alade)\\s+${CAPITAL}`, "u"),
  new RegExp(`${WORD}(?:patiente?|malade)\\s+${LOWER}`, "iu"),
  new RegExp(`${ILL}\\s*${CHINESE}(?=[,，、。;；\\s(（]|$)`, "u"),
  new RegExp(
    `(?:(?<![\\u4e00-\\u9fff\\d])|(?<=患者|病人|患儿)|(?<=[给为替请让]))${CHINESE}?(?=${CARE})`,
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
  return firstOf([...NAMES, ...PATIENTS, KNOWN_NAME], text);
}

function firstOf(shapes: RegExp[], text: string): string {
  const found = shapes.map((shape) => shape.exec(text)).find((one) => one);
  return found?.[0].trim() ?? "";
}
