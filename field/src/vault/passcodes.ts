/** What a passcode must not be: a found phone is tried with what many people take first. */

const ROWS = [
  "01234567890", "09876543210", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm",
  "azertyuiop", "qsdfghjklm", "wxcvbn", "1qaz2wsx3edc4rfv5tgb", "1a2b3c4d5e6f",
]; // biome-ignore format: a list
const COMMON = [
  "password", "passw0rd", "p@ssword", "p@ssw0rd", "motdepasse", "passe", "secret", "admin",
  "welcome", "bienvenue", "bonjour", "hello", "iloveyou", "jetaime", "woaini", "letmein", "soleil",
  "doudou", "dragon", "monkey", "football", "princess", "sunshine", "superman", "chouchou",
  "nihao", "mima", "medecin", "docteur", "doctor", "chirurgien", "surgeon", "infirmier", "hopital",
  "hospital", "yiliaodui", "guinee", "guinea", "conakry", "afrique", "africa", "zhongguo", "china",
  "chine", "marrow", "密码", "我爱你", "医疗队", "中国",
]; // biome-ignore format: a list
const LEFT = 4; // characters beyond words, rows, names and numbers
const LONG = 12; // digits that are no row and no year alone

/** Whether it is a piece of a row: of the keys, of the letters, of the numbers. */
function isRow(text: string): boolean {
  return ROWS.some((row) => row.includes(text));
}

/** Eight characters, or four words, of which something is left beside what anybody would try: the
 * words that many take, the names of whose phone it is (`names`), days and years. */
export function strongEnough(passcode: string, names: readonly string[] = []): boolean {
  const said = passcode.trim().normalize("NFKC").toLowerCase();
  if (said.length < 8 || new Set(said).size < 4 || isRow(said)) return false;
  const digits = said.replace(/[\s\p{P}]/gu, "");
  if (/^\d+$/.test(digits)) return digits.length >= LONG && new Set(digits).size > LEFT;
  const bare = said.replace(/\s/g, "");
  const parts = names.flatMap((name) => name.toLowerCase().split(/[\s()（），,.·-]+/));
  const known = [...COMMON, ...parts.filter((part) => part.length > 1)];
  let rest = bare;
  for (const word of known.sort((one, other) => other.length - one.length)) {
    rest = rest.replaceAll(word, "");
  }
  const letters = rest.replace(/[\d\p{P}\p{S}]/gu, "");
  return rest === bare ? letters.length < LEFT || !isRow(letters) : letters.length >= LEFT;
}
