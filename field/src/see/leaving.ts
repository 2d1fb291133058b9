/**
 * Who left a job is of the staff: Mr Sow resigned, M. Bah a quitté le service, 李先生离职. Where a word
 * of illness, operation or death stands in the same sentence it may be a patient. The shapes are the
 * server's own (people/rules/leaving.py).
 */
const END = "(?![A-Za-zÀ-ÿ])";
// left alone: neither the left leg nor left the ward
const ALONE =
  String.raw`(?=\s?(?:$|[.;:)）。；]|,?\s(?:and|so|nobody|no\sone)\s` +
  String.raw`|\s(?:last|this)\s(?:week|month|year)` +
  String.raw`|\s(?:in|since)\s(?:20\d\d|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,9}\s)))`;
const POST = String.raw`\s(?:the|our|his|her|their)\s(?:team|post|job|service|position)(?![A-Za-zÀ-ÿ])`;
const SERVICE = String.raw`\s(?:le\sservice|le\sposte|son\sposte|l['’]\s?équipe|notre\séquipe|ses\sfonctions)`;
export const LEAVES =
  String.raw`(?:\s(?:has\s|had\s)?(?:(?:left|quit|retired)(?:${ALONE}|${POST})|resigned${END})` +
  String.raw`|\s(?:was|is|has\sbeen)\s(?:posted|reassigned)\s(?:elsewhere|away|to\sanother)(?![A-Za-zÀ-ÿ])` +
  String.raw`|\s(?:a|avait)\s(?:quitté(?:${SERVICE}${END}|${ALONE})|démissionné${END}|pris\ssa\sretraite)` +
  String.raw`|\s(?:a|avait)\sété\s(?:mutée?|affectée?\sailleurs)(?![A-Za-zÀ-ÿ])` +
  String.raw`|\sest\spartie?\s(?:à\sla|en)\sretraite` +
  String.raw`|\s?(?:已经?|刚|上月|上个月|去年|今年|于(?:[\d年月日\s]){2,12}){0,4}\s?(?:离职|辞职|退休|调走|调离|离任|卸任|离岗))`;
const LEFT = new RegExp(String.raw`^\s?[,，)）]?${LEAVES}`);
// where a sentence ends; who is spoken of as he or she in the next is the same one
const STOP = new RegExp(
  String.raw`(?:[;；。!?！？\n]|\.(?=\s[A-ZÀ-ÖØ-Þ]))` +
    String.raw`(?!\s?(?:(?:[Hh]e|[Ss]he|[Hh]is|[Hh]er|[Ii]l|[Ee]lle|[Ss]on|[Ss]a)\s|他|她))`,
  "g",
);
// words of illness, operation or death, each by how it begins; a full stop: nothing follows
const LATIN = `
bled bleed died. die. dies. dead death dying ill. illness sick diseas operated operation surgery
wound injur hurt fractur infect fever pain patient. patiente. malad treated treatment admitted
admission discharg dialysed dialyzed dialysé. dialysée. cancer tumor tumour tumeur hernia hernie
stroke burn coma. hemorr haemorr hémorr pregnan enceinte labour. labor. birth delivered cesar
caesar césar amput hiv. vih. aids. sida. tubercul diabet diabét hypertens anemi anaemi anémi
sepsis septic septique intubat relaps referred malaria palud ebola mpox covid cholera choléra
shock choc. stitch sutur plaster plate. plates. advice avis. mort. morte. morts. mourir mourant
décé décès opéré. opérée. opération saign bless plaie fièvre douleur hospitalis soigné traité.
traitée. traitement accouch guéri brûl chute
`
  .trim()
  .split(/\s+/)
  .join("|")
  .replaceAll(".", END);
const CHINESE =
  "病(?!房|区|理|案|历)|(?<![技学艺手])术(?!语)|手术(?!室|台|部|护|技|组|间|科|显)|血(?!库|站|透|液)" +
  "|透析(?!室|机|中心|科|站|技|设)|[伤痛死亡逝癌瘤炎孕患岁肿晕疗]|去世|过世|骨折|高热|发热" +
  "|产(?!科|房|品|业|能)|分娩|住院|出院|转诊|就诊|复查|抢救|昏迷|感染";
const ILL = new RegExp(`(?<![A-Za-zÀ-ÿ])(?:${LATIN})|${CHINESE}`, "i");

/** Whether who is called between the two parts is told to have left a job, in a sentence without a
 * word of illness. */
export function leftWork(before: string, after: string): boolean {
  if (!LEFT.test(after)) return false;
  const text = before + after;
  const stops = [...text.matchAll(STOP)].map((one) => one.index);
  const from = stops.findLast((at) => at < before.length) ?? -1;
  const to = stops.find((at) => at >= before.length) ?? text.length;
  return !ILL.test(text.slice(from + 1, to));
}
