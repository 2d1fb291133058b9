/** What of an office's note are digits and no telephone number: hours, days, rooms, channels, sums.
 * They are struck out, sign by sign, before a number is looked for. */

/** A moment or a day: a number may stand right beside it. */
export const STRUCK = "¦";
/** A digit of a room, a channel, a sum: what stands right beside it may have been part of it. */
export const DOUBT = "‖";
/** A number of a paper, or a place on the map, with all of its digits. */
const READ_OUT = "×";

const expression = (source: string): RegExp => new RegExp(source, "giu");
const HH = "(?:[01]?\\d|2[0-4])";
const DAWN = "(?:0?[5-9]|1\\d|2[0-4])"; // no desk opens before: 01 and 02 end many a number
const LATIN = "\\p{Script=Latin}";
const ALONE = "(?<!\\d)(?<!\\d[ .-])"; // not the second group of something
/** A whole number stands behind. */
const THEN_WHOLE = "(?: (?:\\+|00[1-9]|(?:\\d{9}|\\d{3} \\d\\d \\d\\d \\d\\d)(?![ .-]?\\d)))";
const MONTHS =
  "janv(?:ier)?|févr?(?:ier)?|mars|avr(?:il)?|mai|juin|juil(?:let)?|août|sept?(?:embre)?|oct(?:obre)?|nov(?:embre)?|déc(?:embre)?" +
  "|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|september|october|november|dec(?:ember)?";

const A_NO = "(?:n[°ºo]\\.?|num[ée]ro|number|id|code)";
const THEN = ` ?[.:]? *(?:${LATIN}{1,3}-?)?`;
/** All that stands together, and no call abroad; of two whole numbers side by side the first alone. */
const TOGETHER =
  "(?!00 ?[1-9])(?:20\\d\\d/)?(?:[1-9]\\d{8}(?= [1-9]\\d{8}(?!\\d))|\\d+(?:(?:[ .-]| ?(?=\\())(?:\\(\\d{1,5}\\)|\\d+)(?![\\d:h]))*)";
/** As telephones are written where we are: 622 11 22 33, 622 112 233, 0977 123 456, 138 0013 8000, 400-123-4567.
 * But for passwords and meetings on a screen each is called, whatever is said of it: who needs help loses
 * more by a number that is no link than by a contract's that is one. */
const A_TELEPHONE =
  "(?:0[1-9](?:[ .-]?\\d){7,10}|(?:224[ .-]?)?(?:6[1256]\\d(?:[ .-]?\\d{3}){2}|\\d{2,3}(?:[ .-]\\d\\d){3})" +
  "|(?:86[ .-]?)?1[3-9]\\d(?:[ .-]?\\d{4}){2}|[48]00(?:[ -]?\\d){7})(?!\\d)";
const NUMBER = `(?: ?${A_NO})?${THEN}(?!${A_TELEPHONE})${TOGETHER}`;
const WHOSE = "(?:client|adh[ée]rent|membre|member|meeting)";
/** What a company has for those whose number it asks: Ligne adhérent 7612345. */
const SERVES =
  "(?:services?|relations?|accueil|espace|ligne|line|hotline|support|assistance|urgences?|contact|t[ée]l(?:[ée]phone)?\\.?)";
/** Hôpital de référence, chargé du dossier: somebody who is called; not so n° de dossier. */
const NOT_OF = `(?<!(?<!(?:${A_NO}|passe) )d[eu] )`;

/** 9.5370785 and -13.6772900; 60 to 79 are no place of ours, and how mobiles begin. */
const DEGREES = `-?(?<![\\d.+]|\\d:|${LATIN})(?:1[0-7]\\d|[1-5]?\\d|[89]\\d)\\.\\d{5,8}(?!\\d)`;

