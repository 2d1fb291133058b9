/**
 * What looks like a telephone or identity number, or names a patient: the office keeps none of it,
 * so a form says so before it saves. The shapes are the server's own
 * (handovers/rules/privacy.py); privacy.cases.json holds both to them.
 */
const PHONE = /(?<![\w.])\+?\(?\d(?:[\s().\-/]{0,2}\d){7,14}(?!\w)/;
const DAY = /(?<!\d)(?:(?:19|20)\d\d[-/.]\d\d?[-/.]\d\d?|\d\d?[-/.]\d\d?[-/.](?:19|20)\d\d)(?!\d)/g;
const IDENTITY = /(?<!\w)(?:\d{15}|\d{17}[\dXx]|[A-Z]{1,2}[ -]?\d{6,9})(?!\w)/;
const START = "(?<![A-Za-zÀ-ÿ])"; // Chinese may stand right before it
const TITLE = "(?:Mr|Mrs|Ms|Miss|Mme|Mlle|Madame|Monsieur|M)\\b\\.?";
const CAPITAL = "[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ'’\\-]+";
const SHOUTED = "[A-ZÀ-ÖØ-Þ]{3,}";
const SURNAMES =
  "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林郑谢罗梁宋唐许韩冯邓曹彭曾肖田董袁潘蔡蒋余杜叶程苏魏吕丁";
const CALLED = new RegExp(
  `(?:患者|病人|患儿)[${SURNAMES}][\\u4e00-\\u9fff]{1,2}(?=[,，、。;；\\s(（]|$)`,
);
const NAMES = [
  new RegExp(`${START}${TITLE}\\s+${CAPITAL}`),
  new RegExp(`${START}${CAPITAL}\\s+${CAPITAL}`),
  new RegExp(
    `${START}(?:${CAPITAL}\\s+${SHOUTED}|${SHOUTED}\\s+${CAPITAL})(?![\\p{L}\\p{N}_])`,
    "u",
  ),
  /(?:姓名|名字|名叫)\s*[:：]?\s*[\u4e00-\u9fff]{2,4}/,
  new RegExp(`[${SURNAMES}][\\u4e00-\\u9fff]{0,2}(?:某某?|先生|女士|小姐|大爷|阿姨)`),
  CALLED,
  new RegExp(`${START}(?:[Nn]ame|[Ss]urname|[Nn]om|[Pp]rénom)\\s*:\\s*\\S+`),
];
const PATIENT = new RegExp(`(?<![\\p{L}\\p{N}_])(?:[Pp]atiente?|[Mm]alade)\\s+${CAPITAL}`, "u");

/** A number by which somebody may be found, or a patient called by name; '' where there is none. */
export function whoIn(text: string): string {
  if (!text) return "";
  const bare = text.normalize("NFKC").replace(DAY, " ");
  const found = IDENTITY.exec(bare) ?? PHONE.exec(bare) ?? PATIENT.exec(text) ?? CALLED.exec(text);
  return found?.[0].trim() ?? "";
}

/** What looks like a person's name; '' where there is none. */
export function nameIn(text: string): string {
  const found = [...NAMES, PATIENT].map((shape) => shape.exec(text)).find((one) => one);
  return found?.[0].trim() ?? "";
}
