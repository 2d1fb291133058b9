/**
 * Words of illness, operation, death or age. Who is called by a title is not taken for a colleague
 * where one stands in the same sentence or in the next. The shapes are the server's own
 * (people/rules/illness.py).
 */
const END = "(?![A-Za-zÀ-ÿ])";
// where a sentence ends
const STOP = /[;；。!?！？\n]|\.(?=\s[A-ZÀ-ÖØ-Þ])/g;
// each by how it begins; a full stop: nothing follows; a line: a blank
const LATIN = `
bled bleed died. die. dies. dead death dying ill. illness sick diseas operated operation surgery
wound injur hurt fractur infect fever pain patient. patiente. malad treated treatment admitted
admission discharg dialysed dialyzed dialysé. dialysée. cancer tumor tumour tumeur hernia hernie
stroke burn coma. hemorr haemorr hémorr pregnan enceinte labour. labor. birth delivered cesar
caesar césar amput hiv. vih. aids. sida. tubercul diabet diabét hypertens anemi anaemi anémi
sepsis septic septique intubat relaps referred malaria palud ebola mpox covid cholera choléra
shock choc. stitch sutur plaster plate. plates. advice avis. mort. morte. morts. mourir mourant
décé décès opéré. opérée. opération saign bless plaie fièvre douleur hospitalis soigné traité.
traitée. traitement accouch guéri brûl chute leg. legs. jambe lost_his lost_her a_perdu on_dialysis
under_dialysis sous_dialyse en_dialyse en_réanimation intensive_care kidney insuffisance cured.
aged. âgé eye. eyes.
blind vomit convuls seizure paraly jaund asthma abscess abcès appendic gangr transfus unconscious
inconscient ulcer œdème swollen baby. bébé recovered.
`
  .trim()
  .split(/\s+/)
  .join("|")
  .replaceAll(".", END)
  .replaceAll("_", "\\s");
const CHINESE =
  "病(?!房|区|理|案|历)|(?<![技学艺手])术(?!语)|手术(?!室|台|部|护|技|组|间|科|显)|血(?!库|站|透|液)" +
  "|透析(?!室|机|中心|科|站|技|设)|[伤痛死亡逝癌瘤炎孕患岁肿晕疗]|去世|过世|骨折|高热|发热" +
  "|产(?!科|房|品|业|能|假)|分娩|住院|出院|转诊|就诊|复查|抢救|昏迷|感染|中风|瘫|截肢|衰竭|重症|离世|剖宫|阑尾|抽搐|黄疸|溃疡|白内障";
// 42 years old; Mr Sow, 42
const AGED =
  String.raw`\d{1,3}\s?years?\sold|[,，(（]\s?\d{1,3}\s?` +
  String.raw`(?:[,，)）]|\.(?!\d)|$|(?:ans?|years?|yrs?|y)${END})`;
const ILL = new RegExp(`(?<![A-Za-zÀ-ÿ])(?:${LATIN})|${CHINESE}|${AGED}`, "i");
const DEATH = new RegExp(
  "(?<![A-Za-zÀ-ÿ])(?:died|dead|death|dying|bled|bleed|décé|décès|mort|mour|saign)" +
    "|[死亡逝]|去世|过世|出血",
  "i",
);
// a sentence that begins so is of others: two patients died since; nobody has operated since
const OTHERS = new RegExp(
  String.raw`^[\s\"“'’]{0,3}(?:nobody|no\sone|none|personne|aucun` +
    String.raw`|(?:\d{1,6}|one|two|three|four|five|six|ten|many|several|no|all|our|the|deux|trois|quatre|cinq|dix` +
    String.raw`|plusieurs|tous|les|nos|des)\s(?:[a-zà-ÿ\-]{2,20}\s)?(?:patients|no\spatient|operations|surgeries` +
    String.raw`|people|malades|opérations|interventions|personnes|cases|cas)${END}|no\spatient${END}` +
    String.raw`|无人|没有人|(?:此后|目前|已有|有)?[\d一二两三四五六七八九十几多数]{1,4}(?:名|位|例|个|人|台))`,
  "i",
);

/** Whether in the sentence of who is called between the two parts, or in what follows it, stands a
 * word of illness, operation, death or age that is not of others. */
export function illBeside(before: string, after: string): boolean {
  const [own, following] = sentences(after);
  return ILL.test(begun(before) + own) || ofThem(following);
}

/** The same of who was worked with: before the name only death counts, for the first operation with
 * Mrs Barry is hers. */
export function illAfter(before: string, after: string): boolean {
  const [own, following] = sentences(after);
  return DEATH.test(begun(before)) || ILL.test(own) || ofThem(following);
}

function ofThem(sentence: string): boolean {
  return ILL.test(sentence) && !OTHERS.test(sentence);
}

function begun(before: string): string {
  const last = [...before.matchAll(STOP)].at(-1);
  return last ? before.slice(last.index + 1) : before;
}

/** The rest of the sentence, and the next. */
function sentences(after: string): [string, string] {
  const [first, next] = stopsOf(after);
  if (first === undefined) return [after, ""];
  return [after.slice(0, first), after.slice(first + 1, next)];
}

/** Where it stops, and where again. */
function stopsOf(after: string): (number | undefined)[] {
  const stops = [...after.matchAll(STOP)].map((one) => one.index);
  return [stops[0], stops.find((at) => at > (stops[0] ?? 0) + 1)];
}