/** What one reads out who calls: a place on the map, the number of a contract, a member, a meeting; a sum. */
const PAPERS = [
  `(?<![\\d+])(?<!\\d[ .,]|\\d\\) ?)(?!00)\\d+(?:[ .,]\\d{2,4})* ?(?:fg|gnf|f?cfa|xof|xaf|francs?|usd|eur|rmb)(?!${LATIN})`,
  `${DEGREES}°? ?[nsewo]? ?[,;/ ] ?${DEGREES}`,
  `(?:gps|lat|latitude|long?|longitude|position|[经纬]度|[东西]经|[南北]纬|坐标)\\W{0,3}${DEGREES}`,
  `(?<!${LATIN})(?:policy|police d'assurance|(?<!(?:appel|call) )wi-?fi|${NOT_OF}(?:contrat|contract|r[ée]f(?:[ée]rence)?|dossier))(?!${LATIN})\\.?(?: dossier)?${NUMBER}`,
  `(?<!${LATIN})(?:mot de passe|password|zoom|腾讯会议)(?!${LATIN})(?: meeting)?(?: ?${A_NO})?${THEN}${TOGETHER}`,
  `(?<!${LATIN})(?:${A_NO} ${WHOSE}|(?<!${SERVES} )(?:${WHOSE} ${A_NO}|adh[ée]rent))(?!${LATIN})${THEN}(?!${A_TELEPHONE})${TOGETHER}`,
  `(?<!${LATIN})police n[°º]\\.? ?:? ?(?!${A_TELEPHONE})\\d{3}(?:[ .-]?\\d{3}){2}(?!\\d|[ .-]\\d{1,8}(?!\\d))`, // the police too are called by a n°
  `(?:保单|会员|会议|密码|客户(?=号|编号))(?:号码?|编号)?${NUMBER}`,
] as const;

const MOMENTS = [
  // days
  "(?<!\\d)(?:19|20)\\d\\d([./-])\\d{1,2}\\1\\d{1,2}(?!\\d)",
  "(?<!\\d)(?<!\\d[./-])[0-3]?\\d([./-])[01]?\\d\\1(?:19|20)\\d\\d(?!\\d)",
  "(?<!\\d)[0-3]?\\d/[01]?\\d/\\d\\d(?![\\d/])",
  "(?<!\\d)(?:19|20)\\d\\d ?[/-] ?(?:19|20)\\d\\d(?!\\d)",
  `(?:(?<!\\d)[0-3]?\\d(?:er|st|nd|rd|th)? ?)?(?<!${LATIN})(?:${MONTHS})(?!${LATIN})\\.?(?: (?:19|20)\\d\\d(?!\\d))?`,
  `${ALONE}[0-3]?\\d/(?:0?[1-9]|1[0-2])(?!\\d)`,
  "(?<!\\d)(?:(?:19|20)?\\d\\d年 ?)?(?:1[0-2]|0?\\d)月(?: ?[0-3]?\\d[日号])?",
  // round the clock: 24/7, 7j/7, 24h/24
  "(?<!\\d)(?:24|[5-7]) ?(?:h|j|d|jours?|days?|heures?|hours?)? ?(?:/|x|sur) ?(?:24|7)(?:h|j)?(?!\\d)",
  // which of several: 1) and Tel1
  "(?<=^|[\\s;,])\\d\\)(?= ?[+\\d])",
  `(?<!${LATIN})(?:t[ée]l|phone|mobile|portable|gsm)\\d(?=:|${THEN_WHOLE})`,
  "(?:电话|手机)\\d:",
  // hours: 8:00, 8 h 30, 8点半, 8 a.m., 0800-1800
  `(?<![\\d:])${HH}:[0-5]\\d(?![\\d:])`,
  `(?<!\\d)${HH} ?(?:h|hrs?|heures?|hours?)(?!${LATIN})(?:[0-5]\\d(?!\\d)| [0-5]\\d(?!\\d|[ .-]\\d))?`, // 18h00 whole
  `(?<!\\d)${HH} ?(?:小时|时|時|点|點)(?:半|[0-5]?\\d分?(?!\\d))?`,
  `(?<!\\d)${HH} ?[ap]\\.?m(?!${LATIN})\\.?`,
  `(?<![\\d.])${HH}\\.[0-5]\\d ?(?:-|à|to|至|到) ?${HH}\\.[0-5]\\d(?![\\d.])`,
  `${ALONE}(?:[01]\\d|2[0-4])(?:[03]0|[14]5) ?- ?(?:[01]\\d|2[0-4])(?:[03]0|[14]5)(?!\\d)`,
  // the first hour of a span: 8-18 h, de 8 à 18 h
  `(?<!\\d)(?<!\\d[.-])${DAWN}[-/](?=${STRUCK})`,
  `${ALONE}${HH} ?(?:-|à|to|至|到) ?(?=${STRUCK})`,
  // hours alone: 8-18, at one end of what stands together
  `${ALONE}(?!00?-(?!24))(?<![+(])${HH} ?- ?${HH}(?![\\d.-]|${LATIN})`,
  `(?<!\\d)(?!00?-(?!24))(?<![.+(-])${DAWN}-${HH}(?![\\d.)-]|${LATIN}| \\d)`,
  `(?<=${STRUCK} )${DAWN}-${HH}(?![\\d.)-]|${LATIN})(?=${THEN_WHOLE})`, // 8-12 14-18
  `${ALONE}[01]\\d[03]0(?: | ?/ ?| (?:à|to) )(?:1\\d|2[0-4])[03]0(?![ .-]?\\d)`, // 0800/1800, 0730 1630
] as const;

const ROOMS =
  "salle|chambre|room|rm|bâtiment|batiment|bât|bat|building|bldg|bloc|block|étages?|etages?|floor|porte|door" +
  "|lot|villa|app(?:t|artement)?|apt|apartment|box|bp|b\\.p|p\\.?o\\.? box|km|pk|rue|avenue|route|rn|street|vol|flight|bus|page|secteur|sector|zone" +
  "|canal|channel|chan|ch|vhf|uhf|hf|radio|fréquence|frequence|frequency|freq|code|pin" +
  "|poste|extension|ext|interne|int|post|lits?|beds?";
const OFFICES = "bureau|office|service|unité|unit|ligne|line"; // what has rooms, and numbers too
/** What stands before the digits of a room, a team or a house. */
export const NUMBERS_ITS = `(?:${ROOMS}|${OFFICES}|[ée]quipe|team|group[e]?|brigade|dossier|quartier|maison|n[°º]|no)`;
const NUMBERED = "\\s?[.:]?\\s*(?:n[°ºo]\\.?\\s?)?";
const UNITS =
  `(?:[km]?hz|mhz|km|m|kg|g|mn|min|minutes?|j|jours?|days?|mois|months?|ans|years?|lits?|beds?|personnes?|people|agents?|étages?)(?!${LATIN})` +
  "|分钟|分|天|周|日|月|年|号|室|楼|层|房|栋|幢|座|单元|人|名|床|元|米|公里|次|个|位|路|频道|信道|页|岁|兆赫|%|€|\\$";

/** 电话/微信: the telephone's number too. */
const OF_A_PHONE = `(?<!(?:电话|手机|(?<!${LATIN})(?:whatsapp|t[ée]l(?:[ée]phone)?|phone|mobile|portable|gsm))\\.? ?(?:[/(&+]|[和或及与]|et|ou|and|or)? ?)`;

const OTHERS = [
  "[*#][\\d*#]+|\\d+#", // codes that a network answers
  `(?:(?<!${LATIN})(?:qq|${OF_A_PHONE}wechat|id|badge|matricule|compte|account|passe?port|iban)(?!${LATIN})|${OF_A_PHONE}微信|护照|身份证|工号|账号|证号)号?${NUMBERED}${LATIN}{0,3}\\d[\\d -]*`,
  `(?<![/${LATIN}])(?:(?:télécopie|fax)(?!${LATIN})|传真)${NUMBERED}\\+?[\\d ().-]*\\d`,
  // a card: CNI 123 456 789
  `(?<!${LATIN})(?:cni|cnib|nina?|nif|carte|card|permis)(?: (?:nationale|d'identité|de séjour|consulaire))*${NUMBERED}${LATIN}{0,3}\\d[\\d -]*`,
  `(?<!${LATIN})(?:${ROOMS})(?!${LATIN})${NUMBERED}\\d{1,6}(?!\\d)`,
  `(?<!${LATIN})(?:${OFFICES})(?!${LATIN})${NUMBERED}\\d{1,6}(?!\\d| \\d|[.-]\\d)`,
  "(?:转|分机|内线|房间|房号|频道|信道|第) ?:? ?\\d{1,6}(?!\\d)",
  `${ALONE}\\d+(?:[.,]\\d+)? ?(?:${UNITS})`,
  "(?<!\\d)(?:(?:19|20)\\d\\d(?:0[1-9]|1[0-2])[0-3]\\d|[0-3]\\d(?:0[1-9]|1[0-2])20\\d\\d)(?!\\d)", // days
  `${LATIN}-?\\d[${LATIN}\\d]*|\\d+${LATIN}[${LATIN}\\d]*`, // B12, 3e
] as const;

const PAPER = PAPERS.map(expression);
const MOMENT = MOMENTS.map(expression);
const OTHER = OTHERS.map(expression);

/** Each sign that was found, as another. */
const strike = (text: string, all: readonly RegExp[], how: (found: string) => string): string =>
  all.reduce((told, one) => told.replaceAll(one, how), text);

/** The same text, as long as before, without what is no number. */
export function struckOut(text: string): string {
  const papers = strike(text, PAPER, (found) => READ_OUT.repeat(found.length));
  const moments = strike(papers, MOMENT, (found) => STRUCK.repeat(found.length));
  return strike(moments, OTHER, (found) =>
    found.replaceAll(/\d/gu, DOUBT).replaceAll(/[^‖]/gu, STRUCK),
  );
}
